"""The embedding that is always there: colours on an 8 × 8 grid, for installations without a copy-detection model."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from listings.screening.images.decode import LIMITS, Limits, colour

Embeddings = NDArray[np.float32]
Embed = Callable[[Sequence[Image.Image]], Embeddings]

GRID = (8, 8)
SIDE = 560  # pixels of the longer side that a picture is looked at


def coarse(pictures: Sequence[Image.Image]) -> Embeddings:
    """One row of 192 numbers a picture, of length 1: where it is lighter, redder, bluer than on average."""
    cells = [picture.convert("RGB").resize(GRID, Image.Resampling.BOX) for picture in pictures]
    rows = np.stack([np.asarray(cell, np.float32).ravel() for cell in cells])
    rows -= rows.mean(axis=1, keepdims=True)
    return unit(rows)


def embedding_of(embed: Embed, data: bytes, limits: Limits = LIMITS) -> Embeddings:
    """The (d,) row to keep of a reference; raises BadPicture."""
    row: Embeddings = embed([colour(data, SIDE, limits)])[0]
    return row


def unit(rows: Embeddings) -> Embeddings:
    """The rows at length 1, so that the dot product of two is their cosine."""
    scaled: Embeddings = (rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)).astype(
        np.float32
    )
    return scaled
