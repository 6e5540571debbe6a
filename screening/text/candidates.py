"""Everywhere in a batch of texts that may read as a name; what it is worth is weighed afterwards."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import ahocorasick_rs
import numpy as np
import numpy.typing as npt

from .fold import BREAK, DIGIT, HANGUL, JAMO, LETTER, LINE, MASK, SPAN, Folded, Places, fold, tables
from .mixes import Mixes
from .names import Name
from .neighbours import EXACT, MASKED, Neighbours

Flags = npt.NDArray[np.bool_]

MIXED = 3
SHORTEST = 4  # deep symbols; shorter names are looked up by whole words


class Candidate(NamedTuple):
    """A piece of text `text` that may read as a name; `opens` and `closes` say whether words end there."""

    text: int
    start: int
    end: int
    name: int
    how: int
    opens: bool
    closes: bool


class Finder:
    """Every name of the brand file, in one automaton and one dictionary of near names."""

    def __init__(self, names: Sequence[Name], near: bool = True) -> None:
        self.near = near
        patterns: dict[str, list[int]] = {}
        for index, name in enumerate(names):
            if len(name.deep) >= SHORTEST:
                patterns.setdefault(name.deep, []).append(index)
        self.automaton = ahocorasick_rs.AhoCorasick(list(patterns), store_patterns=False)
        owners = list(patterns.values())
        self.first = np.cumsum([0, *map(len, owners)])
        self.owners = np.array([index for group in owners for index in group], dtype=np.int64)
        self.hangul = np.array([names[index].hangul for index in self.owners], dtype=bool)
        self.letters = np.array([names[index].letters for index in self.owners], dtype=np.int64)
        self.tail = np.array(
            [len(n.light) - len(n.light.rstrip(n.light[-1:])) - 1 for n in names], dtype=np.int64
        )
        self.neighbours = Neighbours(names if near else ())
        self.mixes = Mixes(names if near else ())

    def find(self, texts: list[str]) -> list[Candidate]:
        """Candidates of all texts, in no order."""
        if not texts:
            return []
        folded = fold(texts)
        found = [*self.read(folded), *(self.nearly_read(folded) if self.near else ())]
        if not found:
            return []
        columns = [np.concatenate(column) for column in zip(*found, strict=True)]
        start, end, name, how, opens, closes = columns
        text = np.searchsorted(folded.starts, start, "right") - 1
        shift = folded.starts[text]
        rows = (text, start - shift, end - shift, name, how, opens, closes)
        return list(map(Candidate, *(row.tolist() for row in rows)))

    def read(self, folded: Folded) -> Iterator[tuple[Places | Flags, ...]]:
        """What the automaton reads in the deep form, where words begin and end as the name's length demands."""
        matches = self.automaton.find_matches_as_indexes(folded.text(), overlapping=True)
        if not matches:
            return
        pattern, start, end = np.array(matches, dtype=np.int64).T
        whole = whole_characters(folded)
        fits = whole[start] & whole[end]
        pattern, start, end = pattern[fits], start[fits], end[fits]
        edge_before, edge_after = edges(folded)
        count = self.first[pattern + 1] - self.first[pattern]
        entry = np.repeat(self.first[pattern] - (np.cumsum(count) - count), count) + np.arange(
            int(count.sum())
        )
        start, end = np.repeat(start, count), np.repeat(end, count)
        opens, closes, letters = edge_before[start], edge_after[end], self.letters[entry]
        kept = np.where(
            self.hangul[entry],
            opens | (letters >= 6),
            opens & (closes | (letters >= 4)),
        )
        start, end, entry = start[kept], end[kept], entry[kept]
        names = self.owners[entry]
        begin = folded.light_at[folded.deep_from[start]]
        opens, closes = opens[kept], closes[kept]
        last = folded.deep_from[end - 1]
        finish = folded.light_at[np.where(closes, run_end(folded, last), last + self.tail[names])] + 1
        yield begin, finish, names, np.full(len(names), EXACT), opens, closes

    def nearly_read(self, folded: Folded) -> Iterator[tuple[Places | Flags, ...]]:
        """Short names, edits, masks and mixed scripts, found word by word."""
        hits = self.neighbours.near(folded)
        yes = np.ones(len(hits.name), dtype=bool)
        begin, finish = folded.light_at[hits.start], folded.light_at[hits.end - 1] + 1
        masks = mask_places(folded)
        finish = finish + ((hits.how == MASKED) & masks[finish])
        begin = begin - ((hits.how == MASKED) & masks[begin - 1])
        yield begin, finish, hits.name, hits.how, yes, yes
        mixed = np.array(list(self.mixes.find(folded)), dtype=np.int64).reshape(-1, 3)
        yes = np.ones(len(mixed), dtype=bool)
        how = np.full(len(mixed), MIXED)
        yield folded.light_at[mixed[:, 0]], folded.light_at[mixed[:, 1] - 1] + 1, mixed[:, 2], how, yes, yes


def whole_characters(folded: Folded) -> Flags:
    """For each deep place, whether a character begins there (so that no name ends inside a syllable)."""
    out = np.ones(len(folded.deep) + 1, dtype=bool)
    out[1:-1] = folded.deep_from[1:] != folded.deep_from[:-1]
    return out


def mask_places(folded: Folded) -> Flags:
    """For each place of the text, and one beyond, whether a mask stands there."""
    marks = (tables().kind[np.where(folded.raw < SPAN, folded.raw, 0)] & MASK) > 0
    return np.append(marks, False)


def edges(folded: Folded) -> tuple[Flags, Flags]:
    """For each deep place, whether a word may begin there and whether one may end just before it."""
    gaps = np.cumsum((folded.light == BREAK) | (folded.light == LINE))[folded.deep_from]
    raw = folded.raw[folded.light_at[folded.deep_from]]
    kind = tables().kind[np.where(raw < SPAN, raw, 0)]
    script = np.select([kind & (HANGUL | JAMO) > 0, kind & DIGIT > 0, kind & LETTER > 0], [3, 2, 1], 0)
    broken = gaps[1:] != gaps[:-1]
    before = folded.light[np.maximum(folded.deep_from[1:] - 1, 0)]
    within = broken & (before != BREAK) & (before != LINE)  # the letter before it was dropped as a repeat
    changed = script[1:] != script[:-1]
    begins = np.ones(len(folded.deep) + 1, dtype=bool)
    ends = begins.copy()
    begins[1:-1] = (broken & ~within) | (changed & ~((script[:-1] == 2) & (script[1:] == 1)))
    ends[1:-1] = broken | changed
    return begins, ends


def run_end(folded: Folded, at: Places) -> Places:
    """The last place of the run of one symbol that begins at each place of the light form."""
    last = np.append(np.flatnonzero(folded.light[1:] != folded.light[:-1]), len(folded.light) - 1)
    out: Places = last[np.searchsorted(last, at)]
    return out
