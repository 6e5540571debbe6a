"""What is asked of the tax office, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol


class Silent(Exception):
    """The tax office did not answer, or not in a way that can be understood: nothing is known."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What is asked: the opening day as eight digits and the representative's name go together, or both are empty."""

    number: str
    opened_on: str = ""
    representative: str = ""


@dataclass(frozen=True, slots=True)
class BusinessReply:
    """``status`` and ``authenticity`` as the trader entity words them; an authenticity not asked for is UNKNOWN."""

    status: str
    authenticity: str = "UNKNOWN"


class TaxOffice(Protocol):
    def ask(self, identities: Sequence[Identity], *, on: date) -> dict[str, BusinessReply]:
        """An answer by number, at most a hundred at once; what it says nothing about is left out. Raises ``Silent``."""
