"""Listings similar to a confirmed fake are proposed; a person chooses which go to the desk."""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from klean.core.events.actors import Actor
from klean.core.events.record import record, record_all
from klean.core.operations.due_work import work_off
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused
from listings.actions.stops import names_of
from listings.facts import ListingFlagged, SweepReviewed
from listings.models import Listing, Proposal, Sweep
from listings.queries.similar import similar_listings

TIMEOUT = timedelta(minutes=2)  # a search of the whole catalogue


def search_due_sweeps(*, at: datetime, limit: int = 5) -> int:
    """Propose what is like the fakes that were confirmed; answers how many were searched for."""
    return work_off(Sweep, partial(_search, at=at), at=at, batch=limit, timeout=TIMEOUT)


@transaction.atomic
def _search(sweep: Sweep, *, at: datetime) -> None:
    found = similar_listings(sweep.listing, at=at)
    if not Sweep.objects.filter(pk=sweep.pk).update(
        searched_at=at, due_at=None, last_error="", answered_at=None if found else at
    ):
        return  # the decision fell while it was searched
    Proposal.objects.bulk_create(
        (
            Proposal(sweep=sweep, listing_id=one.listing_id, why=one.why, nearness=round(one.nearness, 4))
            for one in found
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def answer_sweep(sweep: Sweep, confirmed: Collection[int], *, at: datetime, actor: Actor) -> int:
    """Flag the proposals with these pks for the desk and dismiss the others; answers how many were flagged."""
    locked = lock_row(Sweep, sweep.pk)
    if locked.searched_at is None or locked.answered_at is not None:
        raise Refused(_("Somebody has answered this sweep already."), code="answered")
    proposals = list(locked.proposals.select_related("listing__seller"))
    if unknown := set(confirmed) - {one.pk for one in proposals}:
        raise Refused(
            _("These are no proposals of this sweep: %s") % sorted(unknown), code="unknown_proposals"
        )
    for one in proposals:
        one.is_confirmed = one.pk in confirmed
    Proposal.objects.bulk_update(proposals, ["is_confirmed"])
    Sweep.objects.filter(pk=locked.pk).update(answered_at=at, answered_by=str(actor))
    flagged = [one for one in proposals if one.is_confirmed and not one.listing.is_stopped]
    record_all([(_flag(one), one.listing) for one in flagged], at=at, actor=actor)
    answered = SweepReviewed(
        sweep_id=locked.pk, listing_id=locked.listing_id, proposed=len(proposals), flagged=len(flagged)
    )
    record(answered, about=locked.listing, at=at, actor=actor)
    return len(flagged)


def _flag(one: Proposal) -> ListingFlagged:
    listing: Listing = one.listing
    return ListingFlagged(
        verdict="review",
        score=max(listing.score or 0.0, one.nearness),
        state=listing.state,
        signal_kinds=["sweep"],
        brand=listing.trades_on,
        screening_id=listing.current_screening_id or 0,
        **names_of(listing),
    )
