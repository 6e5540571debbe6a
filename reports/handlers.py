"""Flags of screening reach the watchlist; reports stop a listing and let it go."""

from collections.abc import Sequence

from klean.core.events.actors import Actor
from klean.core.events.models import Event
from klean.core.events.subscriptions import on
from listings.facts import ListingFlagged
from reports.actions.interim import settle_stops
from reports.actions.watchlist import FlaggedListing, watch_listings
from reports.facts.notices import NoticeAnswered, NoticeFiled, NoticeRefused, NoticeWithdrawn
from reports.queries.corroboration import listings_of_notice

WATCH = Actor("system", "watchlist")
INTERIM = Actor("system", "interim-measures")


@on(ListingFlagged, in_batches_of=200)
def listings_were_flagged(flagged: Sequence[tuple[ListingFlagged, Event]]) -> None:
    watch_listings(
        [FlaggedListing(fact.listing_id, fact.brand, fact.score) for fact, _event in flagged],
        at=max(event.at for _fact, event in flagged),
        actor=WATCH,
    )


@on(NoticeFiled, NoticeWithdrawn, NoticeRefused)
def open_reports_on_listings_changed(
    fact: NoticeFiled | NoticeWithdrawn | NoticeRefused, event: Event
) -> None:
    """After commit, so that of two who spoke at once the later one sees both."""
    settle_stops(listings_of_notice(fact.notice_id), at=event.at, actor=INTERIM)


@on(NoticeAnswered)
def a_report_was_answered(fact: NoticeAnswered, event: Event) -> None:
    settle_stops([fact.listing_id], at=event.at, actor=INTERIM)
