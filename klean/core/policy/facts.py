"""What core records about policies."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import N_, Fact


@dataclass(frozen=True, kw_only=True)
class PolicyPublished(Fact):
    """A policy file was published and can never change."""

    name: ClassVar[str] = "core.policy.published"
    sentence: ClassVar[str] = N_("Policy %(policy)s published")
    policy: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class AboutCalendarChange(Fact):
    """``day`` becomes a holiday, or a working day; only once it is confirmed do clocks count it so."""

    change_id: int
    day: str
    is_holiday: bool


@dataclass(frozen=True, kw_only=True)
class CalendarChangeProposed(AboutCalendarChange):
    """A change of the business calendar was proposed."""

    name: ClassVar[str] = "core.calendar_change.proposed"
    sentence: ClassVar[str] = N_("A change of the business calendar was proposed: %(day)s")


@dataclass(frozen=True, kw_only=True)
class CalendarChangeConfirmed(AboutCalendarChange):
    """A second person confirmed a change of the business calendar; deadlines follow it from now on."""

    name: ClassVar[str] = "core.calendar_change.confirmed"
    sentence: ClassVar[str] = N_("The business calendar was changed: %(day)s")


@dataclass(frozen=True, kw_only=True)
class CalendarChangeWithdrawn(AboutCalendarChange):
    """A proposed change of the business calendar was withdrawn."""

    name: ClassVar[str] = "core.calendar_change.withdrawn"
    sentence: ClassVar[str] = N_("A proposed change of the business calendar was withdrawn: %(day)s")
