from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import N_, Fact, SentenceByCode


@dataclass(frozen=True, kw_only=True)
class MatterOpened(Fact):
    """The legal team opened a matter."""

    name: ClassVar[str] = "legal.matter.opened"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "kind",
        {
            "CIVIL": N_("Civil claim opened"),
            "CRIMINAL": N_("Criminal complaint opened"),
            "ADMINISTRATIVE": N_("Referral to the intellectual property office opened"),
            "CUSTOMS": N_("Referral to customs opened"),
        },
        otherwise=N_("Legal matter opened"),
    )
    matter_id: int
    kind: str
    case_id: int | None


@dataclass(frozen=True, kw_only=True)
class MatterStateChanged(Fact):
    """A matter moved to ``state``."""

    name: ClassVar[str] = "legal.matter.state_changed"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "state",
        {
            "ASSESSED": N_("Legal matter assessed"),
            "DEMAND_SENT": N_("Demand sent"),
            "FILED": N_("Legal matter filed"),
            "PENDING": N_("Legal matter pending"),
            "JUDGMENT": N_("Judgment given"),
            "SETTLED": N_("Legal matter settled"),
            "WITHDRAWN": N_("Legal matter withdrawn"),
            "CLOSED": N_("Legal matter closed"),
        },
        otherwise=N_("Legal matter updated"),
    )
    matter_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class MatterUpdated(Fact):
    """A party, task, deadline or cost was added to a matter, or a task was completed."""

    name: ClassVar[str] = "legal.matter.updated"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "kind",
        {
            "party": N_("Party added to a legal matter"),
            "task": N_("Task added to a legal matter"),
            "deadline": N_("Deadline added to a legal matter"),
            "cost": N_("Cost added to a legal matter"),
            "done": N_("Task of a legal matter completed"),
        },
        otherwise=N_("Legal matter updated"),
    )
    matter_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class HoldPlaced(Fact):
    """A legal hold was placed: nothing of the matter may be erased or destroyed."""

    name: ClassVar[str] = "legal.hold.placed"
    sentence: ClassVar[str] = N_("Legal hold placed")
    hold_id: int
    matter_id: int


@dataclass(frozen=True, kw_only=True)
class HoldReleased(Fact):
    """A legal hold was released: retention periods run again."""

    name: ClassVar[str] = "legal.hold.released"
    sentence: ClassVar[str] = N_("Legal hold released")
    hold_id: int
    matter_id: int


@dataclass(frozen=True, kw_only=True)
class BundleCreated(Fact):
    """An evidence bundle was created; ``sha256`` is that of the file."""

    name: ClassVar[str] = "legal.bundle.created"
    sentence: ClassVar[str] = N_("Evidence bundle created")
    bundle_id: int
    matter_id: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class BundleTimestamped(Fact):
    """An evidence bundle was time-stamped; ``sha256`` is that of the file with the stamp."""

    name: ClassVar[str] = "legal.bundle.timestamped"
    sentence: ClassVar[str] = N_("Evidence bundle time-stamped")
    bundle_id: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class LetterIssued(Fact):
    """A letter of a matter was issued; ``sha256`` is that of the PDF."""

    name: ClassVar[str] = "legal.letter.issued"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "kind",
        {
            "DEMAND": N_("Demand to stop written"),
            "DAMAGES": N_("Claim for damages written"),
            "COMPLAINT": N_("Criminal complaint written"),
            "REFERRAL": N_("Referral to the intellectual property office written"),
            "CUSTOMS": N_("Referral to customs written"),
        },
        otherwise=N_("Letter written"),
    )
    letter_id: int
    kind: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class CounselAccessGranted(Fact):
    """A counsel was given a link to a matter."""

    name: ClassVar[str] = "legal.counsel_access.granted"
    sentence: ClassVar[str] = N_("Counsel given access")
    access_id: int
    matter_id: int


@dataclass(frozen=True, kw_only=True)
class CounselAccessRevoked(Fact):
    """A counsel's link to a matter was revoked before its end."""

    name: ClassVar[str] = "legal.counsel_access.revoked"
    sentence: ClassVar[str] = N_("Counsel's access revoked")
    access_id: int
    matter_id: int


@dataclass(frozen=True, kw_only=True)
class CounselAccessUsed(Fact):
    """A counsel viewed a matter, or fetched the file with ``sha256`` (empty for the page alone)."""

    name: ClassVar[str] = "legal.counsel_access.used"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "sha256",
        {
            "": N_("Matter viewed by counsel"),
        },
        otherwise=N_("File fetched by counsel"),
    )
    access_id: int
    matter_id: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class SupportRequested(Fact):
    """Somebody applied for legal support; ``points`` follow from the criteria in force."""

    name: ClassVar[str] = "legal.support.requested"
    sentence: ClassVar[str] = N_("Legal support applied for")
    application_id: int
    asked: int
    points: int


@dataclass(frozen=True, kw_only=True)
class SupportDecided(Fact):
    """An application for legal support was granted, with the amount in won, or declined."""

    name: ClassVar[str] = "legal.support.decided"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "state",
        {
            "GRANTED": N_("Application for legal support granted"),
            "DECLINED": N_("Application for legal support declined"),
        },
        otherwise=N_("Application for legal support decided"),
    )
    application_id: int
    state: str
    granted: int


@dataclass(frozen=True, kw_only=True)
class AuthorityRequestStateChanged(Fact):
    """An authority's request moved to ``state``."""

    name: ClassVar[str] = "legal.authority_request.state_changed"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "state",
        {
            "RECEIVED": N_("Request of an authority received"),
            "VERIFIED": N_("Request of an authority verified"),
            "SCOPED": N_("Scope of an authority's request set"),
            "APPROVED": N_("Request of an authority approved by both sides"),
            "DISCLOSED": N_("Data disclosed to an authority"),
            "PARTLY": N_("Part of the data disclosed to an authority"),
            "REFUSED": N_("Request of an authority refused"),
            "LOGGED": N_("Request of an authority entered in the register"),
        },
        otherwise=N_("Request of an authority updated"),
    )
    request_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class AuthorityRequestApproved(Fact):
    """One of the two sides approved the scope of an authority's request."""

    name: ClassVar[str] = "legal.authority_request.approved"
    sentence: ClassVar[str] = N_("Scope of an authority's request approved by one side")
    request_id: int
    side: str


@dataclass(frozen=True, kw_only=True)
class DataDisclosed(Fact):
    """Personal data was disclosed to an authority; ``items`` are the kinds of data, ``sha256`` is that of the file."""

    name: ClassVar[str] = "legal.data.disclosed"
    sentence: ClassVar[str] = N_("Personal data disclosed to an authority")
    request_id: int
    items: list[str]
    sha256: str
