"""Something new is compared with the whole catalogue, a bounded piece at a time, from where the last piece ended."""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Max

from klean.core.events.actors import Actor
from klean.core.events.models import Event
from klean.core.operations.due_work import work_off
from klean.core.operations.wake import wake
from klean.core.rows.locks import lock_row
from listings.actions.screenings import SCREENING, rescreen_listings
from listings.judging.affected import affected_listings, awaits_description
from listings.models import Listing, Rescreening, Screening

RESCREEN_TASK = "listings.tasks.rescreen_catalogue"
TIMEOUT = timedelta(minutes=2)  # one piece
PIECE_SIZE = 2000
MAX_WAITING = 5000  # screenings that wait; new listings must not wait behind old ones
RETRY_AFTER = timedelta(seconds=30)


@transaction.atomic
def ask_for_rescreening(cause: Rescreening.Cause, event: Event, *, at: datetime, actor: Actor) -> None:
    """Ask for the catalogue to be compared with what the event is about; joins a request that waits for the same cause."""
    waiting = Rescreening(cause=cause, first=event, asked_at=event.at, due_at=at)
    Rescreening.objects.bulk_create([waiting], ignore_conflicts=True)
    wake(RESCREEN_TASK)


def rescreen_due_pieces(*, at: datetime) -> int:
    """Do one piece of each rescreening that is due; answers how many were taken."""
    return work_off(Rescreening, partial(_do_piece, at=at), at=at, batch=5, timeout=TIMEOUT)


@transaction.atomic
def _do_piece(due: Rescreening, *, at: datetime) -> None:
    again = lock_row(Rescreening, due.pk)
    if again.last_id is None:
        again.last_id = Event.objects.aggregate(newest=Max("pk"))["newest"]
        again.until = Listing.objects.aggregate(newest=Max("pk"))["newest"] or 0
    if awaits_description(again) or _is_full():
        again.due_at = at + RETRY_AFTER
        again.save()
        return
    rows = Listing.objects.filter(pk__gt=again.after, pk__lte=again.until).order_by("pk")
    piece = list(rows.select_related("seller", "current_screening")[:PIECE_SIZE])
    open_ones = [listing for listing in piece if not listing.is_stopped]
    affected = affected_listings(again, open_ones) if open_ones else []
    again.queued += rescreen_listings(affected, at=at, actor=SCREENING) if affected else 0
    again.compared += len(piece)
    again.after = piece[-1].pk if piece else again.after
    is_over = len(piece) < PIECE_SIZE
    again.due_at, again.finished_at = (None, at) if is_over else (at, None)
    again.save()


def _is_full() -> bool:
    waiting = Screening.objects.filter(due_at__isnull=False).values("pk")[:MAX_WAITING]
    return len(waiting) == MAX_WAITING
