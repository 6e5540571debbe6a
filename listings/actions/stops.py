"""Taking a listing down and putting it back. Each is idempotent: doing it again records nothing."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.rows.locks import lock_row
from listings.facts import ListingQuarantined, ListingReinstated, ListingReleased, ListingRemoved
from listings.models import Listing, Verdict

State = Listing.State
AsksToKeepOff = Callable[[Listing, datetime], bool]
_kept_off: list[AsksToKeepOff] = []


def keep_off_while(asks: AsksToKeepOff) -> None:
    """Somebody who may ask that a listing stays in quarantine; for an app's ``ready``."""
    _kept_off.append(asks)


@transaction.atomic
def remove_listing(listing: Listing, *, reason: str, at: datetime, actor: Actor) -> None:
    """Take the listing down; its pictures are known as removed ones from now on."""
    locked = lock_row(Listing, listing.pk)
    if locked.state != State.REMOVED:
        locked.step(State.REMOVED, state_reason=reason[:200], removed_at=at)
        record(ListingRemoved(reason=reason, **names_of(locked)), about=locked, at=at, actor=actor)
    _refresh(listing, locked)


@transaction.atomic
def reinstate_listing(listing: Listing, *, at: datetime, actor: Actor) -> None:
    """Put a removed listing back, or let one on that screening held or blocked; it stays so until it is edited."""
    locked = lock_row(Listing, listing.pk)
    was_removed = locked.state == State.REMOVED
    if locked.state != State.LIVE:
        locked.step(State.LIVE, state_reason="", removed_at=None, cleared_revision=locked.revision)
        fact = ListingReinstated if was_removed else ListingReleased
        record(fact(**names_of(locked)), about=locked, at=at, actor=actor)
    elif locked.cleared_revision != locked.revision:
        Listing.objects.filter(pk=locked.pk).update(cleared_revision=locked.revision, state_reason="")
    _refresh(listing, locked)


@transaction.atomic
def quarantine_listing(listing: Listing, *, reason: str, at: datetime, actor: Actor) -> None:
    """Take a listing that buyers can see off while a case is open; what is off already stays as it is."""
    locked = lock_row(Listing, listing.pk)
    if locked.state == State.LIVE:
        locked.step(State.QUARANTINED, state_reason=reason[:200])
        record(ListingQuarantined(reason=reason, **names_of(locked)), about=locked, at=at, actor=actor)
    _refresh(listing, locked)


@transaction.atomic
def end_quarantine(listing: Listing, *, at: datetime, actor: Actor) -> None:
    """Put the listing back once nobody asks any more that it stays off; its goods are not judged by that."""
    locked = lock_row(Listing, listing.pk)
    if locked.state == State.QUARANTINED and not any(asks(locked, at) for asks in _kept_off):
        if locked.verdict == Verdict.BLOCK:  # by what screening found meanwhile
            locked.step(State.BLOCKED, state_reason=Listing.Reason.FLAGGED)
        else:
            locked.step(State.LIVE, state_reason="")
            record(ListingReleased(**names_of(locked)), about=locked, at=at, actor=actor)
    _refresh(listing, locked)


@transaction.atomic
def release_listing(listing: Listing, *, at: datetime, actor: Actor) -> None:
    """End a quarantine or a hold in the listing's favour; a removed one stays removed."""
    locked = lock_row(Listing, listing.pk)
    if locked.state not in (State.LIVE, State.REMOVED):
        locked.step(State.LIVE, state_reason="", cleared_revision=locked.revision)
        record(ListingReleased(**names_of(locked)), about=locked, at=at, actor=actor)
    _refresh(listing, locked)


def names_of(listing: Listing) -> dict[str, Any]:
    """Who a fact about the listing is about."""
    return {
        "listing": listing.external_id,
        "listing_id": listing.pk,
        "seller": listing.seller.external_id,
        "seller_id": listing.seller_id,
    }


def _refresh(listing: Listing, locked: Listing) -> None:
    """Bring the caller's copy up to date."""
    listing.refresh_from_db(fields=["state", "state_reason", "removed_at"])
