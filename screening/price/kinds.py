"""Kinds of goods, as categories and titles name them."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

KINDS: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("kinds.toml").read_text(encoding="utf-8")
)
KIND_OF = {word: kind for kind, words in KINDS.items() for word in words}
WORD = re.compile(r"[a-z]+|[가-힣]+|\d+")
LONGEST = 6  # syllables of a noun that ends a longer word


@lru_cache(maxsize=20_000)
def kind_of(text: str) -> str:
    """The kind that the last word of a category or title that names one stands for; empty when none does."""
    nouns = filter(None, map(noun_of, reversed(WORD.findall(text.casefold()))))
    return KIND_OF.get(next(nouns, ""), "")


@lru_cache(maxsize=50_000)
def noun_of(word: str) -> str:
    """The name of goods that a word is or, in Korean, ends with; empty when it is none."""
    if word.isascii():
        return word if word in KIND_OF else ""
    ends = (word[start:] for start in range(max(0, len(word) - LONGEST), len(word)))
    return next((end for end in ends if end in KIND_OF), "")


def words_of(text: str) -> list[str]:
    """The words of a title or category, each once, those of a single letter or digit left out, and the goods that they end with."""
    words = [word for word in WORD.findall(text.casefold()) if len(word) > 1 or not word.isascii()]
    return list(dict.fromkeys([*words, *filter(None, map(noun_of, words))]))
