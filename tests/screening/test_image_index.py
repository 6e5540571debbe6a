from functools import cache

import numpy as np
import pytest

from screening.images.index import FLAT_WORK, TAIL, WIDE_FROM, HashIndex


def hashes(count: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (count, 32), dtype=np.uint8)


def flipped(rows: np.ndarray, bits: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    spread = np.unpackbits(rows, axis=1)
    for row in spread:
        row[rng.choice(256, bits, replace=False)] ^= 1
    return np.packbits(spread, axis=1)


def by_brute_force(rows: np.ndarray, ids: np.ndarray, query: np.ndarray, radius: int) -> set[tuple[int, int]]:
    far = np.bitwise_count(rows ^ query).sum(axis=1, dtype=int)
    return {(int(ids[n]), int(far[n])) for n in np.flatnonzero(far <= radius)}


def near_queries(rows: np.ndarray, radius: int) -> np.ndarray:
    some = rows[:: max(1, len(rows) // 12)][:12]
    return np.concatenate([flipped(some, bits, bits) for bits in (0, radius - 1, radius, radius + 1)])


@cache
def bank(count: int) -> tuple[HashIndex, np.ndarray, np.ndarray]:
    rows, ids = hashes(count, 3), np.arange(count) * 7 + 5
    return HashIndex(rows, ids), rows, ids


@pytest.mark.parametrize("count", [1, 500, FLAT_WORK // 8 + 1, 20_000, WIDE_FROM])
@pytest.mark.parametrize("radius", [0, 8, 31])
def test_it_finds_exactly_what_comparing_all_of_them_finds(count, radius):
    index, rows, ids = bank(count)
    queries = near_queries(rows, max(radius, 1))

    found = index.search(queries, radius)

    assert any(found)
    for query, hits in zip(queries, found, strict=True):
        assert set(hits) == by_brute_force(rows, ids, query, radius)
        assert [distance for _, distance in hits] == sorted(distance for _, distance in hits)
        assert len(hits) == len(set(hits))


def test_hashes_crowded_together_are_still_all_found():
    rows = np.concatenate([flipped(np.repeat(hashes(1, 1), 3_000, axis=0), 9, 2), hashes(8_000, 4)])
    ids = np.arange(len(rows))

    found = HashIndex(rows, ids).search(rows[:20], 31)

    assert all(
        set(hits) == by_brute_force(rows, ids, query, 31)
        for query, hits in zip(rows[:20], found, strict=True)
    )


def test_an_added_row_is_found_at_once_and_the_old_index_is_unchanged():
    rows, ids = hashes(10_000, 5), np.arange(10_000)
    before = HashIndex(rows, ids)
    new = hashes(3, 6)

    after = before.add(new, np.array([70_001, 70_002, 70_003]))

    assert [hits[0] for hits in after.search(new)] == [(70_001, 0), (70_002, 0), (70_003, 0)]
    assert after.search(rows[:40]) == before.search(rows[:40])
    assert not any(before.search(new))


def test_a_long_tail_is_sorted_in_and_nothing_is_lost():
    index = HashIndex(hashes(6_000, 7), np.arange(6_000))
    more = hashes(TAIL * 2, 8)

    for start in range(0, len(more), 1_000):
        part = more[start : start + 1_000]
        index = index.add(part, np.arange(len(part)) + 10_000 + start)

    assert len(index) == 6_000 + len(more)
    assert [hits[0][0] for hits in index.search(more[::100])] == [
        10_000 + n for n in range(0, len(more), 100)
    ]


def test_a_complement_is_far_and_not_near():
    own = hashes(1, 9)

    assert HashIndex(own, np.array([1])).search(~own) == [[]]


def test_an_empty_index_finds_nothing():
    assert HashIndex(hashes(0, 1), np.array([], np.int64)).search(hashes(2, 1)) == [[], []]


def test_hashes_of_another_length_are_refused():
    with pytest.raises(ValueError, match=r"\(n, 32\)"):
        HashIndex(np.zeros((3, 8), np.uint8), np.arange(3))
