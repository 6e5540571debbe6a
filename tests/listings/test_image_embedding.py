import hashlib

import numpy as np
import pytest
from django.core.exceptions import ImproperlyConfigured
from PIL import Image

from bench.attacks import draw, jpeg

pytest.importorskip("onnxruntime", reason="the extra `pictures` is not installed")

from listings.judging.secondary_match import methods, model
from screening.images.embedding import Embedder

UINT8, FLOAT = 2, 1


def field(number: int, value: int | bytes | str) -> bytes:
    """One protobuf field, so that a model of two steps needs no further package."""
    if isinstance(value, int):
        return bytes([number << 3]) + varint(value)
    body = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(body)) + body


def varint(value: int) -> bytes:
    return bytes([value]) if value < 128 else bytes([value & 127 | 128]) + varint(value >> 7)


def tensor(name: str, kind: int, dims: list[int | str]) -> bytes:
    shape = b"".join(field(1, field(1, d) if isinstance(d, int) else field(2, d)) for d in dims)
    return field(1, name) + field(2, field(1, field(1, kind) + field(2, shape)))


def mean_colour(kind: int) -> bytes:
    """A model whose embedding is the mean of each channel."""
    to_float = field(1, "to") + field(3, FLOAT) + varint(20 << 3) + varint(2)
    axes = field(1, "axes") + field(8, 1) + field(8, 2) + varint(20 << 3) + varint(7)
    flat = field(1, "keepdims") + field(3, 0) + varint(20 << 3) + varint(2)
    cast = field(1, "image") + field(2, "levels") + field(4, "Cast") + field(5, to_float)
    mean = (
        field(1, "levels") + field(2, "embedding") + field(4, "ReduceMean") + field(5, axes) + field(5, flat)
    )
    graph = field(1, cast) + field(1, mean) + field(2, "mean")
    graph += field(11, tensor("image", kind, ["batch", "height", "width", 3]))
    graph += field(12, tensor("embedding", FLOAT, ["batch", 3]))
    return field(1, 8) + field(8, field(1, "") + field(2, 13)) + field(7, graph)


def test_pictures_of_any_size_become_rows_of_length_one():
    pictures = [Image.new("RGB", (50, 80), (255, 0, 0)), Image.new("RGB", (300, 20), (0, 9, 0)), draw(1)]

    rows = Embedder(mean_colour(UINT8), side=32)(pictures)

    assert rows[:2].tolist() == [[1, 0, 0], [0, 1, 0]]
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 1])


def test_a_model_that_takes_something_else_is_refused_saying_what_is_needed():
    with pytest.raises(ValueError, match="needed: uint8"):
        Embedder(mean_colour(FLOAT))


@pytest.fixture
def path(tmp_path, settings):
    """The file of the model that the settings name."""
    path = tmp_path / "mean.onnx"
    path.write_bytes(mean_colour(UINT8))
    settings.KLEAN_EMBEDDING_MODEL = str(path)
    model.cache_clear()
    yield path
    model.cache_clear()


def test_a_model_is_loaded_under_the_digest_that_the_settings_name(path, settings):
    settings.KLEAN_EMBEDDING_SHA256 = hashlib.sha256(path.read_bytes()).hexdigest().upper()

    kept = {method: describe(jpeg(draw(1))) for method, describe in methods().items()}

    assert list(kept) == ["landmarks", settings.KLEAN_EMBEDDING_SHA256.lower()]
    assert len(kept["landmarks"]) > 1_000
    assert len(np.frombuffer(kept[settings.KLEAN_EMBEDDING_SHA256.lower()], np.float16)) == 3


@pytest.mark.parametrize("named", ["", "0" * 64])
def test_a_model_of_another_digest_or_of_none_is_not_loaded(path, settings, named):
    settings.KLEAN_EMBEDDING_SHA256 = named

    with pytest.raises(ImproperlyConfigured, match="KLEAN_EMBEDDING_SHA256"):
        methods()


def test_a_model_that_is_not_there_is_named(path):
    path.unlink()

    with pytest.raises(ImproperlyConfigured, match="KLEAN_EMBEDDING_MODEL cannot be read"):
        methods()
