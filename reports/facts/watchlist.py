"""What is laid before the holder of a brand."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ListingWatched(Fact):
    """A flagged listing came to the watchlist of its brand's holder, to whom alone this is addressed."""

    name: ClassVar[str] = "reports.listing.watched"
    organisation_id: int
    watch_item_id: int
    brand: str
    listing: str
    listing_id: int
    score: float
