"""What live sanctions make of a seller's standing."""

from collections.abc import Iterable

STANDING_UNDER = {
    "WARNING": "WARNED",
    "RESTRICTION": "RESTRICTED",
    "SUSPENSION": "SUSPENDED",
    "CLOSURE": "CLOSED",
}
STANDINGS = ("ACTIVE", *STANDING_UNDER.values())


def standing_under(rungs: Iterable[str]) -> str:
    """The gravest standing that any of these live rungs asks for."""
    return max((STANDING_UNDER[rung] for rung in rungs), key=STANDINGS.index, default="ACTIVE")
