"""A listing as checks read it, and the signals that they find."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Signal:
    """One checkable claim; ``kind`` is the name of a kind that a check finds and ``value`` its strength in 0..1."""

    kind: str
    value: float
    evidence: Mapping[str, Any]
    brand: str = ""

    def as_json(self) -> dict[str, Any]:
        """A signal as outsiders read it."""
        return {"kind": self.kind, "brand": self.brand, "value": self.value, "evidence": dict(self.evidence)}


@dataclass(frozen=True, slots=True)
class UnreadablePicture:
    """A picture that nobody could look at; ``position`` counts from 0, ``fault`` says what is wrong with it."""

    position: int
    address: str
    fault: str


@dataclass(frozen=True, slots=True)
class Item:
    """A listing as screening reads it; ``price`` is in KRW, ``condition`` is new, used, refurbished or empty."""

    id: str
    title: str
    description: str = ""
    brand: str = ""
    category: str = ""
    condition: str = ""
    price: int | None = None
    market: str = ""
    seller: str = ""
    pictures: tuple[Any, ...] = ()
    unreadable: tuple[UnreadablePicture, ...] = ()
