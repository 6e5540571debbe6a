"""What governance tells the world: figures published, policies put to the stakeholders, personal data erased."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import N_, Fact, SentenceByCode


@dataclass(frozen=True, kw_only=True)
class EditionPublished(Fact):
    """A transparency report was signed and published; ``corrects`` is the number of the edition that it replaces."""

    name: ClassVar[str] = "governance.edition.published"
    sentence: ClassVar[str] = N_("Transparency report for %(month)s published")
    edition: int
    month: str
    sha256: str
    corrects: int | None


@dataclass(frozen=True, kw_only=True)
class ConsultationOpened(Fact):
    """A consultation on a draft policy was opened; comments are accepted until ``ends_at``."""

    name: ClassVar[str] = "governance.consultation.opened"
    sentence: ClassVar[str] = N_("Consultation on policy %(policy)s opened")
    draft_id: int
    policy: str
    ends_at: str


@dataclass(frozen=True, kw_only=True)
class CommentSubmitted(Fact):
    """A comment on a draft policy was submitted."""

    name: ClassVar[str] = "governance.comment.submitted"
    sentence: ClassVar[str] = N_("Comment on a draft policy submitted")
    draft_id: int
    comment_id: int


@dataclass(frozen=True, kw_only=True)
class CommentAnswered(Fact):
    """A comment on a draft policy received its public answer."""

    name: ClassVar[str] = "governance.comment.answered"
    sentence: ClassVar[str] = N_("Comment on a draft policy answered")
    draft_id: int
    comment_id: int


@dataclass(frozen=True, kw_only=True)
class DraftWithdrawn(Fact):
    """A draft policy was withdrawn."""

    name: ClassVar[str] = "governance.draft.withdrawn"
    sentence: ClassVar[str] = N_("Draft policy %(policy)s withdrawn")
    draft_id: int
    policy: str


@dataclass(frozen=True, kw_only=True)
class StakeholderRegistered(Fact):
    """An outside organisation was registered as a stakeholder."""

    name: ClassVar[str] = "governance.stakeholder.registered"
    sentence: ClassVar[str] = N_("Stakeholder registered")
    stakeholder_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class AgreementSigned(Fact):
    """An agreement with a stakeholder was signed."""

    name: ClassVar[str] = "governance.agreement.signed"
    sentence: ClassVar[str] = N_("Agreement with a stakeholder signed")
    agreement_id: int
    stakeholder_id: int


@dataclass(frozen=True, kw_only=True)
class MeetingHeld(Fact):
    """The minutes of a meeting with stakeholders were recorded."""

    name: ClassVar[str] = "governance.meeting.held"
    sentence: ClassVar[str] = N_("Meeting with stakeholders recorded")
    meeting_id: int


@dataclass(frozen=True, kw_only=True)
class ActionItemOpened(Fact):
    """An action item was opened; it is due on ``due_on``."""

    name: ClassVar[str] = "governance.action_item.opened"
    sentence: ClassVar[str] = N_("Action item opened")
    item_id: int
    due_on: str


@dataclass(frozen=True, kw_only=True)
class ActionItemCompleted(Fact):
    """An action item was completed."""

    name: ClassVar[str] = "governance.action_item.completed"
    sentence: ClassVar[str] = N_("Action item completed")
    item_id: int


@dataclass(frozen=True, kw_only=True)
class FeedImported(Fact):
    """An external list was imported; ``faults`` counts the rows left out."""

    name: ClassVar[str] = "governance.feed.imported"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "kind",
        {
            "SEIZURES": N_("List of seizures imported"),
            "HAZARDS": N_("List of hazardous goods imported"),
            "BRANDS": N_("List of brands imported"),
        },
        otherwise=N_("External list imported"),
    )
    feed_id: int
    kind: str
    rows: int
    faults: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class SubjectRequestReceived(Fact):
    """A person asked to see the data held about them, or to have it erased."""

    name: ClassVar[str] = "governance.subject_request.received"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "kind",
        {
            "EXPORT": N_("Request to see personal data received"),
            "ERASURE": N_("Request to erase personal data received"),
        },
        otherwise=N_("Request about personal data received"),
    )
    request_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class SubjectRequestRefused(Fact):
    """A request about personal data was refused; ``reason`` is a code."""

    name: ClassVar[str] = "governance.subject_request.refused"
    sentence: ClassVar[str] = N_("Request about personal data refused")
    request_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class SubjectDataExported(Fact):
    """A person received a copy of the data held about them."""

    name: ClassVar[str] = "governance.subject_data.exported"
    sentence: ClassVar[str] = N_("Personal data handed to the person")
    request_id: int
    rows: int


@dataclass(frozen=True, kw_only=True)
class SubjectErased(Fact):
    """The data of a person was erased; ``remaining`` counts the places that still name them, which the request lists."""

    name: ClassVar[str] = "governance.subject_data.erased"
    sentence: ClassVar[str] = N_("Person's data erased")
    request_id: int
    rows: int
    remaining: int


@dataclass(frozen=True, kw_only=True)
class TextErased(Fact):
    """A whole text of a hash-chained row was erased because it named somebody; the chain still verifies without it."""

    name: ClassVar[str] = "governance.text.erased"
    sentence: ClassVar[str] = N_("Text that named a person erased")
    model: str
    row_id: int
    field: str


@dataclass(frozen=True, kw_only=True)
class ExpiredDataErased(Fact):
    """Rows whose retention period was over were blanked or deleted."""

    name: ClassVar[str] = "governance.expired_data.erased"
    sentence: ClassVar[str] = N_("Personal data past its retention period erased")
    retention_class: str
    model: str
    rows: int
