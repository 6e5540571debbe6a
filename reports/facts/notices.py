"""What happened to notices: ids and codes only, never who reported."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class NoticeFiled(Fact):
    """Somebody reported listings; the two lists run in the same order."""

    name: ClassVar[str] = "reports.notice.filed"
    notice_id: int
    notifier_type: str
    reason: str
    listings: list[str]
    listing_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class NoticeAdmitted(Fact):
    """A notice was taken up into a case."""

    name: ClassVar[str] = "reports.notice.admitted"
    notice_id: int


@dataclass(frozen=True, kw_only=True)
class NoticeRefused(Fact):
    """A notice cannot be taken up; its notifier was told why."""

    name: ClassVar[str] = "reports.notice.refused"
    notice_id: int


@dataclass(frozen=True, kw_only=True)
class NoticeWithdrawn(Fact):
    """The notifier took a notice back; the listings are those that were still open."""

    name: ClassVar[str] = "reports.notice.withdrawn"
    notice_id: int
    listings: list[str]
    listing_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class AboutItem(Fact):
    notice_id: int
    listing: str
    listing_id: int
    outcome: str


@dataclass(frozen=True, kw_only=True)
class NoticeAnswered(AboutItem):
    """A listing of a notice was decided on."""

    name: ClassVar[str] = "reports.notice.answered"


@dataclass(frozen=True, kw_only=True)
class NoticeCorrected(AboutItem):
    """The answer on a listing of a notice was turned round, because its decision was."""

    name: ClassVar[str] = "reports.notice.corrected"
