"""What governance tells the world: figures published, policies put to the stakeholders, personal data erased."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import N_, Fact, SentenceByCode


@dataclass(frozen=True, kw_only=True)
class EditionPublished(Fact):
    """A transparency report was signed and frozen; ``corrects`` is the number of the edition that it replaces."""

    name: ClassVar[str] = "governance.edition.published"
    sentence: ClassVar = N_("Transparency report for %(month)s published")
    edition: int
    month: str
    sha256: str
    corrects: int | None


@dataclass(frozen=True, kw_only=True)
class ConsultationOpened(Fact):
    """A draft policy can be commented on."""

    name: ClassVar[str] = "governance.consultation.opened"
    sentence: ClassVar = N_("Consultation on policy %(policy)s opened")
    draft_id: int
    policy: str
    ends_at: str


@dataclass(frozen=True, kw_only=True)
class CommentSubmitted(Fact):
    """A stakeholder said something on a draft policy."""

    name: ClassVar[str] = "governance.comment.submitted"
    sentence: ClassVar = N_("Comment on a draft policy submitted")
    draft_id: int
    comment_id: int


@dataclass(frozen=True, kw_only=True)
class CommentAnswered(Fact):
    """A comment has its public answer."""

    name: ClassVar[str] = "governance.comment.answered"
    sentence: ClassVar = N_("Comment on a draft policy answered")
    draft_id: int
    comment_id: int


@dataclass(frozen=True, kw_only=True)
class DraftWithdrawn(Fact):
    """A draft policy will not come."""

    name: ClassVar[str] = "governance.draft.withdrawn"
    sentence: ClassVar = N_("Draft policy %(policy)s withdrawn")
    draft_id: int
    policy: str


@dataclass(frozen=True, kw_only=True)
class StakeholderRegistered(Fact):
    """An organisation outside takes part."""

    name: ClassVar[str] = "governance.stakeholder.registered"
    sentence: ClassVar = N_("Stakeholder registered")
    stakeholder_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class AgreementSigned(Fact):
    """Something was agreed with a stakeholder."""

    name: ClassVar[str] = "governance.agreement.signed"
    sentence: ClassVar = N_("Agreement with a stakeholder signed")
    agreement_id: int
    stakeholder_id: int


@dataclass(frozen=True, kw_only=True)
class MeetingHeld(Fact):
    """Stakeholders met; the minutes are on record."""

    name: ClassVar[str] = "governance.meeting.held"
    sentence: ClassVar = N_("Meeting with stakeholders recorded")
    meeting_id: int


@dataclass(frozen=True, kw_only=True)
class ActionItemOpened(Fact):
    """Somebody has promised something by a day."""

    name: ClassVar[str] = "governance.action_item.opened"
    sentence: ClassVar = N_("Action item opened")
    item_id: int
    due_on: str


@dataclass(frozen=True, kw_only=True)
class ActionItemCompleted(Fact):
    """What was promised is done."""

    name: ClassVar[str] = "governance.action_item.completed"
    sentence: ClassVar = N_("Action item completed")
    item_id: int


@dataclass(frozen=True, kw_only=True)
class FeedImported(Fact):
    """A list from outside was taken in, with its source and date."""

    name: ClassVar[str] = "governance.feed.imported"
    sentence: ClassVar = SentenceByCode(
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
    """A person asked for what is held about them, or for its erasure."""

    name: ClassVar[str] = "governance.subject_request.received"
    sentence: ClassVar = SentenceByCode(
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
    """A request could not be met; ``reason`` is a code."""

    name: ClassVar[str] = "governance.subject_request.refused"
    sentence: ClassVar = N_("Request about personal data refused")
    request_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class SubjectDataExported(Fact):
    """A person was handed what is held about them."""

    name: ClassVar[str] = "governance.subject_data.exported"
    sentence: ClassVar = N_("Personal data handed to the person")
    request_id: int
    rows: int


@dataclass(frozen=True, kw_only=True)
class SubjectErased(Fact):
    """A person was erased; ``remaining`` counts the places that still name them, which the request lists."""

    name: ClassVar[str] = "governance.subject_data.erased"
    sentence: ClassVar = N_("Person's data erased")
    request_id: int
    rows: int
    remaining: int


@dataclass(frozen=True, kw_only=True)
class TextErased(Fact):
    """A text of a hash-chained row went as a whole because it named somebody; the chain holds without it."""

    name: ClassVar[str] = "governance.text.erased"
    sentence: ClassVar = N_("Text that named a person erased")
    model: str
    row_id: int
    field: str


@dataclass(frozen=True, kw_only=True)
class ExpiredDataErased(Fact):
    """The days of a class of personal data were over for these rows, and they were blanked or deleted."""

    name: ClassVar[str] = "governance.expired_data.erased"
    sentence: ClassVar = N_("Personal data past its retention period erased")
    retention_class: str
    model: str
    rows: int
