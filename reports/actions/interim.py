"""Stopping a listing while it is examined: proportionate, corroborated, and for as long as that holds."""

from collections.abc import Collection, Iterable
from datetime import datetime

from klean.core.actors import Actor
from listings.actions import end_quarantine, quarantine_listing
from listings.models import Listing
from reports.queries import corroborated

INTERIM_REASON = "reported and corroborated"
INTERIM = Actor("system", "interim-measures")


def hold_listings(listings: Iterable[Listing]) -> list[Listing]:
    """Reports on the same listing wait for each other, before whatever hangs on it is held."""
    given = list(listings)
    rows = Listing.objects.select_for_update(of=("self",), no_key=True).filter(
        pk__in=[one.pk for one in given]
    )
    list(rows.order_by("pk").values_list("pk"))
    return given


def stop_corroborated(listings: Collection[Listing], *, at: datetime) -> None:
    """Quarantine those of these listings against which enough independent voices speak."""
    speaking = corroborated(listings, at=at)
    for listing in listings:
        if listing.pk in speaking:
            quarantine_listing(listing, reason=INTERIM_REASON, at=at, actor=INTERIM)


def end_interim_stops(listings: Collection[Listing], *, at: datetime) -> None:
    """Voices have fallen silent: put back whatever nobody asks to keep off."""
    stopped = Listing.objects.filter(pk__in=[one.pk for one in listings], state=Listing.State.QUARANTINED)
    for listing in stopped.order_by("pk"):
        end_quarantine(listing, at=at, actor=INTERIM)
