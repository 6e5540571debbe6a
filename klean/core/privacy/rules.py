"""How a person is recognised in a text."""

import re
from collections.abc import Iterable

MIN_LENGTH = 2


PHONE = re.compile(r"\+?[\d ().-]{8,}")
# In a column of JSON, which is searched as it is written, a line break is a backslash and a letter.
SPACE = r"(?:\s|\\[nrt])+"
NO_WORD_BEFORE = r"(?:(?<![A-Za-z0-9_.+-])|(?<=\\[nrt]))"
WRITTEN_IN_JSON = {'"': r"\\?\"", "\\": r"\\{1,2}"}


def pattern_of(text: str) -> str:
    """An expression, for Python and PostgreSQL alike, that finds this e-mail address, number, name or address.

    Spaces may be any, a number's digits may be grouped otherwise, and nothing is found inside a longer Latin word.
    It finds them in the text of JSON as well.
    """
    text = text.strip()
    if PHONE.fullmatch(text):
        return r"(?<!\d)" + r"[-. ()]*".join(re.sub(r"\D", "", text)) + r"(?!\d)"
    words = SPACE.join(re.sub(r"[^\w\s]", _escaped, word) for word in text.split())
    before = NO_WORD_BEFORE if text[:1].isascii() else ""
    return before + words + (r"(?![A-Za-z0-9_])" if text[-1:].isascii() else "")


def _escaped(sign: re.Match[str]) -> str:
    return WRITTEN_IN_JSON.get(sign[0], f"\\{sign[0]}")


def patterns_of(texts: Iterable[str]) -> str:
    """One expression for all of them; ``""`` when none is long enough to mean somebody."""
    known = dict.fromkeys(text.strip() for text in texts if len(text.strip()) >= MIN_LENGTH)
    return "|".join(pattern_of(text) for text in known)


def is_contact(text: str) -> bool:
    """Whether it reaches one person: an e-mail address or a number, which no namesake shares."""
    return "@" in text or bool(PHONE.fullmatch(text.strip()))
