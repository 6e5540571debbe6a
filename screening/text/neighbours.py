"""Names one edit or one mask away from the words of a text, found by hashes of their deletions."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .fold import (
    BREAK,
    JOINT,
    LINE,
    MASK,
    SPAN,
    SYLLABLE,
    SYLLABLES,
    Codes,
    Folded,
    Places,
    codes_of,
    tables,
)
from .names import Name

Hashes = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]

LONGEST = 24  # symbols of a window; longer names are only matched exactly
WORDS = 3  # words of a window
PRIME = np.uint64(0x9E3779B97F4A7C15)
INVERSE = np.uint64(pow(0x9E3779B97F4A7C15, -1, 1 << 64))
SIEVE_BITS = 25
EXACT = 0
TYPO = 1
MASKED = 2
STAND_INS = codes_of("xoziㅇㅁㅡeㅣ")  # light symbols that sellers write in place of one syllable
LAST_STAND_INS = codes_of("xoㅇㅁ")  # of those, the ones that may end a name


@dataclass(frozen=True, slots=True)
class Hits:
    """Windows (`start`, `end` into the light form) and the name that each is near to, with how."""

    start: Places
    end: Places
    name: Places
    how: Places


@dataclass(frozen=True, slots=True)
class Windows:
    """Runs of one to three words: places in the squeezed text, and the masks at their seams."""

    first: Places
    size: Places
    start: Places
    end: Places
    seam: Places
    before: Flags
    after: Flags


class Neighbours:
    """A dictionary of names by the hash of the name and of the name without each of its symbols."""

    def __init__(self, names: Sequence[Name]) -> None:
        short = [i for i, name in enumerate(names) if len(name.deep) < 4]
        near = [i for i, name in enumerate(names) if name.letters >= 4 and len(name.light) <= LONGEST]
        parts = [keys(names, short, False), keys(names, near, True)]
        key, name, gone = (np.concatenate(column) for column in zip(*parts, strict=True))
        order = np.argsort(key, kind="stable")
        self.key, self.name, self.gone = key[order], name[order], gone[order]
        self.sieve = np.zeros(1 << SIEVE_BITS, dtype=bool)
        self.sieve[sifted(self.key)] = True
        self.lights = codes_of("".join(n.light for n in names))
        sizes = np.array([len(n.light) for n in names], dtype=np.int64)
        self.sizes, self.offsets = sizes, np.cumsum(sizes) - sizes
        self.hangul = np.array([n.hangul for n in names], dtype=bool)

    def near(self, folded: Folded) -> Hits:
        """Every window that is a short name, or one edit or mask away from a longer one."""
        squeezed, windows = windows_of(folded)
        found = [self.near_of_size(squeezed, windows, int(size)) for size in np.unique(windows.size)]
        columns = (
            [np.concatenate(column) for column in zip(*found, strict=True)]
            if found
            else [np.zeros(0, np.int64)] * 4
        )
        window, name, gone, lost = columns
        how = self.judged(squeezed, windows, window, name, gone, lost)
        kept = how >= 0
        keys_ = np.unique((window[kept] * len(self.sizes) + name[kept]) * 3 + how[kept])
        where, who = np.divmod(keys_ // 3, max(len(self.sizes), 1))
        return Hits(windows.start[where], windows.end[where], who, keys_ % 3)

    def near_of_size(
        self, squeezed: Codes, windows: Windows, size: int
    ) -> tuple[Places, Places, Places, Places]:
        """Hits of the windows of one size: window, name, symbol gone from the window, symbol lost of the name (-1: none)."""
        rows = np.flatnonzero(windows.size == size)
        codes = squeezed[windows.first[rows][:, None] + np.arange(size)]
        hashes = deletions(codes)
        row, gone = np.nonzero(self.sieve[sifted(hashes)])
        hashes = hashes[row, gone]
        low = np.searchsorted(self.key, hashes, "left")
        count = np.searchsorted(self.key, hashes, "right") - low
        entry = np.repeat(low - (np.cumsum(count) - count), count) + np.arange(int(count.sum()))
        row, gone = np.repeat(row, count), np.repeat(gone, count)
        return rows[row], self.name[entry].astype(np.int64), gone - 1, self.gone[entry].astype(np.int64)

    def judged(
        self, squeezed: Codes, windows: Windows, window: Places, name: Places, gone: Places, lost: Places
    ) -> Places:
        """For each hit EXACT, TYPO or MASKED; -1 where the likeness is no more than chance."""
        size, hangul = self.sizes[name], self.hangul[name]
        seen = squeezed[windows.first[window] + np.maximum(gone, 0)]
        meant = self.lights[self.offsets[name] + np.maximum(lost, 0)]
        swapped = (gone >= 0) & (lost >= 0) & self.swaps(squeezed, windows, window, name, gone, lost)
        replaced = (gone >= 0) & (gone == lost)
        strange = replaced & hangul & (windows.seam[window] == -1) & np.isin(seen, STAND_INS)
        strange &= (gone > 0) & ((gone < size - 1) | np.isin(seen, LAST_STAND_INS))
        masked = (gone < 0) & (lost >= 0) & self.is_masked(windows, window, lost, size)
        typo = np.where(
            hangul,
            (replaced & (size >= 3) & one_jamo_apart(seen, meant)) | (swapped & (size >= 4)),
            (size >= 5) & (replaced | swapped | (gone < 0) | (lost < 0)),
        )
        how = np.full(len(window), -1, dtype=np.int64)
        how[typo & (windows.size[window] > 0)] = TYPO
        how[masked | (strange & (size >= 3))] = MASKED
        how[(gone < 0) & (lost < 0)] = EXACT
        return how

    def swaps(
        self, squeezed: Codes, windows: Windows, window: Places, name: Places, gone: Places, lost: Places
    ) -> Flags:
        """Whether the window has two neighbouring symbols of the name the other way round."""
        apart = np.abs(gone - lost) == 1
        at = np.minimum(gone, lost)
        left = np.clip(windows.first[window] + at, 0, len(squeezed) - 2)
        mine = np.clip(self.offsets[name] + at, 0, max(len(self.lights) - 2, 0))
        out: Flags = (
            apart & (squeezed[left] == self.lights[mine + 1]) & (squeezed[left + 1] == self.lights[mine])
        )
        return out

    def is_masked(self, windows: Windows, window: Places, lost: Places, size: Places) -> Flags:
        """Whether a mask stands exactly where the window lacks a symbol of the name."""
        inside = windows.seam[window] == lost
        first = (lost == 0) & windows.before[window] & (windows.seam[window] == -1)
        last = (lost == size - 1) & windows.after[window] & (windows.seam[window] == -1)
        out: Flags = inside | first | last
        return out


def keys(
    names: Sequence[Name], chosen: list[int], near: bool
) -> tuple[Hashes, npt.NDArray[np.int32], npt.NDArray[np.int8]]:
    """Hash, name and lost symbol (-1: none) of every entry."""
    by_size: dict[int, list[int]] = {}
    for index in chosen:
        by_size.setdefault(len(names[index].light), []).append(index)
    out = [(np.zeros(0, np.uint64), np.zeros(0, np.int32), np.zeros(0, np.int8))]
    for size, group in by_size.items():
        codes = codes_of("".join(names[i].light for i in group)).reshape(len(group), size)
        hashes = deletions(codes)[:, : None if near else 1]
        lost = np.broadcast_to(np.arange(-1, hashes.shape[1] - 1, dtype=np.int8), hashes.shape)
        who = np.repeat(np.array(group, dtype=np.int32), hashes.shape[1])
        out.append((hashes.ravel(), who, lost.ravel()))
    hashes_, who_, lost_ = (np.concatenate(column) for column in zip(*out, strict=True))
    return hashes_, who_, lost_


def deletions(codes: Codes) -> Hashes:
    """(n, size) symbols → (n, size + 1) hashes: of the whole, then without each symbol."""
    size = codes.shape[1]
    powers = np.array([pow(int(PRIME), i + 1, 1 << 64) for i in range(size)], dtype=np.uint64)
    sums = np.cumsum(codes.astype(np.uint64) * powers, axis=1, dtype=np.uint64)
    out = np.empty((len(codes), size + 1), dtype=np.uint64)
    out[:, 0] = sums[:, -1]
    out[:, 1] = (sums[:, -1] - sums[:, 0]) * INVERSE
    out[:, 2:] = sums[:, :-1] + (sums[:, -1:] - sums[:, 1:]) * INVERSE
    return out


def sifted(hashes: Hashes) -> Hashes:
    """The place of a hash in the sieve."""
    return (hashes * np.uint64(0xD6E8FEB86659FD93)) >> np.uint64(64 - SIEVE_BITS)


def windows_of(folded: Folded) -> tuple[Codes, Windows]:
    """The light text without breaks, and its windows of up to three words."""
    light, at, kind = folded.light, folded.light_at, tables().kind
    solid = (light != BREAK) & (light != LINE)
    opens = solid & ~np.concatenate([[False], solid[:-1]])
    starts = np.flatnonzero(opens)
    ends = np.flatnonzero(solid & ~np.concatenate([solid[1:], [False]])) + 1
    place = np.cumsum(solid) - solid
    line = np.cumsum(light == LINE)
    marks = np.concatenate([kind[np.where(folded.raw < SPAN, folded.raw, 0)], np.zeros(2, np.uint8)])
    behind = at[ends - 1] + 1 if len(ends) else ends
    after = (marks[behind] & MASK) > 0
    before = (at[starts] > 0) & ((marks[at[starts] - 1] & MASK) > 0)
    joint = np.zeros(len(starts), dtype=bool)
    joint[1:] = (at[starts[1:]] - behind[:-1] == 1) & ((marks[behind[:-1]] & JOINT) > 0)
    parts = []
    for words in range(1, WORDS + 1):
        head = np.arange(max(len(starts) - words + 1, 0))
        tail = head + words - 1
        head, tail = (
            head[line[starts[head]] == line[starts[tail]]],
            tail[line[starts[head]] == line[starts[tail]]],
        )
        first, size = place[starts[head]], place[ends[tail] - 1] + 1 - place[starts[head]]
        seam = np.full(len(head), -1, dtype=np.int64)
        if words == 2:
            seam = np.where(joint[tail], place[starts[tail]] - first, -2)
        elif words > 2:
            seam -= 1
        fits = (size <= LONGEST + 1) & ((size >= 2) | after[tail] | before[head] | (words == 1))
        columns = (first, size, starts[head], ends[tail], seam, before[head], after[tail])
        parts.append([column[fits] for column in columns])
    return light[solid], Windows(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def is_syllable(codes: Codes) -> Flags:
    """Which symbols are whole Hangul syllables."""
    out: Flags = (codes >= SYLLABLE) & (codes < SYLLABLE + SYLLABLES)
    return out


def one_jamo_apart(one: Codes, other: Codes) -> Flags:
    """Which pairs of syllables differ in a single jamo."""
    a, b = one.astype(np.int64) - SYLLABLE, other.astype(np.int64) - SYLLABLE
    same = (a // 588 == b // 588).astype(int) + (a % 588 // 28 == b % 588 // 28) + (a % 28 == b % 28)
    out: Flags = is_syllable(one) & is_syllable(other) & (same == 2)
    return out
