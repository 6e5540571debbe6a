"""What is laid before the holder of a brand."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import N_, Fact


@dataclass(frozen=True, kw_only=True)
class WatchItemAdded(Fact):
    """A flagged listing was put on the watchlist of the brand's rights holder, to whom this event is addressed."""

    name: ClassVar[str] = "reports.watch_item.added"
    sentence: ClassVar[str] = N_("Listing %(listing)s added to the watchlist of %(brand)s")
    organisation_id: int
    watch_item_id: int
    brand: str
    listing: str
    listing_id: int
    score: float
