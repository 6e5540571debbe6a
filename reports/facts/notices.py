"""What happened to notices: ids and codes only, never who reported."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import N_, Fact, SentenceByCode


@dataclass(frozen=True, kw_only=True)
class NoticeFiled(Fact):
    """Somebody reported listings; ``listings`` and ``listing_ids`` run in the same order."""

    name: ClassVar[str] = "reports.notice.filed"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "notifier_type",
        {
            "RIGHTS_HOLDER": N_("Reported by a rights holder"),
            "CONSUMER": N_("Reported by a consumer"),
            "TRUSTED_FLAGGER": N_("Reported by a trusted flagger"),
            "AUTHORITY": N_("Reported by an authority"),
        },
        otherwise=N_("Listings reported"),
    )
    notice_id: int
    notifier_type: str
    reason: str
    listings: list[str]
    listing_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class NoticeAdmitted(Fact):
    """A notice was admitted: it is part of a case."""

    name: ClassVar[str] = "reports.notice.admitted"
    sentence: ClassVar[str] = N_("Report accepted for review")
    notice_id: int


@dataclass(frozen=True, kw_only=True)
class NoticeRefused(Fact):
    """A notice was refused as inadmissible."""

    name: ClassVar[str] = "reports.notice.refused"
    sentence: ClassVar[str] = N_("Report not accepted")
    notice_id: int


@dataclass(frozen=True, kw_only=True)
class NoticeWithdrawn(Fact):
    """The notifier withdrew a notice; the listings are those that were still open."""

    name: ClassVar[str] = "reports.notice.withdrawn"
    sentence: ClassVar[str] = N_("Report withdrawn")
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
    """A notice was answered for one of its listings."""

    name: ClassVar[str] = "reports.notice.answered"
    sentence: ClassVar[str] = N_("Outcome of the report on listing %(listing)s sent")


@dataclass(frozen=True, kw_only=True)
class NoticeAnswerCorrected(AboutItem):
    """The answer to a notice about one listing was corrected, because the decision behind it changed."""

    name: ClassVar[str] = "reports.notice.answer_corrected"
    sentence: ClassVar[str] = N_("Outcome of the report on listing %(listing)s corrected")
