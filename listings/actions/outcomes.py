"""What runs found is stored: only for the revision they read, only once, with the listing's state and the facts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Collate

from klean.core.events.actors import Actor
from klean.core.events.facts import Fact
from klean.core.events.record import record_all
from listings.actions.metrics import record_metrics
from listings.actions.stops import names_of
from listings.facts import ListingCleared, ListingFlagged, ListingHeldForReview
from listings.judging.items import item_of
from listings.models import Listing, ListingPicture, Screening
from listings.rules.outcomes import Outcome, may_sell, outcome_of
from screening.images.pdq import Hashed
from screening.judgement import Judgement
from screening.policy import Policy
from screening.signal import Item, UnreadablePicture

State = Listing.State
SUMMARY_SIGNALS = 3  # of the strongest signals that a fact names

SEEN = """
UPDATE listings_listingpicture AS p SET
    sha256 = new.sha256, hash = new.hash, quality = new.quality, width = new.width, height = new.height,
    fault = new.fault, file_id = coalesce(new.file, p.file_id), read_at = %s
FROM unnest(%s::bigint[], %s::bytea[], %s::bytea[], %s::int[], %s::int[], %s::int[], %s::text[], %s::bigint[])
    AS new (id, sha256, hash, quality, width, height, fault, file)
WHERE p.id = new.id
"""


@dataclass(slots=True)
class Seen:
    """A picture as a run found it: hashed, or with the fault that a person must look at."""

    picture: ListingPicture
    hashed: Hashed | None = None
    fault: str = ""
    sha256: bytes = b""
    file_id: int | None = None
    is_new: bool = False


@dataclass(slots=True)
class Run:
    """A leased screening with the listing as it was read, and what came of it."""

    screening: Screening
    listing: Listing
    seen: list[Seen] = field(default_factory=list)
    judged: Judgement | None = None
    not_now: str = ""

    @property
    def is_unreadable(self) -> bool:
        return any(seen.fault for seen in self.seen)

    def as_item(self) -> Item:
        """The listing with what was seen of its pictures."""
        return item_of(
            self.listing,
            [seen.hashed for seen in self.seen if seen.hashed],
            [
                UnreadablePicture(seen.picture.position, seen.picture.address, seen.fault)
                for seen in self.seen
                if seen.fault
            ],
        )


@transaction.atomic
def store_runs(runs: Sequence[Run], policy: Policy, *, at: datetime, actor: Actor) -> None:
    """A run whose listing was edited since, or that somebody else finished, changes nothing."""
    screening = policy.screening
    mine = _finish([(run, run.judged, "") for run in runs], at=at)
    moves, facts = [], []
    for run, listing in mine:
        judged = run.judged
        if judged is None:
            continue
        cleared = listing.cleared_revision == listing.revision
        outcome = outcome_of(
            listing.state,
            judged.verdict,
            unreadable=run.is_unreadable,
            cleared=cleared,
            holds_new=screening.review_holds_new,
            may_sell=may_sell(judged.rules, screening.rules),
        ) or Outcome(listing.state, listing.state_reason)
        moves.append(
            {
                "pk": listing.pk,
                "state": outcome.state,
                "state_reason": outcome.reason,
                "verdict": judged.verdict,
                "score": judged.score,
                "trades_on": judged.trades_on,
                "is_underpriced": judged.is_underpriced,
                "judged_revision": listing.revision,
            }
        )
        facts += [] if cleared or listing.is_stopped else _facts(run, judged, listing, outcome)
    Listing.bulk_step_each(moves, may_stay=True)
    _note_pictures([seen for run, _ in mine for seen in run.seen if seen.is_new], at=at)
    record_all(facts, at=at, actor=actor)
    record_metrics([(run.screening.pk, run.judged) for run, _ in mine if run.judged], at=at, actor=actor)


@transaction.atomic
def store_failures(failed: Sequence[tuple[Run, str]], *, at: datetime, actor: Actor) -> None:
    """The runs failed for good: their listings wait for a person."""
    mine = _finish([(run, None, error) for run, error in failed], at=at)
    _hold_listings([listing for _, listing in mine], Listing.Reason.FAILED, at=at, actor=actor)


@transaction.atomic
def store_lateness(*, before: datetime, at: datetime, actor: Actor) -> int:
    """Hold what is live in a revision that waited for its verdict since ``before``."""
    late = Listing.objects.select_for_update(of=("self",), skip_locked=True).filter(
        state=State.LIVE, changed_at__lt=before
    )
    late = late.exclude(judged_revision=F("revision")).exclude(cleared_revision=F("revision"))
    overdue = list(late.select_related("seller").order_by("changed_at")[:1000])
    _hold_listings(overdue, Listing.Reason.OVERDUE, at=at, actor=actor)
    return len(overdue)


def _finish(ended: Sequence[tuple[Run, Judgement | None, str]], *, at: datetime) -> list[tuple[Run, Listing]]:
    """Hold the listings in the order in which everybody holds them, and finish the runs that still count."""
    locked = Listing.objects.select_for_update()
    rows = locked.filter(pk__in=[run.listing.pk for run, *_ in ended]).order_by(
        Collate(F("external_id"), "C")
    )
    now = {listing.pk: listing for listing in rows}
    current = [end for end in ended if now[end[0].listing.pk].current_screening_id == end[0].screening.pk]
    stale = [
        run.screening.pk for run, *_ in ended if now[run.listing.pk].current_screening_id != run.screening.pk
    ]
    if stale:
        Screening.bulk_step(Screening.objects.filter(pk__in=stale), Screening.State.SUPERSEDED, due_at=None)
    ended_rows = [_finished(*end) for end in current]
    done = Screening.bulk_step_each(ended_rows, finished_at=at, due_at=None)
    kept = [(run, now[run.listing.pk]) for run, *_ in current if run.screening.pk in done]
    for run, listing in kept:
        if listing.seller_id == run.listing.seller_id:
            listing.seller = run.listing.seller
    return kept


def _finished(run: Run, judged: Judgement | None, error: str) -> dict[str, Any]:
    state = Screening.State.CLEAR if judged and judged.verdict == "clear" else Screening.State.FLAGGED
    return {
        "pk": run.screening.pk,
        "state": state if judged else Screening.State.FAILED,
        "verdict": judged.verdict if judged else "",
        "score": judged.score if judged else None,
        "signals": [signal.as_json() for signal in judged.signals] if judged else [],
        "policy_version": judged.policy_version if judged else "",
        "model_version": judged.model_version if judged else "",
        "last_error": error[:2000],
    }


def _facts(run: Run, judged: Judgement, listing: Listing, outcome: Outcome) -> list[tuple[Fact, Listing]]:
    about = {**names_of(listing), "screening_id": run.screening.pk}
    is_news = listing.judged_revision != listing.revision or listing.verdict != judged.verdict
    was_doubted = listing.verdict not in ("", "clear") or listing.state in (State.HELD, State.BLOCKED)
    if outcome.reason == Listing.Reason.PICTURE and listing.state_reason != outcome.reason:
        return [(ListingHeldForReview(reason=outcome.reason, **about), listing)]
    if judged.verdict == "clear":
        return [(ListingCleared(**about), listing)] if was_doubted and outcome.state == State.LIVE else []
    if not is_news:
        return []
    strongest = sorted(judged.signals, key=lambda signal: -signal.value)[:SUMMARY_SIGNALS]
    flagged = ListingFlagged(
        verdict=judged.verdict,
        score=judged.score,
        state=outcome.state,
        signal_kinds=list(dict.fromkeys(signal.kind for signal in strongest)),
        brand=next((signal.brand for signal in strongest if signal.brand), ""),
        **about,
    )
    return [(flagged, listing)]


def _hold_listings(listings: Sequence[Listing], reason: str, *, at: datetime, actor: Actor) -> None:
    """Hold those that no person has decided on; the earlier verdict stays readable."""
    moved = [
        listing
        for listing in listings
        if not listing.is_stopped
        and listing.cleared_revision != listing.revision
        and listing.state != State.BLOCKED
    ]
    for listing in moved:
        if listing.state != State.HELD:
            listing.step(State.HELD, state_reason=reason)
    facts = [
        (
            ListingHeldForReview(
                screening_id=listing.current_screening_id or 0, reason=reason, **names_of(listing)
            ),
            listing,
        )
        for listing in moved
    ]
    record_all(facts, at=at, actor=actor)


def _note_pictures(seen: Sequence[Seen], *, at: datetime) -> None:
    rows = [_picture_row(one) for one in seen]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(SEEN, [at, *_columns(rows)])


def _picture_row(seen: Seen) -> tuple[Any, ...]:
    found = seen.hashed
    described = (found.hash, found.quality, found.width, found.height) if found else (b"", 0, 0, 0)
    return seen.picture.pk, seen.sha256, *described, seen.fault[:300], seen.file_id


def _columns(rows: Iterable[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]
