"""Which references may be in a picture, by local features alone: the same marks fall into the same buckets.

Locality-sensitive hashing (Charikar 2002): each mark is put into one bucket a table by the signs of 30 random
projections, so marks of one point often meet, whatever was cropped, turned or laid around them. Only the buckets'
numbers are kept, 6.4 KB a reference, and twice that in memory.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from screening.images.features import MIRRORED, Features, Floats

Keys = NDArray[np.uint32]

BITS = 30  # projections of a table
TABLES = 4
KEPT = 400  # marks of a reference, the strongest
MIN_VOTES = 3.0


def _projections() -> Floats:
    drawn = np.random.default_rng(3).choice([-1.0, 1.0], (128, BITS * TABLES)).astype(np.float32)
    # Marks have no negative entries: without this, all of a projection would have one sign.
    return np.asarray(drawn - drawn.mean(axis=0), np.float32)


PROJECTIONS = _projections()
PLACES = np.left_shift(1, np.arange(BITS, dtype=np.uint32), dtype=np.uint32)


def keys(marks: Floats) -> Keys:
    """The (n, TABLES) buckets of (n, 128) marks."""
    signs = (marks @ PROJECTIONS > 0).reshape(len(marks), TABLES, BITS)
    return np.asarray((signs * PLACES).sum(axis=2, dtype=np.uint32), np.uint32)


def keys_of_reference(own: Features) -> bytes:
    return keys(own.marks[:KEPT]).tobytes()


@dataclass(frozen=True, slots=True)
class Landmarks:
    """For each table the buckets in order, and whose mark is in each; `ids` names the owners."""

    ids: NDArray[np.int64]
    buckets: list[Keys]
    owners: list[NDArray[np.int32]]

    @classmethod
    def build(cls, kept: Mapping[int, bytes]) -> "Landmarks":
        """Of what `keys_of_reference` gave for each id."""
        rows = [np.frombuffer(buckets, np.uint32).reshape(-1, TABLES) for buckets in kept.values()]
        own = np.concatenate([np.empty((0, TABLES), np.uint32), *rows])
        whose = np.repeat(np.arange(len(rows), dtype=np.int32), [len(row) for row in rows])
        orders = [np.argsort(own[:, table], kind="stable") for table in range(TABLES)]
        return cls(
            np.array(list(kept), np.int64),
            [own[order, table] for table, order in enumerate(orders)],
            [whose[order] for order in orders],
        )

    def proposed(self, picture: Features, limit: int) -> list[tuple[int, bool]]:
        """(id, whether mirrored) of the references that share the most buckets with the picture, rare ones first."""
        votes = np.stack([self._votes(keys(picture.marks)), self._votes(keys(picture.marks[:, MIRRORED]))])
        best = np.argsort(-votes, axis=None, kind="stable")[:limit]
        likely = best[votes.ravel()[best] >= MIN_VOTES]
        sides, places = np.unravel_index(likely, votes.shape)
        return [(int(self.ids[place]), bool(side)) for side, place in zip(sides, places, strict=True)]

    def _votes(self, asked: Keys) -> Floats:
        total = np.zeros(len(self.ids))
        for table in range(TABLES):
            once = np.unique(asked[:, table])
            first = np.searchsorted(self.buckets[table], once)
            size = np.searchsorted(self.buckets[table], once, side="right") - first
            first, size = first[size > 0], size[size > 0]
            at = np.arange(size.sum()) + np.repeat(first - (np.cumsum(size) - size), size)
            # A bucket that many share says little of each.
            total += np.bincount(self.owners[table][at], np.repeat(1 / size, size), len(total))
        return np.asarray(total, np.float32)
