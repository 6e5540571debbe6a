"""The project's own policy file: read as it is, or with some of its words changed."""

from functools import cache
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from pydantic import BaseModel

from klean.core.policy.faults import PolicyFault
from klean.core.policy.texts import checked_policy, checked_section

S = TypeVar("S", bound=BaseModel)
FILE = Path(settings.BASE_DIR) / "policy" / "2026-01.toml"


@cache
def section(model: type[S]) -> S:
    """A section of the file, without a database."""
    return checked_section(model, FILE.read_text())


def policy_text(*changes: tuple[str, str]) -> str:
    """The file with the first occurrence of each text replaced."""
    text = FILE.read_text()
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    return text


def line_with(part: str, text: str) -> int:
    """The number of the first line that holds this."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


def faults(text: str) -> list[str]:
    """What is wrong with a text, one fault an entry; none for one that could be published."""
    try:
        checked_policy("draft", text.encode())
    except PolicyFault as fault:
        return str(fault).splitlines()[1:]
    return []
