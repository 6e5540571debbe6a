"""What the register says of rights, asked again and again; its silence changes nothing but the time of the next try."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from brands.facts import IPRightConfirmed, IPRightEnded
from brands.gateways import Entry, Register, Silent, register
from brands.models import IPRight, RegisterRecord
from brands.rules.owners import same_owner
from brands.rules.policy import Rights
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.operations.due_work import NotYet, work_off
from klean.core.policy.queries import day_of, policy_at, zone_at
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused

Standing = IPRight.Standing
ACTOR = Actor("system", "register")
TIMEOUT = timedelta(seconds=15)  # an answer of the register at the last moment
FIRST_WAIT = timedelta(minutes=1)


def check_due_rights(*, at: datetime, limit: int = 20, source: Register | None = None) -> int:
    """Ask the register about the rights that are due; answers how many were taken."""
    asked = source or register()
    work = partial(_check, asked, at=at)
    return work_off(IPRight, work, at=at, batch=limit, timeout=TIMEOUT, first_wait=FIRST_WAIT)


def _check(asked: Register, right: IPRight, *, at: datetime) -> None:
    try:
        entry = asked.entry_of(right.kind, right.number, on=day_of(at))
    except Silent as silence:
        _end_if_over(right, at=at)
        raise NotYet(silence) from silence
    _take_down(right, entry, at=at)


@transaction.atomic
def _end_if_over(right: IPRight, *, at: datetime) -> None:
    """A last day that was known needs no register to pass."""
    right = lock_row(IPRight, right.pk)
    if right.standing == Standing.LIVE and not right.is_live(day_of(at)):
        _stand(right, Standing.LAPSED, at=at, actor=ACTOR)


@transaction.atomic
def _take_down(right: IPRight, entry: Entry | None, *, at: datetime) -> None:
    days = policy_at(at)[Rights].recheck_days
    right = lock_row(IPRight, right.pk)
    shown_entry = (
        {}
        if entry is None
        else {"owner": entry.owner, "title": entry.title, "as_of": entry.as_of.isoformat()}
    )
    right.register_entry = shown_entry
    right.due_at = at + timedelta(days=days)
    if entry:
        right.nice_classes = sorted(set(entry.nice_classes)) or right.nice_classes
        right.registered_on = entry.registered_on or right.registered_on
        right.expires_on = entry.expires_on or right.expires_on
    if right.expires_on and at < (ends := _midnight(right.expires_on, at)):
        right.due_at = min(right.due_at, ends)
    _stand(right, _standing_of(right, entry, on=day_of(at)), at=at, actor=ACTOR)


def _midnight(day: date, at: datetime) -> datetime:
    return datetime.combine(day, time(), zone_at(at))


def _standing_of(right: IPRight, entry: Entry | None, *, on: date) -> IPRight.Standing:
    if entry is None:
        return Standing.NOT_FOUND
    if not same_owner(entry.owner, right.rights_holder.name):
        return Standing.OTHER_OWNER
    is_over = right.expires_on is not None and right.expires_on <= on
    return Standing.LAPSED if entry.status == Standing.LIVE and is_over else Standing(entry.status)


def _stand(right: IPRight, standing: IPRight.Standing, *, at: datetime, actor: Actor) -> None:
    was_shown, right.standing, right.checked_at = right.is_shown, standing, at
    _write(right, was_shown, at=at, actor=actor)


def _write(right: IPRight, was_shown: bool, *, at: datetime, actor: Actor) -> None:
    right.save()
    ids = {"ip_right_id": right.pk, "rights_holder_id": right.rights_holder_id}
    if right.is_shown and not was_shown:
        record(IPRightConfirmed(**ids), about=right, at=at, actor=actor)
    elif was_shown and not right.is_shown:
        record(IPRightEnded(**ids, standing=right.standing), about=right, at=at, actor=actor)


@transaction.atomic
def judge_evidence(right: IPRight, *, is_accepted: bool, at: datetime, actor: Actor) -> IPRight:
    """Say of a right that is not granted, or that no register holds, whether its evidence shows it.

    It is the path of small designers: the register still speaks of what was applied for, and may end it.
    """
    right = lock_row(IPRight, right.pk)
    if right.is_registered and right.standing != Standing.PENDING:
        raise Refused(_("The register answers for this right."), code="registered")
    if is_accepted and right.evidence_id is None:
        raise Refused(_("There is no evidence to accept."), code="no_evidence")
    was_shown = right.is_shown
    right.evidence_decision = IPRight.Evidence.ACCEPTED if is_accepted else IPRight.Evidence.REFUSED
    if not right.is_registered:
        right.standing, right.checked_at = Standing.LIVE if is_accepted else Standing.NOT_FOUND, at
    _write(right, was_shown, at=at, actor=actor)
    return right


@transaction.atomic
def take_snapshot(rows: Sequence[RegisterRecord], *, at: datetime, actor: Actor) -> int:
    """Keep what a register's file tells, by number, unless something newer is known; then ask again about the rights."""
    known = dict(
        RegisterRecord.objects.filter(number__in=[row.number for row in rows]).values_list(
            "number", "taken_on"
        )
    )
    newer = {row.number: row for row in rows if row.taken_on >= known.get(row.number, row.taken_on)}
    fields = ["owner", "title", "status", "nice_classes", "registered_on", "expires_on", "taken_on"]
    RegisterRecord.objects.bulk_create(
        newer.values(), update_conflicts=True, unique_fields=["number"], update_fields=fields
    )
    IPRight.objects.filter(number__in=newer).update(due_at=at, attempts=0, waits=0, failed_at=None)
    return len(newer)
