"""Clocks in business hours, the catalogued reason that was given, and what a section of the policy may hold."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    zone: ZoneInfo
    opens: int
    closes: int
    holidays: frozenset[str]

    @classmethod
    def of(cls, terms: Any) -> "Calendar":
        """From the policy's ``[calendar]``: ``zone``, the hours ``opens`` and ``closes``, and dated ``holidays``."""
        return cls(ZoneInfo(terms["zone"]), terms["opens"], terms["closes"], frozenset(terms["holidays"]))

    def is_business_day(self, day: date) -> bool:
        return day.weekday() < SATURDAY and day.isoformat() not in self.holidays

    def after_hours(self, start: datetime, hours: float) -> datetime:
        """When so many business hours have passed since ``start``."""
        left, now = timedelta(hours=hours), start.astimezone(self.zone)
        while True:
            opening = self._at(now.date(), self.opens)
            closing = self._at(now.date(), self.closes)
            now = max(now, opening)
            if self.is_business_day(now.date()) and now < closing:
                if closing - now >= left:
                    return now + left
                left -= closing - now
            now = self._at(now.date() + timedelta(days=1), self.opens)

    def after_days(self, start: datetime, days: int) -> datetime:
        """The closing hour of the business day that many after the day of ``start``."""
        day = start.astimezone(self.zone).date()
        while days > 0:
            day += timedelta(days=1)
            days -= self.is_business_day(day)
        return self._at(day, self.closes)

    def _at(self, day: date, hour: int) -> datetime:
        return datetime.combine(day, time(hour), self.zone)


def faults_of_calendar(section: Any) -> list[str]:
    """What is wrong with ``[calendar]``, in words that name the place."""
    try:
        calendar = Calendar.of(section)
        days: Collection[date] = [date.fromisoformat(day) for day in calendar.holidays]
    except (KeyError, TypeError, ValueError, OSError) as error:
        return [f"[calendar] needs a zone, opens, closes and holidays like 2026-01-01 ({error!r})"]
    is_fit = 0 <= calendar.opens < calendar.closes <= 23 and len(days) > 0
    return [] if is_fit else ["[calendar] opens before it closes, both whole hours of one day"]


OTHER = "OTHER"


def catalogued(given: dict[str, Any], codes: Collection[str]) -> tuple[str, str]:
    """The code and the explanation; words that are no code begin the explanation of OTHER."""
    code = "_".join(given["reason"].upper().split())
    if code in codes:
        return code, given["explanation"]
    return OTHER, "\n".join(filter(None, [given["reason"], given["explanation"]]))


Names = Mapping[str, Collection[str]]


def value_of(table: Any, name: str) -> Any:
    return table.get(name) if isinstance(table, Mapping) else None


def is_count(value: Any) -> bool:
    return type(value) is int and value >= 0


def faults_of_numbers(place: str, section: Mapping[str, Any], names: Names) -> list[str]:
    return [
        f"[{place}] {name} is no whole number" for name in names[place] if not is_count(section.get(name))
    ]


def faults_of_table(place: str, section: Mapping[str, Any], part: str, names: Names) -> list[str]:
    table = section.get(part)
    return faults_of_numbers(f"{place}.{part}", table if isinstance(table, Mapping) else {}, names)


def faults_of_reasons(place: str, section: Mapping[str, Any], needed: set[str]) -> list[str]:
    reasons = section.get("reason")
    if not isinstance(reasons, list) or not reasons:
        return [f"[[{place}.reason]] is missing"]
    bad = [
        f"[[{place}.reason]] number {n} needs {', '.join(sorted(needed))}"
        for n, one in enumerate(reasons, 1)
        if not isinstance(one, Mapping) or not all(one.get(name) for name in needed)
    ]
    codes = [value_of(one, "code") for one in reasons]
    return bad + ([f"[[{place}.reason]] names a code twice"] if len(codes) != len(set(codes)) else [])
