"""The language of counterfeits: slang that says a thing is a copy, through the same disguises as brand names."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from screening.signal import Item

from .candidates import Candidate, Finder
from .context import NEAR, goods_of
from .names import BrandName, names_of
from .neighbours import EXACT
from .reading import mild
from .weighing import COST, disguises_of

FIELDS = ("title", "description")
DEAREST = 1.0  # cost of disguise beyond which a short word is taken for another


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the lexicon."""

    term: str
    meaning: str
    strength: float
    forms: tuple[str, ...] = ()
    pattern: str = ""
    unless_before: str = ""
    unless_after: str = ""
    unless_anywhere: str = ""
    only_new: bool = False
    goods: tuple[str, ...] = ()

    def is_honest(self, item: Item, text: str, start: int, end: int) -> bool:
        """Whether the word is used there as honest sellers use it."""
        if self.only_new and item.condition in ("used", "refurbished"):
            return True
        if self.goods and (kinds := goods_of(item.category)) and not kinds & set(self.goods):
            return True
        before, after = text[max(0, start - NEAR) : start], text[end : end + NEAR]
        return any(
            rule and re.search(rule, part, re.IGNORECASE)
            for rule, part in (
                (self.unless_before, before),
                (self.unless_after, after),
                (self.unless_anywhere, text),
            )
        )


@cache
def lexicon() -> tuple[Term, ...]:
    """The terms, in the order of the file."""
    rows: list[dict[str, Any]] = tomllib.loads(
        (Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8")
    )["term"]
    lists = ("forms", "goods")
    return tuple(Term(**row | {key: tuple(row.get(key, ())) for key in lists}) for row in rows)


class Lexicon:
    """The terms made ready to be found."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = terms
        self.names = names_of([BrandName(term.term, aliases=term.forms) for term in terms if term.forms])
        self.worded = [term for term in terms if term.forms]
        self.finder = Finder(self.names, near=False)
        patterns = [(term, re.compile(term.pattern, re.IGNORECASE)) for term in terms if term.pattern]
        self.patterns = patterns
        self.any_pattern = re.compile("|".join(f"(?:{term.pattern})" for term, _ in patterns), re.IGNORECASE)

    def find(self, texts: list[str]) -> Iterator[tuple[int, Term, int, int, tuple[str, ...]]]:
        """Text, term, start, end and disguises of everything that may be slang."""
        for candidate in self.finder.find(texts):
            if (how := self.read(texts[candidate.text], candidate)) is not None:
                term = self.worded[self.names[candidate.name].brands[0]]
                yield candidate.text, term, candidate.start, candidate.end, how
        for index, text in enumerate(texts):
            plain = text if text.isascii() else "".join(map(same_length, text))
            if self.any_pattern.search(plain):
                for term, pattern in self.patterns:
                    for match in pattern.finditer(plain):
                        yield index, term, match.start(), match.end(), ()

    def read(self, text: str, candidate: Candidate) -> tuple[str, ...] | None:
        """The disguises of a candidate, None when it is no more than chance."""
        name = self.names[candidate.name]
        if candidate.how != EXACT:
            return None
        if not name.hangul and not (candidate.opens and candidate.closes):
            return None
        how = disguises_of(text[candidate.start : candidate.end], name.text, candidate.how)
        if how is None or "transliteration" in how:
            return None
        cost = sum(COST.get(one, 0.0) for one in how)
        return None if cost > DEAREST or (cost and name.letters < 5) else how


@cache
def ready() -> Lexicon:
    """The project's lexicon, made once for a process."""
    return Lexicon(lexicon())


def same_length(char: str) -> str:
    """A character without full width and look-alikes where that is one character, else itself."""
    plain = mild(char)
    return plain if len(plain) == 1 and plain != " " else char
