"""Points, sanctions and standing: all of them recomputed from the violations that stand."""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from enforcement.sanctions.actions.measures import (
    lapse_measures,
    lift_measures,
    lock_with_sister_shops,
    order_measures,
)
from enforcement.sanctions.facts import SanctionExpired, SanctionImposed, SanctionLifted
from enforcement.sanctions.models import Measure, Rung, Sanction, StandingClock, Violation
from enforcement.sanctions.queries.ledgers import entries_of, standing_violations
from enforcement.sanctions.rules.ladder import Entry
from enforcement.sanctions.rules.policy import SISTERS, Step
from enforcement.sanctions.rules.standing import standing_under
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.operations.due_work import work_off
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused
from sellers.actions.shops import lock_seller, set_standing
from sellers.models import Seller

CLOCK = Actor("system", "standing_clock")
TIMEOUT = timedelta(seconds=2)  # one seller, with its sister shops


def settle_seller(seller: Seller, *, at: datetime, actor: Actor) -> list[Sanction]:
    """Make a locked seller's points, sanctions and standing what the violations ask for; answers the new sanctions."""
    violations = standing_violations(seller.pk)
    entries = entries_of(violations)
    _write_counts(violations, entries)
    imposed = _settle_sanctions(seller, entries, at=at, actor=actor)
    settle_with_sister_shops(seller, at=at, actor=actor)
    return imposed


def _write_counts(violations: list[Violation], entries: list[Entry]) -> None:
    """Write what each violation counts; only the ladder writes it."""
    by_id = {entry.id: entry for entry in entries}
    changed = []
    for violation in violations:
        entry = by_id[violation.pk]
        counts = {
            "track": entry.track,
            "points": entry.points,
            "counted": entry.counted,
            "counting": entry.counting.value,
            "total": entry.total,
            "expires_at": entry.expires_at,
        }
        if any(getattr(violation, name) != value for name, value in counts.items()):
            vars(violation).update(counts)
            changed.append(violation)
    Violation.objects.bulk_update(changed, ["track", "points", "counted", "counting", "total", "expires_at"])


def _settle_sanctions(seller: Seller, entries: list[Entry], *, at: datetime, actor: Actor) -> list[Sanction]:
    """Lift what is no longer due, impose what is; what a person lifted by hand stays lifted."""
    due = {entry.id: (entry.step, entry) for entry in entries if entry.step is not None}
    known = list(Sanction.objects.filter(seller=seller, violation__isnull=False).order_by("pk"))
    for sanction in known:
        if sanction.lifted_at is None and not _is_due(sanction, due):
            _lift(sanction, Sanction.Lifting.NOT_DUE, "", at=at, actor=actor)
    answered = {row.violation_id for row in known if row.lifting != Sanction.Lifting.NOT_DUE}
    return [
        _impose(seller, entry, step, at=at, actor=actor)
        for violation_id, (step, entry) in due.items()
        if violation_id not in answered
    ]


def _is_due(sanction: Sanction, due: dict[int, tuple[Step, Entry]]) -> bool:
    step, entry = due.get(sanction.violation_id or 0, (None, None))
    if step is None or entry is None:
        return False
    return (sanction.rung, sanction.ends_at) == (step.rung, _end_of(entry, step))


def _end_of(entry: Entry, step: Step) -> datetime | None:
    """A warning lives as long as what it rests on, a closure for ever, the others for their days."""
    if step.rung == Rung.WARNING:
        return entry.expires_at
    return None if step.days is None else entry.at + timedelta(days=step.days)


def _impose(seller: Seller, entry: Entry, step: Step, *, at: datetime, actor: Actor) -> Sanction:
    ends_at = _end_of(entry, step)
    is_over = ends_at is not None and ends_at <= at
    sanction = Sanction.objects.create(
        seller=seller,
        violation_id=entry.id,
        rung=step.rung,
        measures=list(step.measures),
        starts_at=entry.at,
        ends_at=ends_at,
        lapsed_at=ends_at if is_over else None,
    )
    fact = SanctionImposed(
        sanction_id=sanction.pk,
        seller=seller.external_id,
        rung=step.rung,
        ends_at=ends_at.isoformat() if ends_at else "",
    )
    record(fact, about=seller, at=at, actor=actor)
    order_measures(sanction, at=at, actor=actor)
    return sanction


def _lift(sanction: Sanction, lifting: Sanction.Lifting, reasons: str, *, at: datetime, actor: Actor) -> None:
    Sanction.objects.filter(pk=sanction.pk).update(
        lifted_at=at, lifting=lifting, lifted_by=str(actor), lifted_for=reasons
    )
    sanction.refresh_from_db()
    fact = SanctionLifted(sanction_id=sanction.pk, seller=sanction.seller.external_id, rung=sanction.rung)
    record(fact, about=sanction.seller, at=at, actor=actor)
    lift_measures(sanction.measures_ordered.select_related("seller"), at=at, actor=actor)


def settle_with_sister_shops(seller: Seller, *, at: datetime, actor: Actor) -> None:
    """Settle a locked seller and every sister shop that its measures restrict."""
    settle_standing(seller, at=at, actor=actor)
    restricted = Measure.objects.filter(sanction__seller=seller).exclude(seller=seller)
    for sister in Seller.objects.filter(pk__in=restricted.values("seller")).order_by("pk"):
        settle_standing(sister, at=at, actor=actor)


def settle_standing(seller: Seller, *, at: datetime, actor: Actor) -> None:
    """Imposing, lifting and running out all end here: read the live rows of a locked seller, write the standing."""
    _lapse(seller, at=at)
    lapse_measures(seller, at=at, actor=CLOCK)
    sanctions = list(Sanction.objects.filter(seller=seller, lifted_at=None, lapsed_at=None))
    measures = list(Measure.objects.filter(seller=seller, lifted_at=None, lapsed_at=None))
    rungs = [row.rung for row in sanctions if row.starts_at <= at]
    asked = [SISTERS[row.kind] for row in measures if row.kind in SISTERS and row.starts_at <= at]
    set_standing(seller, Seller.Standing(standing_under(rungs, asked)), at=at, actor=actor)
    # A clock that was set back has rows that begin only later.
    moments = [moment for row in sanctions for moment in (row.starts_at, row.ends_at)]
    moments += [moment for row in measures for moment in (row.starts_at, row.ends_at)]
    due_at = min((moment for moment in moments if moment and moment > at), default=None)
    StandingClock.objects.update_or_create(
        seller=seller, defaults={"due_at": due_at, "attempts": 0, "last_error": ""}
    )


def _lapse(seller: Seller, *, at: datetime) -> None:
    over = Sanction.objects.filter(seller=seller, lifted_at=None, lapsed_at=None, ends_at__lte=at)
    for sanction in over.select_for_update(of=("self",), no_key=True):
        Sanction.objects.filter(pk=sanction.pk).update(lapsed_at=sanction.ends_at)
        fact = SanctionExpired(sanction_id=sanction.pk, seller=seller.external_id, rung=sanction.rung)
        record(fact, about=seller, at=at, actor=CLOCK)


def settle_due_standings(*, at: datetime, limit: int = 100) -> int:
    """Let sanctions run out whose time has come, also those of a time when nothing ran."""
    return work_off(StandingClock, partial(_settle_clock, at=at), at=at, batch=limit, timeout=TIMEOUT)


@transaction.atomic
def _settle_clock(clock: StandingClock, *, at: datetime) -> None:
    settle_standing(lock_seller(clock.seller_id), at=at, actor=CLOCK)


@transaction.atomic
def lift_sanction(sanction: Sanction, *, reasons: str, at: datetime, actor: Actor) -> Sanction:
    """End a live sanction by hand; the points stay, and the ladder will not impose this one again."""
    seller = lock_with_sister_shops(sanction.seller_id)
    locked = lock_row(Sanction, sanction.pk)
    if not locked.is_live(at):
        raise Refused(_("This sanction has already ended."), code="sanction_ended")
    _lift(locked, Sanction.Lifting.BY_HAND, reasons, at=at, actor=actor)
    settle_with_sister_shops(seller, at=at, actor=actor)
    return locked


def settle_without(violation: Violation | None, seller: Seller, *, at: datetime, actor: Actor) -> None:
    """Take a violation out of the count, if there is one, and settle the locked seller."""
    if violation is not None:
        Violation.objects.filter(pk=violation.pk, voided_at=None).update(voided_at=at)
    settle_seller(seller, at=at, actor=actor)
