"""Exact search of 256-bit hashes within a radius: a flat scan while that is cheaper, multi-index hashing above.

Multi-index hashing (Norouzi, Punjani, Fleet 2012): with 11 disjoint bands of 22 bits and a distance of at most 31,
some band differs in at most 2 bits; so looking up every key within 2 bits of each of the query's bands finds every
hash within the radius, and each found one is verified. With 16 bands of 16 bits the same holds for 1 bit.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Words = NDArray[np.uint64]
Ints = NDArray[np.int64]
Found = tuple[Ints, Ints, Ints]  # which query, which row, at what distance

# Where one way overtakes the other, measured by bench/hashes.py.
FLAT_WORK = 30_000  # rows × queries below which a scan costs less than the look-up's fixed part
WIDE_FROM = 400_000  # rows from which 11 bands of 22 bits are worth their 185 MB of starts over 16 of 16
TAIL = 4_096  # rows that wait unsorted
BLOCK = 32  # queries looked up at once, which bounds the memory
FARTHEST = 3  # bits of one band; beyond, the number of keys to try outgrows a scan


@dataclass(frozen=True, slots=True)
class Bands:
    """The rows in the order of each band's key, band after band, and where in it each key starts."""

    width: int
    count: int
    starts: NDArray[np.int32]
    rows: NDArray[np.int32]

    @classmethod
    def build(cls, columns: Words) -> "Bands":
        rows = columns.shape[1]
        count, width = (11, 22) if rows >= WIDE_FROM else (16, 16)
        starts = np.empty((count, (1 << width) + 1), np.int32)
        order = np.empty((count, rows), np.int32)
        for band in range(count):
            keys = _keys(columns, band, width)
            order[band] = np.argsort(keys, kind="stable")
            starts[band, 0] = 0
            np.cumsum(np.bincount(keys, minlength=1 << width), out=starts[band, 1:])
            starts[band] += band * rows
        return cls(width, count, starts.ravel(), order.ravel())

    def candidates(self, queries: Words, radius: int, limit: int) -> tuple[Ints, Ints] | None:
        """(query, row) pairs that share a near band, with repeats; None where there would be more than `limit`."""
        if radius // self.count > FARTHEST:
            return None
        band, flip = _probes(radius, self.count, self.width)
        keys = np.stack([_keys(queries, each, self.width) for each in range(self.count)])
        places = (keys[band] ^ flip[:, None]) + (band * ((1 << self.width) + 1))[:, None]
        firsts = self.starts[places]
        sizes = self.starts[places + 1] - firsts
        if int(sizes.sum(dtype=np.int64)) > limit:
            return None
        hit = np.nonzero(sizes)
        size = sizes[hit].astype(np.int64)
        ends = np.cumsum(size)
        at = np.arange(ends[-1] if len(ends) else 0) + np.repeat(firsts[hit] - (ends - size), size)
        return np.repeat(hit[1], size), self.rows[at].astype(np.int64)


@dataclass(slots=True)
class HashIndex:
    """An (n, 32) uint8 array of hashes with the id of each; searching changes nothing, `add` makes a new index."""

    hashes: Bytes
    ids: Ints
    _sorted: int = -1
    _bands: Bands | None = field(default=None, repr=False)
    _columns: Words = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.hashes.ndim != 2 or self.hashes.shape[1] != 32 or len(self.ids) != len(self.hashes):
            raise ValueError(
                f"hashes must be (n, 32) with n ids, not {self.hashes.shape} with {len(self.ids)}"
            )
        self._columns = np.ascontiguousarray(_words(self.hashes).T)
        if self._bands is None:
            self._sorted = len(self.ids)
            if 8 * len(self.ids) > FLAT_WORK:
                self._bands = Bands.build(self._columns)

    def __len__(self) -> int:
        return len(self.ids)

    def add(self, hashes: Bytes, ids: Ints) -> "HashIndex":
        """The index with more rows: they wait in a tail that is scanned flat, and are sorted in when it is long."""
        more = np.concatenate((self.hashes, hashes)), np.concatenate((self.ids, ids))
        if len(more[1]) - self._sorted > TAIL:
            return HashIndex(*more)
        return HashIndex(*more, self._sorted, self._bands)

    def search(self, queries: Bytes, radius: int = 31) -> list[list[tuple[int, int]]]:
        """For each of the (m, 32) queries the (id, distance) of every row within `radius`, nearest first."""
        words = _words(queries)
        found: list[list[tuple[int, int]]] = [[] for _ in words]
        for start in range(0, len(words), BLOCK):
            query, row, distance = self._search(words[start : start + BLOCK].T, radius)
            order = np.lexsort((row, distance))
            hits = zip(
                query[order].tolist(), self.ids[row[order]].tolist(), distance[order].tolist(), strict=True
            )
            for q, row_id, d in hits:
                found[start + q].append((row_id, d))
        return found

    def _search(self, queries: Words, radius: int) -> Found:
        if self._bands is None or len(self) * queries.shape[1] <= FLAT_WORK:
            return flat_scan(self._columns, queries, radius)
        head = _banded(self._bands, self._columns[:, : self._sorted], queries, radius)
        if self._sorted == len(self):
            return head
        query, row, distance = flat_scan(self._columns[:, self._sorted :], queries, radius)
        tail = query, row + self._sorted, distance
        return tuple(np.concatenate(parts) for parts in zip(head, tail, strict=True))  # type: ignore[return-value]


def flat_scan(columns: Words, queries: Words, radius: int) -> Found:
    """Every (query, row, distance) within `radius` of (4, n) rows and (4, m) queries, by comparing all of them."""
    query, row, distance = [], [], []
    for q, one in enumerate(queries.T):
        far = np.bitwise_count(columns[0] ^ one[0])
        for column, word in zip(columns[1:3], one[1:3], strict=True):
            far += np.bitwise_count(column ^ word)
        # The counts are uint8: the fourth could carry 256 round to 0.
        far += np.minimum(np.bitwise_count(columns[3] ^ one[3]), np.uint8(63))
        near = np.flatnonzero(far <= radius)
        query.append(np.full(len(near), q))
        row.append(near)
        distance.append(far[near].astype(np.int64))
    return np.concatenate(query), np.concatenate(row), np.concatenate(distance)


def _banded(bands: Bands, columns: Words, queries: Words, radius: int) -> Found:
    # Hashes crowded into a few buckets would cost more than the scan that they were to save.
    pairs = bands.candidates(queries, radius, limit=columns.shape[1] * queries.shape[1] // 8)
    if pairs is None:
        return flat_scan(columns, queries, radius)
    query, row = pairs
    # Half of the bits rule out nearly every pair that only shares a band.
    half = np.bitwise_count(columns[0][row] ^ queries[0][query]) + np.bitwise_count(
        columns[1][row] ^ queries[1][query]
    )
    near = half <= radius
    query, row = query[near], row[near]
    distance = np.bitwise_count(columns[:, row] ^ queries[:, query]).sum(axis=0, dtype=np.int64)
    near = distance <= radius
    query, row, distance = query[near], row[near], distance[near]
    # A row is found once for every near band.
    once = np.unique(query * columns.shape[1] + row, return_index=True)[1]
    return query[once], row[once], distance[once]


def _words(hashes: Bytes) -> Words:
    return np.ascontiguousarray(hashes, dtype=np.uint8).reshape(-1, 32).view(np.uint64)


def _keys(columns: Words, band: int, width: int) -> Ints:
    """Bits band·width .. (band + 1)·width of each hash, as a number."""
    word, shift = divmod(band * width, 64)
    bits = columns[word] >> np.uint64(shift)
    if shift + width > 64:
        bits = bits | columns[word + 1] << np.uint64(64 - shift)
    keys: Ints = (bits & np.uint64((1 << width) - 1)).astype(np.int64)
    return keys


@lru_cache(maxsize=32)
def _probes(radius: int, count: int, width: int) -> tuple[Ints, Ints]:
    """The (band, bits to flip) of every key to look up: were all bands further off, their sum would exceed `radius`."""
    reach, rest = divmod(radius, count)
    probes = [
        (band, sum(1 << bit for bit in bits))
        for band in range(count)
        for size in range(reach + (band <= rest))
        for bits in combinations(range(width), size)
    ]
    band, flip = np.array(probes, dtype=np.int64).T
    return band, flip
