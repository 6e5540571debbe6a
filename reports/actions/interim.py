"""Stopping a listing while it is examined: proportionate, corroborated, and for as long as that holds."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from klean.core.events.actors import Actor
from listings.actions.stops import end_quarantine, quarantine_listing
from listings.models import Listing
from reports.queries.corroboration import corroborated

INTERIM_REASON = "reported and corroborated"
State = Listing.State


@transaction.atomic
def settle_stops(listing_ids: Collection[int], *, at: datetime, actor: Actor) -> None:
    """Have each listing off or on as the open reports on it ask for now; asked again it changes nothing."""
    rows = Listing.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=listing_ids)
    listings = [one for one in rows.order_by("pk") if one.state in (State.LIVE, State.QUARANTINED)]
    speaking = corroborated(listings, at=at) if listings else set()
    for listing in listings:
        if listing.pk in speaking:
            quarantine_listing(listing, reason=INTERIM_REASON, at=at, actor=actor)
        elif listing.state == State.QUARANTINED:
            end_quarantine(listing, at=at, actor=actor)
