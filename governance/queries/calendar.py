"""The business calendar as its page shows it."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from enforcement.cases.queries.people import names_of
from klean.core.events.actors import Actor
from klean.core.policy.models import CalendarChange
from klean.core.policy.queries import calendar_at, years_without_holidays
from klean.core.policy.rules.calendar import Calendar

MAX_CHANGES = 50  # as many as a page shows


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change with the names of the two people; ``is_own`` when the reader proposed it."""

    change: CalendarChange
    proposed_by: str
    confirmed_by: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """``years`` are the holidays from this year on; ``missing_years`` have none and will be met soon."""

    calendar: Calendar
    years: list[tuple[int, list[date]]]
    missing_years: list[int]
    proposals: list[ShownChange]
    confirmed: list[ShownChange]


def calendar_page(reader: Actor, *, at: datetime) -> CalendarPage:
    """The calendar in force, and what was proposed and changed since its policy."""
    calendar = calendar_at(at)
    coming = sorted(day for day in calendar.holidays if day.year >= calendar.day_of(at).year)
    changes = list(CalendarChange.objects.filter(withdrawn_at=None)[:MAX_CHANGES])
    names = names_of({name for change in changes for name in (change.proposed_by, change.confirmed_by)})
    shown = [
        ShownChange(
            change,
            names.get(change.proposed_by, ""),
            names.get(change.confirmed_by, ""),
            is_own=change.proposed_by == str(reader),
        )
        for change in changes
    ]
    return CalendarPage(
        calendar=calendar,
        years=[(year, list(days)) for year, days in groupby(coming, key=lambda day: day.year)],
        missing_years=years_without_holidays(at=at),
        proposals=[row for row in shown if row.change.confirmed_at is None],
        confirmed=[row for row in shown if row.change.confirmed_at],
    )
