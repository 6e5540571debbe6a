"""Each task wakes, does what is due in batches, and goes back to sleep; the sweep wakes them all by the clock."""

from functools import partial

from celery import shared_task
from django.utils import timezone

from klean.core.operations.due_work import until_quiet
from listings.actions.copies import compare_listings
from listings.actions.embeddings import embed_pictures
from listings.actions.prices import recompute_prices
from listings.actions.references import describe_references
from listings.actions.rescreenings import rescreen_due_pieces
from listings.actions.screenings import SCREENING, hold_overdue_listings, screen_due_listings
from listings.actions.sweeps import search_due_sweeps
from sellers.actions.links import LINKS


@shared_task
def screen_listings() -> None:
    until_quiet(screen_due_listings)


@shared_task
def compare_new_listings() -> None:
    until_quiet(partial(compare_listings, actor=LINKS))


@shared_task
def hold_overdue() -> None:
    until_quiet(hold_overdue_listings)


@shared_task
def describe_new_references() -> None:
    until_quiet(describe_references)
    until_quiet(partial(embed_pictures, actor=SCREENING))


@shared_task
def sweep_listings() -> None:
    until_quiet(search_due_sweeps)


@shared_task
def rescreen_catalogue() -> None:
    until_quiet(rescreen_due_pieces)


@shared_task
def keep_prices() -> None:
    recompute_prices(at=timezone.now(), actor=SCREENING)
