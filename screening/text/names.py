"""The names of brands, ready to be looked for."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .fold import decoded, fold

WORDS = Path(__file__).parent / "words"
RANKS = (2500, 12000)  # English words before these ranks need three and two points of context, others one


@dataclass(frozen=True, slots=True)
class BrandName:
    """One row of the brand file."""

    brand: str
    korean_name: str = ""
    aliases: tuple[str, ...] = ()
    category: str = ""
    country: str = ""
    protection: str = "open"

    def names(self) -> Iterable[str]:
        """Every name it goes by, the brand file's first."""
        return (self.brand, self.korean_name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Name:
    """One written name and whose it is."""

    text: str
    light: str
    deep: str
    brands: tuple[int, ...]
    hangul: bool
    letters: int
    common: int


def names_of(brands: Sequence[BrandName]) -> list[Name]:
    """Each distinct written name once, with the brands that bear it."""
    owners: dict[str, dict[int, None]] = {}
    texts: dict[str, str] = {}
    first: dict[str, int] = {}
    for place, brand in enumerate(brands):
        index = first.setdefault(brand.brand, place)
        for text in brand.names():
            key = text.casefold()
            if key.strip():
                owners.setdefault(key, {})[index] = None
                texts.setdefault(key, text.strip())
    if not texts:
        return []
    folded = fold(list(texts.values()))
    lights, deeps = decoded(folded.light).split("\n"), folded.text().split("\n")
    rows = zip(owners.items(), texts.values(), lights, deeps, strict=True)
    return [
        name_of(text, light.replace(" ", ""), deep, tuple(who), commonness(key, light))
        for (key, who), text, light, deep in rows
        if deep
    ]


def name_of(text: str, light: str, deep: str, brands: tuple[int, ...], common: int) -> Name:
    """A name with what its length and script allow."""
    syllables = sum("가" <= c <= "힣" for c in light)
    return Name(text, light, deep, brands, 2 * syllables >= len(light), len(light) + syllables, common)


def commonness(key: str, light: str) -> int:
    """Points of context that a name needs because it is also an ordinary word, or very short (0: none)."""
    squeezed = light.replace(" ", "")
    if any("가" <= c <= "힣" for c in squeezed):
        if len(squeezed) == 1 or squeezed in materials():
            return 3
        return 2 * (squeezed in korean_words() or all(w in korean_words() for w in light.split()))
    if len(squeezed) <= 2 or key.isdigit():
        return 1 if key.isalpha() and len(squeezed) == 2 and level(key) == 0 else 3
    words = re.findall(r"[a-z0-9]+", unaccented(key))
    if len(words) == 1 or len(squeezed) <= 3:
        return level("".join(words))
    return 1 if len(words) == 2 and min(map(level, words)) > 1 else 0


def level(word: str) -> int:
    """Points that a single English word needs."""
    rank = english_words().get(word, -1)
    return 0 if rank < 0 else 1 + sum(rank < limit for limit in RANKS)


def unaccented(text: str) -> str:
    """Latin letters without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@cache
def english_words() -> dict[str, int]:
    """Ordinary English words and their rank, commonest first."""
    ranks = {word: rank for rank, word in enumerate(listed("en.txt"))}
    return ranks | dict.fromkeys(listed("shop.txt"), 0)


@cache
def korean_words() -> frozenset[str]:
    """Ordinary Korean words of shop titles."""
    return frozenset(listed("ko.txt"))


@cache
def bystanders() -> frozenset[str]:
    """Given names of people, Korean loanwords and well-known models: brands may bear them, but they are no misspelt brands."""
    return frozenset((*listed("people.txt"), *listed("loans.txt"), *listed("models.txt")))


@cache
def materials() -> frozenset[str]:
    """Korean words for what goods are made of."""
    return frozenset(listed("materials.txt"))


def listed(file: str) -> list[str]:
    """The words of one list."""
    lines = (WORDS / file).read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]
