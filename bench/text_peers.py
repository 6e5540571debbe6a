"""The usual ways to find brand names in titles, to be measured beside ours."""

import unicodedata
from collections.abc import Callable, Iterable

import ahocorasick_rs
import numpy as np
from rapidfuzz import fuzz, process

from bench.titles import Finds, Names
from screening.signal import Item

try:
    from confusable_homoglyphs import confusables
except ImportError:  # the peer is optional
    confusables = None
HAS_CONFUSABLES = confusables is not None

MAX_NAMES = 200  # spans of a title that rapidfuzz reads


def substring(names: Names) -> Finds:
    """Casefolded `name in title`."""
    pairs = [(name.casefold(), brand) for brand, own in names.names.items() for name in own if len(name) > 1]
    return lambda items: [
        {b for name, b in pairs if name in low} for low in (i.title.casefold() for i in items)
    ]


def automaton(names: Names, variants: Callable[[str], Iterable[str]], normal: Callable[[str], str]) -> Finds:
    """ahocorasick_rs over normalised names, whole words only."""
    owners: dict[str, set[str]] = {}
    for brand, own in names.names.items():
        for name in own:
            for variant in variants(normal(name)):
                if len(variant) > 1:
                    owners.setdefault(variant, set()).add(brand)
    patterns = list(owners)
    machine = ahocorasick_rs.AhoCorasick(patterns)

    def find(items: list[Item]) -> list[set[str]]:
        out = []
        for item in items:
            text = normal(item.title)
            hits = machine.find_matches_as_indexes(text, overlapping=True)
            out.append({b for p, s, e in hits if stands(text, s, e) for b in owners[patterns[p]]})
        return out

    return find


def stands(text: str, start: int, end: int) -> bool:
    """Whether a match is not part of a longer word."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not before.isalnum() and (not after.isalnum() or "가" <= text[end - 1] <= "힣")


def skeleton(text: str) -> str:
    """NFKC, casefold and the confusables of the package confusable-homoglyphs, one character at a time."""

    def letter(char: str) -> str:
        if char.isascii() or "가" <= char <= "힣":
            return char
        alike = confusables.is_confusable(char, greedy=True, preferred_aliases=[])
        plain = [
            h["c"] for row in alike or [] for h in row["homoglyphs"] if h["c"].isascii() and h["c"].isalpha()
        ]
        return plain[0].casefold() if plain else char

    return "".join(map(letter, unicodedata.normalize("NFKC", text).casefold()))


def folded(text: str) -> str:
    """NFKC and casefold."""
    return unicodedata.normalize("NFKC", text).casefold()


def leet_variants(name: str) -> Iterable[str]:
    """The name and its spellings with one or all letters as digits."""
    table = {"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7"}
    yield name
    yield "".join(table.get(c, c) for c in name)
    for letter, digit in table.items():
        yield name.replace(letter, digit)


def fuzzy(names: Names, threshold: float) -> Finds:
    """rapidfuzz: each run of one to three words against every name."""
    flat = [(folded(name), brand) for brand, own in names.names.items() for name in own if len(name) > 2]
    choices = [name for name, _ in flat]

    def find(items: list[Item]) -> list[set[str]]:
        out = []
        for item in items:
            words = folded(item.title).split()
            spans = [" ".join(words[i : i + n]) for n in (1, 2, 3) for i in range(len(words) - n + 1)][
                :MAX_NAMES
            ]
            scores = process.cdist(spans, choices, scorer=fuzz.ratio, score_cutoff=threshold, dtype=np.uint8)
            out.append({flat[j][1] for j in set(np.nonzero(scores)[1].tolist())})
        return out

    return find
