"""What a register says of a right."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol


class Silent(Exception):
    """The register did not answer, or not in a way that can be understood: nothing is known."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """``status`` is LIVE, PENDING or LAPSED; ``as_of`` is the day of the entry."""

    number: str
    owner: str
    title: str
    status: str
    nice_classes: tuple[int, ...] = ()
    registered_on: date | None = None
    expires_on: date | None = None
    as_of: date


class Register(Protocol):
    def entry_of(self, kind: str, number: str, *, on: date) -> Entry | None:
        """The entry of that number, None when the register says that it has none; raises ``Silent``."""
