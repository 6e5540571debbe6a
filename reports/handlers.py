"""What this app hears: screening's flags, for the holder of the brand."""

from klean.core.actors import Actor
from klean.core.events import on
from klean.core.models import Event
from listings.facts import ListingFlagged
from reports.actions import watch_listing

WATCH = Actor("system", "watchlist")


@on(ListingFlagged)
def a_listing_was_flagged(event: Event) -> None:
    watch_listing(
        event.data["listing_id"], event.data["brand"], score=event.data["score"], summary=event.data["summary"],
        at=event.at, actor=WATCH,
    )  # fmt: skip
