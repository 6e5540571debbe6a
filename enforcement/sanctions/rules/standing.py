"""What live sanctions make of a seller's standing."""

from collections.abc import Iterable

STANDING_UNDER = {
    "WARNING": "WARNED",
    "RESTRICTION": "RESTRICTED",
    "SUSPENSION": "SUSPENDED",
    "CLOSURE": "CLOSED",
}
STANDINGS = ("ACTIVE", *STANDING_UNDER.values())


def standing_under(rungs: Iterable[str], also: Iterable[str] = ()) -> str:
    """The gravest standing that any of these live rungs, or anything else that lives, asks for."""
    asked = [*(STANDING_UNDER[rung] for rung in rungs), *also]
    return max(asked, key=STANDINGS.index, default="ACTIVE")
