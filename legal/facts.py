from dataclasses import dataclass
from typing import ClassVar

from klean.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class MatterOpened(Fact):
    """The legal staff took something up."""

    name: ClassVar[str] = "legal.matter.opened"
    matter_id: int
    kind: str
    case_id: int | None


@dataclass(frozen=True, kw_only=True)
class MatterMoved(Fact):
    """A matter went one step on."""

    name: ClassVar[str] = "legal.matter.moved"
    matter_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class MatterNoted(Fact):
    """Something was added to a matter: a party, task, deadline or cost; or a task was done."""

    name: ClassVar[str] = "legal.matter.noted"
    matter_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class HoldPlaced(Fact):
    """What belongs to a matter may be neither erased nor destroyed."""

    name: ClassVar[str] = "legal.hold.placed"
    hold_id: int
    matter_id: int


@dataclass(frozen=True, kw_only=True)
class HoldReleased(Fact):
    """The hold is over; retention runs again."""

    name: ClassVar[str] = "legal.hold.released"
    hold_id: int
    matter_id: int


@dataclass(frozen=True, kw_only=True)
class BundleMade(Fact):
    """Evidence was packed; ``sha256`` is of the whole file."""

    name: ClassVar[str] = "legal.bundle.made"
    bundle_id: int
    matter_id: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class BundleStamped(Fact):
    """A time-stamp was put into a bundle; ``sha256`` is of the file with it."""

    name: ClassVar[str] = "legal.bundle.stamped"
    bundle_id: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class LetterWritten(Fact):
    """A letter of a matter went out; ``sha256`` is of the PDF."""

    name: ClassVar[str] = "legal.letter.written"
    letter_id: int
    kind: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class CounselLetIn(Fact):
    """A counsel may fetch what a matter's link shows, until it ends."""

    name: ClassVar[str] = "legal.counsel.let_in"
    access_id: int
    matter_id: int


@dataclass(frozen=True, kw_only=True)
class CounselShutOut(Fact):
    """A counsel's link was withdrawn before its end."""

    name: ClassVar[str] = "legal.counsel.shut_out"
    access_id: int
    matter_id: int


@dataclass(frozen=True, kw_only=True)
class CounselFetched(Fact):
    """A counsel looked at a matter, or fetched a file of it: ``sha256``, empty for the page alone."""

    name: ClassVar[str] = "legal.counsel.fetched"
    access_id: int
    matter_id: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class SupportAsked(Fact):
    """Somebody asked for support; ``points`` follow from the criteria in force."""

    name: ClassVar[str] = "legal.support.asked"
    application_id: int
    asked: int
    points: int


@dataclass(frozen=True, kw_only=True)
class SupportDecided(Fact):
    """An application for support was granted, in won, or declined with nothing."""

    name: ClassVar[str] = "legal.support.decided"
    application_id: int
    state: str
    granted: int


@dataclass(frozen=True, kw_only=True)
class RequestMoved(Fact):
    """An authority's request went one step on."""

    name: ClassVar[str] = "legal.request.moved"
    request_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class RequestApproved(Fact):
    """One of the two sides said yes to the scope of a request."""

    name: ClassVar[str] = "legal.request.approved"
    request_id: int
    side: str


@dataclass(frozen=True, kw_only=True)
class DataDisclosed(Fact):
    """Personal data left the house: which kinds, on which request; ``sha256`` is of the file."""

    name: ClassVar[str] = "legal.data.disclosed"
    request_id: int
    items: list[str]
    sha256: str
