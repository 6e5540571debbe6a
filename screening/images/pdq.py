"""PDQ, the 256-bit perceptual hash of Meta's ThreatExchange, at the price of a grey decode.

PDQ is linear up to its median: two box filters, a 64 × 64 sample and a cosine transform, along each axis. So one
64-row matrix an axis does filter and sample at once, and for a picture that was decoded at 1/k of its size the same
matrix is summed over the k columns each pixel stands for. Source: facebook/ThreatExchange, pdq/cpp/hashing.
"""

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from screening.images.decode import LIMITS, Grey, Limits, decode_grey, read_header

SIDE = 64
BITS = 256
TRANSFORMS = (
    "as is",
    "mirrored",
    "upside down",
    "half turn",
    "transposed",
    "right turn",
    "left turn",
    "transverse",
)


@dataclass(frozen=True, slots=True)
class Hashed:
    """A picture's hash, its quality 0..100 (below 50 too flat to mean anything) and its size as stored."""

    hash: bytes
    quality: int
    width: int
    height: int
    data: bytes = field(default=b"", repr=False)  # kept for the tiers that look again


def pdq_of(data: bytes, limits: Limits = LIMITS) -> Hashed:
    """Hash the bytes of a picture; raises BadPicture."""
    header = read_header(data, limits)
    bits, quality = pdq(decode_grey(data, header), (header.height, header.width))
    return Hashed(bits, quality, header.width, header.height, data)


def pdq(grey: Grey, size: tuple[int, int] | None = None) -> tuple[bytes, int]:
    """Hash and quality of an (h, w) grey picture, decoded at a whole fraction of `size` (its full height, width)."""
    height, width = size or grey.shape
    rows, columns = _sampler(height, grey.shape[0]), _sampler(width, grey.shape[1])
    small = rows @ grey.astype(np.float32) @ columns.T
    wave = COSINES @ small @ COSINES.T
    # The median of 256 values is the 128th: PDQ's is the lower of the middle two.
    bits = wave.ravel() > np.partition(wave, 127, axis=None)[127]
    return np.packbits(bits[::-1]).tobytes(), _quality(small)


def dihedral(own: bytes) -> list[bytes]:
    """The hashes of the picture's 8 flips and turns, in the order of TRANSFORMS, the first being itself."""
    bits = np.unpackbits(np.frombuffer(own, np.uint8))
    return [row.tobytes() for row in np.packbits(bits[ORDER] ^ NEGATED, axis=1)]


@lru_cache(maxsize=512)
def _sampler(full: int, kept: int) -> NDArray[np.float32]:
    """The (64, kept) matrix that box-filters `full` pixels twice and samples 64 of them."""
    window = (full + 2 * SIDE - 1) // (2 * SIDE)
    at = np.arange(full)
    stop = np.minimum(at + (window + 2) // 2, full)
    start = np.maximum(at + (window + 2) // 2 - window, 0)
    weights = np.zeros((SIDE, full))
    weights[np.arange(SIDE), ((np.arange(SIDE) + 0.5) * full / SIDE).astype(int)] = 1.0
    for _ in range(2):
        shares = weights / (stop - start)
        edges = np.zeros((full + 1, SIDE))
        np.add.at(edges, start, shares.T)
        np.add.at(edges, stop, -shares.T)
        weights = np.cumsum(edges[:-1], axis=0).T
    factor = -(-full // kept)
    return np.add.reduceat(weights, np.arange(0, full, factor), axis=1).astype(np.float32)


def _quality(small: NDArray[np.float32]) -> int:
    steps = (np.abs(np.diff(small, axis=axis) * np.float32(100) / np.float32(255)) for axis in (0, 1))
    return min(100, sum(int(step.astype(np.int32).sum()) for step in steps) // 90)


def _cosines() -> NDArray[np.float32]:
    wave = np.arange(1, 17)[:, None] * (2 * np.arange(SIDE) + 1)
    scaled: NDArray[np.float32] = (np.sqrt(2 / SIDE) * np.cos(np.pi / 2 / SIDE * wave)).astype(np.float32)
    return scaled


def _flips() -> tuple[NDArray[np.intp], NDArray[np.uint8]]:
    """For each transform, which bit goes where and whether it turns over (odd waves do under a flip)."""
    place = np.arange(BITS).reshape(16, 16)
    odd = (np.arange(16) % 2 == 0).astype(np.uint8)
    across, down = np.broadcast_to(odd, (16, 16)), np.broadcast_to(odd[:, None], (16, 16))
    signs = (np.zeros_like(across), across, down, across ^ down)
    moves = [(grid, sign) for grid in (place, place.T) for sign in signs]
    # Bit 0 of the transform's grid is the last bit of the written hash.
    order = np.stack([BITS - 1 - grid.ravel()[::-1] for grid, _ in moves])
    return order, np.stack([sign.ravel()[::-1] for _, sign in moves])


COSINES = _cosines()
ORDER, NEGATED = _flips()
