"""Listings that are judged together, as checks read them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from pydantic import BaseModel

from screening.known import Known, KnownSeller
from screening.settings import table_in
from screening.signal import Item, Signal

S = TypeVar("S", bound=BaseModel)
Signals = list[list[Signal]]  # one list a listing


@dataclass(frozen=True, slots=True)
class Batch:
    """The listings, what is known at that time, sellers by their marketplace's ids, and what earlier checks found.

    ``score`` gives each listing's probability of a violation by what was found so far.
    """

    items: Sequence[Item]
    known: Known
    sellers: Mapping[str, KnownSeller]
    tables: Mapping[type[BaseModel], BaseModel]
    prior_signals: Signals
    score: Callable[[Signals], list[float]]
    at: datetime

    def settings(self, table: type[S]) -> S:
        """The policy's table of this shape."""
        return table_in(self.tables, table)
