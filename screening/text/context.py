"""What stands around a name: how it is meant, and whether an ordinary word is a brand there."""

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

from .names import english_words, korean_words

RULES = tomllib.loads((Path(__file__).parent / "context.toml").read_text(encoding="utf-8"))
NOMINATIVE_AFTER = re.compile(RULES["nominative_after"], re.IGNORECASE)
NOMINATIVE_BEFORE = re.compile(RULES["nominative_before"], re.IGNORECASE)
PASSING_AFTER = re.compile(RULES["passing_off_after"], re.IGNORECASE)
PASSING_BEFORE = re.compile(RULES["passing_off_before"], re.IGNORECASE)
JOINED_AFTER = re.compile(RULES["joined_after"].replace("\n", ""))
JOINED_BEFORE = re.compile(RULES["joined_before"])
TAGS = re.compile(
    r"^(?:\s*(?:\[[^\]]*\]|\([^)]*\)|【[^】]*】|new[-\s]|신상|새상품|미개봉|정품|남성|여성|남녀공용|유니섹스))+",
    re.IGNORECASE,
)
KOREAN = re.compile("[가-힣]")
MEASURE = re.compile(RULES["measure"], re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)\d\d")
GOODS: dict[str, list[str]] = RULES["goods"]
NEAR = 24  # characters either side that are read


def use_of(text: str, start: int, end: int) -> str:
    """Whether the name is used in trade, to name what the goods fit, or to say that they look alike."""
    after, before = text[end : end + NEAR], text[max(0, start - NEAR) : start]
    if PASSING_AFTER.match(after) or PASSING_BEFORE.search(before):
        return "passing_off"
    if NOMINATIVE_AFTER.match(after) or NOMINATIVE_BEFORE.search(before):
        return "nominative"
    return "trade"


@lru_cache(maxsize=20_000)
def goods_of(category: str) -> frozenset[str]:
    """The kinds of goods that a category names."""
    folded = category.casefold()
    return frozenset(kind for kind, words in GOODS.items() if any(word in folded for word in words))


def fits(category: str, brand_category: str) -> int:
    """1 when the brand makes that kind of goods (2 for electronics), -1 when it makes others, 0 when unknown."""
    here, there = goods_of(category), goods_of(brand_category.replace("|", " "))
    if not here or not there:
        return 0
    both = here & there
    return (2 if "electronics" in both else 1) if both else -1


def standing(text: str, start: int, end: int) -> int:
    """Points for the place of a word that may be a brand: 1 when it comes first, 2 when that is in brackets."""
    before = text[:start].strip()
    if before.strip("[(<{【*★☆♥#") and TAGS.sub("", before).strip("[(<{【*★☆♥# "):
        return 0
    return 2 if before[-1:] and before[-1:] in "[(<【" and text[end : end + 1] in "])>】/" else 1


def presented(text: str, start: int, end: int) -> int:
    """A point for a first word as makers' names are set: before a model's number, or in Latin capitals before Korean."""
    piece, rest = text[start:end], text[end : end + NEAR]
    if any(map(is_model, rest.split()[:2])):
        return 1
    return int(piece.isascii() and piece.isupper() and bool(KOREAN.search(rest)))


def is_model(word: str) -> bool:
    """Whether a word looks like the number of a model rather than a measure, a count or a year."""
    digits = sum(c.isdigit() for c in word)
    if digits < 2 or MEASURE.fullmatch(word) or YEAR.fullmatch(word):
        return False
    return digits >= 4 or any(c.isascii() and c.isalpha() for c in word)


def is_word(word: str) -> bool:
    """Whether a piece of text is an ordinary word by itself."""
    folded = word.casefold()
    return folded in english_words() or folded in korean_words() or singular(folded) in english_words()


def singular(word: str) -> str:
    """The word without a plural ending."""
    return word.removesuffix("s")


@cache
def longest_word() -> int:
    """Letters of the longest Korean word of the list."""
    return max(map(len, korean_words()))


def goes_on(rest: str) -> bool:
    """Whether what is joined to a Korean name of two syllables begins an ordinary word or an ending."""
    words = korean_words()
    return bool(JOINED_AFTER.match(rest)) or any(rest[:n] in words for n in range(2, longest_word() + 1))


def begins_longer_word(text: str, size: int) -> bool:
    """Whether an ordinary Korean word longer than `size` begins the text."""
    words = korean_words()
    return any(text[:n] in words for n in range(size + 1, longest_word() + 1))
