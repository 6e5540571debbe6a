"""The business calendar between two policies: what the government decides at short notice is entered by two people."""

from datetime import date, datetime
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.policy.facts import (
    CalendarChangeConfirmed,
    CalendarChangeProposed,
    CalendarChangeWithdrawn,
)
from klean.core.policy.models import CalendarChange
from klean.core.policy.queries import calendar_at
from klean.core.policy.rules.calendar import SATURDAY, Calendar
from klean.core.rows.locks import lock_name, lock_row
from klean.core.rows.refusals import Refused

FactType = TypeVar("FactType", CalendarChangeProposed, CalendarChangeConfirmed, CalendarChangeWithdrawn)


@transaction.atomic
def propose_calendar_change(
    day: date, *, is_holiday: bool, reason: str, at: datetime, actor: Actor
) -> CalendarChange:
    """Say that a day becomes a holiday or a working day; nothing changes before a second person confirms it."""
    lock_name(f"calendar change {day}")
    _refuse_pointless(day, calendar_at(at), is_holiday=is_holiday, at=at)
    if CalendarChange.objects.filter(day=day, confirmed_at=None, withdrawn_at=None).exists():
        raise Refused(_("A change of this day waits for its confirmation already."), code="already_waiting")
    change = CalendarChange.objects.create(
        day=day, is_holiday=is_holiday, reason=reason, proposed_at=at, proposed_by=str(actor)
    )
    record(_fact(CalendarChangeProposed, change), about=change, at=at, actor=actor)
    return change


def _refuse_pointless(day: date, calendar: Calendar, *, is_holiday: bool, at: datetime) -> None:
    if day < calendar.day_of(at):
        raise Refused(_("This day is over."), code="day_over")
    if day.weekday() >= SATURDAY:
        raise Refused(_("No clock runs on a weekend."), code="weekend")
    if is_holiday == (day in calendar.holidays):
        words = _("This day is a holiday already.") if is_holiday else _("This day is no holiday.")
        raise Refused(words, code="unchanged")


@transaction.atomic
def confirm_calendar_change(change: CalendarChange, *, at: datetime, actor: Actor) -> CalendarChange:
    """Agree to what somebody else proposed: every clock that starts or is looked at from now on counts it."""
    locked = _locked_open(change)
    if locked.proposed_by == str(actor):
        raise Refused(_("Somebody else has to confirm what you proposed."), code="own_proposal")
    locked.confirmed_at, locked.confirmed_by = at, str(actor)
    locked.save(update_fields=["confirmed_at", "confirmed_by"])
    record(_fact(CalendarChangeConfirmed, locked), about=locked, at=at, actor=actor)
    return locked


@transaction.atomic
def withdraw_calendar_change(change: CalendarChange, *, at: datetime, actor: Actor) -> CalendarChange:
    """Take back what was proposed and not confirmed."""
    locked = _locked_open(change)
    locked.withdrawn_at = at
    locked.save(update_fields=["withdrawn_at"])
    record(_fact(CalendarChangeWithdrawn, locked), about=locked, at=at, actor=actor)
    return locked


def _locked_open(change: CalendarChange) -> CalendarChange:
    locked = lock_row(CalendarChange, change.pk)
    if locked.confirmed_at or locked.withdrawn_at:
        raise Refused(_("This change is confirmed or withdrawn already."), code="settled")
    return locked


def _fact(kind: type[FactType], change: CalendarChange) -> FactType:
    return kind(change_id=change.pk, day=change.day.isoformat(), is_holiday=change.is_holiday)
