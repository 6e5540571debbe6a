"""The queue of screenings: filled by new, changed and doubted listings, worked off in batches, each run stored once."""

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from django.db import connection, transaction
from django.utils import timezone

from klean.core.events.actors import Actor
from klean.core.operations.due_work import Faults, NotBegun, work_off_together
from klean.core.operations.stopping import is_stopping
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


class PictureUnavailable(Exception):
    """A picture of the listing could not be fetched this time."""


SCREENING = Actor("system", "screening")
TIMEOUT = timedelta(minutes=10)
# What one batch may take before the rest of it goes back to the queue, well within the lease.
BATCH_TIMEOUT = timedelta(minutes=5)
PICTURES_AT_ONCE = 100  # pictures of one batch; more would hold too much memory
MAX_ATTEMPTS = 5  # then its listing waits for a person
NO_ANSWER = "no worker came back from this listing"
AGAIN = """
WITH held AS (
    SELECT id, revision FROM listings_listing
    WHERE id = ANY(%(ids)s) AND state NOT IN ('QUARANTINED', 'REMOVED')
    ORDER BY external_id COLLATE "C" FOR UPDATE
), queued AS (
    INSERT INTO listings_screening (
        listing_id, revision, keeps_pictures, verdict, signals, policy_version, model_version, queued_at, due_at
    )
    SELECT id, revision, %(keeps)s, '', '[]', '', '', %(at)s, %(at)s FROM held
    ON CONFLICT (listing_id) WHERE state = 'QUEUED' DO UPDATE
        SET keeps_pictures = listings_screening.keeps_pictures OR excluded.keeps_pictures
    RETURNING id, listing_id
)
UPDATE listings_listing SET current_screening_id = queued.id FROM queued WHERE listings_listing.id = queued.listing_id
"""


@transaction.atomic
def rescreen_listings(
    listing_ids: Sequence[int], *, keeps_pictures: bool = False, at: datetime, actor: Actor
) -> int:
    """Queue the listings again as they are; one that waits already waits once, a stopped one is left alone."""
    with connection.cursor() as cursor:
        cursor.execute(AGAIN, {"ids": list(listing_ids), "keeps": keeps_pictures, "at": at})
        queued = int(cursor.rowcount)
    if queued:
        wake(SCREEN_TASK)
    return queued


def screen_due_listings(*, at: datetime, limit: int = 500) -> int:
    """Judge up to ``limit`` due listings and store what was found; answers how many were taken."""
    work = partial(_screen_all, screener_at(at), at=at)
    return work_off_together(Screening, work, at=at, batch=limit, timeout=TIMEOUT)


def _screen_all(screener: Screener, taken: Sequence[Screening], *, at: datetime) -> Faults:
    rows = Listing.objects.prefetch_related("seller").in_bulk({run.listing_id for run in taken})
    begun = [Run(screening, rows[screening.listing_id]) for screening in taken]
    if lost := [(run, NO_ANSWER) for run in begun if run.screening.attempts > MAX_ATTEMPTS]:
        store_failures(lost, at=at, actor=SCREENING)
    runs = [run for run in begun if run.screening.attempts <= MAX_ATTEMPTS]
    limits = screener.policy.table(PictureSettings)
    pictures = Pictures.of([run.listing for run in runs], limits, at=at)
    started = timezone.now()
    faults: dict[int, Exception] = {}
    for batch in _batches(runs, pictures):
        if is_stopping() or timezone.now() - started > BATCH_TIMEOUT:
            faults |= {run.screening.pk: NotBegun() for run in batch}
        else:
            faults |= _screen(batch, pictures, screener, at=at)
    return faults


def hold_overdue_listings(*, at: datetime) -> int:
    """Hold live listings whose edit nobody has judged in the time that the policy gives."""
    minutes = policy_at(at)[ScreeningSection].hold_after_minutes
    return store_lateness(before=at - timedelta(minutes=minutes), at=at, actor=SCREENING)


def _batches(runs: Sequence[Run], pictures: Pictures) -> Iterator[list[Run]]:
    batch: list[Run] = []
    weight = 0
    for run in runs:
        batch.append(run)
        weight += len(pictures.to_read(run))
        if weight >= PICTURES_AT_ONCE:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _screen(batch: list[Run], pictures: Pictures, screener: Screener, *, at: datetime) -> Faults:
    """A run that fails is tried again later; after its last attempt the listing is held."""
    try:
        is_last = {run.screening.pk: run.screening.attempts >= MAX_ATTEMPTS for run in batch}
        sound = pictures.read(batch, is_last=is_last)
        items = [run.as_item() for run in sound]
        for run, judged in zip(sound, judge(items, screener, at=at), strict=True):
            run.judged = judged
        keep_thumbnails(sound, at=at)
        store_runs(sound, screener.policy, at=at, actor=SCREENING)
    except Exception as error:
        log.exception("a batch of %s screenings failed", len(batch))
        return _retry_or_hold([(run, error) for run in batch], at=at)
    return _retry_or_hold([(run, PictureUnavailable(run.not_now)) for run in batch if run.not_now], at=at)


def _retry_or_hold(failed: Sequence[tuple[Run, Exception]], *, at: datetime) -> Faults:
    if last := [(run, repr(error)) for run, error in failed if run.screening.attempts >= MAX_ATTEMPTS]:
        store_failures(last, at=at, actor=SCREENING)
    return {run.screening.pk: error for run, error in failed if run.screening.attempts < MAX_ATTEMPTS}
