"""The usual ways of knowing a picture again: how far each says it is from its reference and from the nearest other."""

from collections.abc import Sequence

import imagehash
import numpy as np
import pdqhash
from PIL import Image

CROPS = "imagehash crop-resistant"
NEAR_SEGMENT = 16  # bits of 64, imagehash's own bit_error_rate

PEERS = {
    "imagehash pHash": lambda picture: imagehash.phash(picture).hash.reshape(1, -1),
    "imagehash dHash": lambda picture: imagehash.dhash(picture).hash.reshape(1, -1),
    "pdqhash": lambda picture: pdqhash.compute(np.asarray(picture))[0].reshape(1, -1) > 0,
    "pdqhash, 8 turns": lambda picture: np.stack(pdqhash.compute_dihedral(np.asarray(picture))[0]) > 0,
}


class CropResistant:
    """imagehash's crop-resistant hash: the more segments have a near one among the reference's, the nearer."""

    def __init__(self, pictures: Sequence[Image.Image]) -> None:
        hashed = [self.segments(picture) for picture in pictures]
        self.rows = np.concatenate(hashed)
        self.starts = np.cumsum([0, *(len(rows) for rows in hashed[:-1])])

    @staticmethod
    def segments(picture: Image.Image) -> np.ndarray:
        return np.stack([one.hash.ravel() for one in imagehash.crop_resistant_hash(picture).segment_hashes])

    def distances(self, picture: Image.Image) -> np.ndarray:
        own = self.segments(picture)
        differing = np.stack([(self.rows != one).sum(axis=1) for one in own], axis=1)
        minimum = np.minimum.reduceat(differing, self.starts)
        near = minimum <= NEAR_SEGMENT
        distances: np.ndarray = (minimum * near).sum(axis=1) / (64 * len(own)) - near.sum(axis=1)
        return distances


def nearest(known: np.ndarray, turns: np.ndarray, own: int) -> tuple[float, float]:
    return split(np.min([(known != turn).sum(axis=1) for turn in turns], axis=0), own)


def split(distances: np.ndarray, own: int) -> tuple[float, float]:
    others = np.delete(distances, own) if own >= 0 else distances
    return float(distances[own]) if own >= 0 else np.inf, float(others.min())
