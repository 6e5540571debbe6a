"""What a check says about a listing, and what it reads of one."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Signal:
    """One checkable claim; `kind` is one of the kinds of the verdict's contract and `value` its strength in 0..1."""

    kind: str
    value: float
    evidence: dict[str, Any]
    brand: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A listing as screening reads it; `price` is in KRW, `condition` is new, used, refurbished or empty."""

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
