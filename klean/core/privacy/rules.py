"""How a person is recognised in a text."""

import re
from collections.abc import Iterable

MIN_LENGTH = 2


PHONE = re.compile(r"\+?[\d ().-]{8,}")


def pattern_of(text: str) -> str:
    """An expression, for Python and PostgreSQL alike, that finds this e-mail address, number, name or address.

    Spaces may be any, a number's digits may be grouped otherwise, and nothing is found inside a longer Latin word.
    """
    text = text.strip()
    if PHONE.fullmatch(text):
        return r"(?<!\d)" + r"[-. ()]*".join(re.sub(r"\D", "", text)) + r"(?!\d)"
    words = r"\s+".join(re.sub(r"([^\w\s])", r"\\\1", word) for word in text.split())
    before = r"(?<![A-Za-z0-9_.+-])" if text[:1].isascii() else ""
    return before + words + (r"(?![A-Za-z0-9_])" if text[-1:].isascii() else "")


def patterns_of(texts: Iterable[str]) -> str:
    """One expression for all of them; ``""`` when none is long enough to mean somebody."""
    known = dict.fromkeys(text.strip() for text in texts if len(text.strip()) >= MIN_LENGTH)
    return "|".join(pattern_of(text) for text in known)


def is_contact(text: str) -> bool:
    """Whether it reaches one person: an e-mail address or a number, which no namesake shares."""
    return "@" in text or bool(PHONE.fullmatch(text.strip()))
