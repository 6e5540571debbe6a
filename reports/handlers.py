"""What this app hears: screening's flags, for the holder of the brand, and who speaks against a listing or no more."""

from klean.core.events.actors import Actor
from klean.core.events.models import Event
from klean.core.events.outbox import on
from listings.facts import ListingFlagged
from reports.actions.interim import settle_stops
from reports.actions.watchlist import watch_listing
from reports.facts.notices import NoticeAnswered, NoticeFiled, NoticeRefused, NoticeWithdrawn
from reports.queries.voices import listings_of_notice

WATCH = Actor("system", "watchlist")
INTERIM = Actor("system", "interim-measures")


@on(ListingFlagged)
def a_listing_was_flagged(event: Event) -> None:
    watch_listing(
        event.data["listing_id"],
        event.data["brand"],
        score=event.data["score"],
        summary=event.data["summary"],
        at=event.at,
        actor=WATCH,
    )


@on(NoticeFiled, NoticeWithdrawn, NoticeRefused)
def open_reports_on_listings_changed(event: Event) -> None:
    """After commit, so that of two who spoke at once the later one sees both."""
    settle_stops(listings_of_notice(event.data["notice_id"]), at=event.at, actor=INTERIM)


@on(NoticeAnswered)
def a_report_was_answered(event: Event) -> None:
    settle_stops([event.data["listing_id"]], at=event.at, actor=INTERIM)
