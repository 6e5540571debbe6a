"""What the desk finds becomes what screening learns from, and what it looks for elsewhere."""

from datetime import datetime

from django.db import transaction

from klean.core.events.actors import Actor
from klean.core.operations.wake import wake
from listings.models import Listing, Screening, ScreeningLabel, Sweep

SWEEP_TASK = "listings.tasks.sweep_listings"


@transaction.atomic
def label_listing(listing: Listing, is_counterfeit: bool | None, *, at: datetime, actor: Actor) -> None:
    """Keep what was found of the listing, or with None forget it; a confirmed fake asks for a sweep."""
    if is_counterfeit is None:
        ScreeningLabel.objects.filter(listing=listing).delete()
    else:
        runs = Screening.objects.filter(listing=listing, revision=listing.revision, verdict__gt="")
        run = runs.order_by("-pk").first()
        ScreeningLabel.objects.update_or_create(
            listing=listing,
            defaults={
                "revision": listing.revision,
                "is_counterfeit": is_counterfeit,
                "signals": run.signals if run else [],
                "labelled_at": at,
            },
        )
    if is_counterfeit:
        _, is_new = Sweep.objects.get_or_create(listing=listing, defaults={"asked_at": at, "due_at": at})
        if is_new:
            wake(SWEEP_TASK)
    else:
        Sweep.objects.filter(listing=listing, answered_at=None).delete()
