"""The queue of screenings: filled by new, changed and doubted listings, worked off in batches, each run stored once."""

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from klean.core.operations.due_work import put_off, take_due
from klean.core.operations.wake import wake
from klean.core.policy.queries import policy_at
from listings.actions.outcomes import Run, store_failures, store_lateness, store_runs
from listings.actions.pictures import Pictures, keep_thumbnails
from listings.actions.upserts import SCREEN_TASK
from listings.judging.judge import judge
from listings.judging.screener import screener_at
from listings.models import Listing, Screening
from screening.checks.image_match.settings import PictureSettings
from screening.policy import ScreeningSection
from screening.screener import Screener

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
# What one batch may take before the rest of it goes back to the queue, well within the lease.
BATCH_TIMEOUT = timedelta(minutes=5)
PICTURES_AT_ONCE = 100  # pictures of one batch; more would hold too much memory
MAX_ATTEMPTS_IN_BATCH = 2  # a run that failed so often is tried alone
MAX_ATTEMPTS = 5  # then its listing waits for a person
AGAIN = """
WITH held AS (
    SELECT id, revision FROM listings_listing
    WHERE id = ANY(%(ids)s) AND state NOT IN ('QUARANTINED', 'REMOVED')
    ORDER BY external_id COLLATE "C" FOR UPDATE
), queued AS (
    INSERT INTO listings_screening (
        listing_id, revision, state, keeps_pictures, verdict, signals, policy_version, model_version, queued_at,
        due_at, attempts, last_error
    )
    SELECT id, revision, 'QUEUED', %(keeps)s, '', '[]', '', '', %(at)s, %(at)s, 0, '' FROM held
    ON CONFLICT (listing_id) WHERE state = 'QUEUED' DO UPDATE
        SET keeps_pictures = listings_screening.keeps_pictures OR excluded.keeps_pictures
    RETURNING id, listing_id
)
UPDATE listings_listing SET current_screening_id = queued.id FROM queued WHERE listings_listing.id = queued.listing_id
"""


@transaction.atomic
def rescreen_listings(listing_ids: Sequence[int], *, at: datetime, keeps_pictures: bool = False) -> int:
    """Queue the listings again as they are; one that waits already waits once, a stopped one is left alone."""
    with connection.cursor() as cursor:
        cursor.execute(AGAIN, {"ids": list(listing_ids), "keeps": keeps_pictures, "at": at})
        queued = int(cursor.rowcount)
    if queued:
        wake(SCREEN_TASK)
    return queued


def screen_due_listings(*, at: datetime, limit: int = 500) -> int:
    """Judge up to ``limit`` due listings and store what was found; answers how many were taken."""
    screener = screener_at(at)
    taken = take_due(Screening, at=at, lease=LEASE, limit=limit)
    rows = Listing.objects.prefetch_related("seller").in_bulk({run.listing_id for run in taken})
    runs = [Run(screening, rows[screening.listing_id]) for screening in taken]
    limits = screener.policy.table(PictureSettings)
    pictures = Pictures.of([run.listing for run in runs], limits, at=at)
    started = timezone.now()
    for batch in _batches(runs, pictures):
        if timezone.now() - started < BATCH_TIMEOUT:
            _screen(batch, pictures, screener, at=at)
        else:
            _give_back(batch, at=at)
    return len(taken)


def hold_overdue_listings(*, at: datetime) -> int:
    """Hold live listings whose edit nobody has judged in the time that the policy gives."""
    minutes = policy_at(at)[ScreeningSection].hold_after_minutes
    return store_lateness(before=at - timedelta(minutes=minutes), at=at)


def _batches(runs: Sequence[Run], pictures: Pictures) -> Iterator[list[Run]]:
    """Runs in batches; one that failed twice is tried alone, from either end in turn, so that one which kills its
    worker leaves no neighbour undone."""
    alone = [run for run in runs if run.screening.attempts > MAX_ATTEMPTS_IN_BATCH]
    for run in sorted(alone, key=lambda run: run.screening.pk * (-1) ** run.screening.attempts):
        yield [run]
    batch: list[Run] = []
    weight = 0
    for run in runs:
        if run.screening.attempts > MAX_ATTEMPTS_IN_BATCH:
            continue
        batch.append(run)
        weight += len(pictures.to_read(run))
        if weight >= PICTURES_AT_ONCE:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _screen(batch: list[Run], pictures: Pictures, screener: Screener, *, at: datetime) -> None:
    """A run that fails is tried again later; after its last attempt the listing is held."""
    try:
        is_last = {run.screening.pk: run.screening.attempts >= MAX_ATTEMPTS for run in batch}
        sound = pictures.read(batch, is_last=is_last)
        items = [run.as_item() for run in sound]
        for run, judged in zip(sound, judge(items, screener, at=at), strict=True):
            run.judged = judged
        keep_thumbnails(sound, at=at)
        store_runs(sound, screener.policy, at=at)
    except Exception as error:
        log.exception("a batch of %s screenings failed", len(batch))
        _put_off_or_fail([(run, repr(error)) for run in batch], at=at)
    else:
        _put_off_or_fail([(run, run.not_now) for run in batch if run.not_now], at=at)


def _put_off_or_fail(failed: Sequence[tuple[Run, str]], *, at: datetime) -> None:
    for run, error in failed:
        if run.screening.attempts < MAX_ATTEMPTS:
            put_off(run.screening, error, at=at)
    store_failures([(run, error) for run, error in failed if run.screening.attempts >= MAX_ATTEMPTS], at=at)


def _give_back(batch: Sequence[Run], *, at: datetime) -> None:
    Screening.objects.filter(pk__in=[run.screening.pk for run in batch], state=Screening.State.QUEUED).update(
        due_at=at
    )
