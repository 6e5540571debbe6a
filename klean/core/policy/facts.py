"""What core records about policies."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import N_, Fact


@dataclass(frozen=True, kw_only=True)
class PolicyPublished(Fact):
    """A policy file was published and can never change."""

    name: ClassVar[str] = "core.policy.published"
    sentence: ClassVar = N_("Policy %(policy)s published")
    policy: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class _CalendarChangeFact(Fact):
    """``day`` becomes a holiday, or a working day; only once it is confirmed do clocks count it so."""

    change_id: int
    day: str
    is_holiday: bool


@dataclass(frozen=True, kw_only=True)
class CalendarChangeProposed(_CalendarChangeFact):
    """Somebody said that the business calendar changes on a day."""

    name: ClassVar[str] = "core.calendar_change.proposed"
    sentence: ClassVar[str] = N_("A change of the business calendar was proposed: %(day)s")


@dataclass(frozen=True, kw_only=True)
class CalendarChangeConfirmed(_CalendarChangeFact):
    """A second person agreed: clocks count the day so from now on."""

    name: ClassVar[str] = "core.calendar_change.confirmed"
    sentence: ClassVar[str] = N_("The business calendar was changed: %(day)s")


@dataclass(frozen=True, kw_only=True)
class CalendarChangeWithdrawn(_CalendarChangeFact):
    """It was not confirmed and will not be."""

    name: ClassVar[str] = "core.calendar_change.withdrawn"
    sentence: ClassVar[str] = N_("A proposed change of the business calendar was withdrawn: %(day)s")
