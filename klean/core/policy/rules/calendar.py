"""The business calendar: which days and hours count for a clock, and in which zone a day begins."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from logging import getLogger
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, model_validator

from klean.core.policy.rules.sections import N_, fault, refuse

SATURDAY = 5
Hour = Annotated[int, Field(ge=0, le=23)]
log = getLogger(__name__)


class Calendar(BaseModel, frozen=True, extra="forbid", title=N_("Business calendar")):
    """Business hours are those of weekdays that are no holidays, from the hour of opening to that of closing."""

    zone: ZoneInfo = Field(title=N_("Time zone"))
    opens: Hour = Field(title=N_("Opens at (hour)"))
    closes: Hour = Field(title=N_("Closes at (hour)"))
    holidays: Annotated[frozenset[date], Field(min_length=1)] = Field(title=N_("Holidays on weekdays"))

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        if self.opens >= self.closes:
            words = N_("%(closes)s is not after %(opens)s, when the day opens")
            refuse([fault(words, "closes", closes=self.closes, opens=self.opens)])
        return self

    def with_changes(self, changes: Iterable[tuple[date, bool]]) -> Self:
        """The calendar with days that became holidays (True) or working days (False) since; the last word counts."""
        holidays = set(self.holidays)
        for day, is_holiday in changes:
            (holidays.add if is_holiday else holidays.discard)(day)
        return self.model_copy(update={"holidays": frozenset(holidays)})

    def day_of(self, moment: datetime) -> date:
        return day_of(moment, self.zone)

    def knows(self, year: int) -> bool:
        """Whether any holiday of the year is listed; else its holidays pass for business days."""
        return any(day.year == year for day in self.holidays)

    def is_business_day(self, day: date) -> bool:
        if not self.knows(day.year):
            _warn_of(day.year)
        return day.weekday() < SATURDAY and day not in self.holidays

    def after_hours(self, start: datetime, hours: float) -> datetime:
        """When so many business hours have passed since ``start``."""
        left, day = timedelta(hours=hours), self.day_of(start)
        while True:
            opening, closing = self._at(day, self.opens), self._at(day, self.closes)
            begins = max(start.astimezone(self.zone), opening)
            if self.is_business_day(day) and begins < closing:
                if closing - begins >= left:
                    return begins + left
                left -= closing - begins
            day += timedelta(days=1)

    def after_days(self, start: datetime, days: int) -> datetime:
        """The closing hour of the business day that many after the day of ``start``."""
        day = self.day_of(start)
        while days > 0:
            day += timedelta(days=1)
            days -= self.is_business_day(day)
        return self._at(day, self.closes)

    def _at(self, day: date, hour: int) -> datetime:
        return datetime.combine(day, time(hour), self.zone)


def day_of(moment: datetime, zone: ZoneInfo) -> date:
    """The day of a moment where the policy's days begin and end."""
    return moment.astimezone(zone).date()


@lru_cache
def _warn_of(year: int) -> None:
    """Once in the life of a process: a clock that meets such a year runs on, perhaps a day too fast."""
    log.warning("The policy lists no holidays of %s; all of its weekdays count as business days.", year)
