"""What happened to refund claims: ids and codes only, never who claimed."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import N_, Fact, SentenceByCode


@dataclass(frozen=True, kw_only=True)
class AboutClaim(Fact):
    claim_id: int
    listing: str
    listing_id: int
    seller: str
    seller_id: int
    order: str
    amount: int | None


@dataclass(frozen=True, kw_only=True)
class ClaimOpened(AboutClaim):
    """A buyer claimed a refund; ``amount`` is not known yet."""

    name: ClassVar[str] = "refunds.claim.opened"
    sentence: ClassVar[str] = N_("Refund claim opened")


@dataclass(frozen=True, kw_only=True)
class ClaimFoundIneligible(AboutClaim):
    """A refund claim was found ineligible; ``reason`` is a code."""

    name: ClassVar[str] = "refunds.claim.found_ineligible"
    sentence: ClassVar[str] = N_("Refund claim found not to be covered")
    reason: str


@dataclass(frozen=True, kw_only=True)
class ClaimApproved(AboutClaim):
    """A refund claim was approved, before any verdict on the goods."""

    name: ClassVar[str] = "refunds.claim.approved"
    sentence: ClassVar[str] = N_("Refund claim approved")


@dataclass(frozen=True, kw_only=True)
class ClaimHeldForReview(AboutClaim):
    """A refund claim was held for a person to review; ``score_parts`` are codes of what raised its abuse score."""

    name: ClassVar[str] = "refunds.claim.held_for_review"
    sentence: ClassVar[str] = N_("Refund claim held for a person to review")
    score: int
    score_parts: list[str]


@dataclass(frozen=True, kw_only=True)
class ClaimDeclined(AboutClaim):
    """A person declined a refund claim."""

    name: ClassVar[str] = "refunds.claim.declined"
    sentence: ClassVar[str] = N_("Refund claim declined")


@dataclass(frozen=True, kw_only=True)
class ClaimRefunded(AboutClaim):
    """A buyer was refunded."""

    name: ClassVar[str] = "refunds.claim.refunded"
    sentence: ClassVar[str] = N_("A buyer was refunded")


@dataclass(frozen=True, kw_only=True)
class ClaimReviewRequested(AboutClaim):
    """A buyer asked for another person to review a declined claim."""

    name: ClassVar[str] = "refunds.claim_review.requested"
    sentence: ClassVar[str] = N_("Review of a declined refund claim requested")


@dataclass(frozen=True, kw_only=True)
class ClaimReviewDecided(AboutClaim):
    """The review of a declined claim was decided: ``outcome`` says whether the refusal stands."""

    name: ClassVar[str] = "refunds.claim_review.decided"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "outcome",
        {
            "UPHELD": N_("Refusal of a refund claim upheld after review"),
            "OVERTURNED": N_("Refund claim approved after review"),
        },
        otherwise=N_("Review of a refund claim decided"),
    )
    outcome: str


@dataclass(frozen=True, kw_only=True)
class ParcelStateChanged(AboutClaim):
    """The return of the goods of a refunded claim moved to ``state``."""

    name: ClassVar[str] = "refunds.parcel.state_changed"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "state",
        {
            "RETURN_REQUESTED": N_("Buyer asked to return the item"),
            "IN_TRANSIT": N_("Returned parcel on its way"),
            "RECEIVED": N_("Returned parcel received"),
            "NOT_RETURNED": N_("Item not returned in time"),
            "NOT_EXAMINED": N_("Returned parcel kept without examination"),
            "AUTHENTICATION": N_("Examination of a returned parcel started"),
        },
        otherwise=N_("Returned parcel updated"),
    )
    state: str


@dataclass(frozen=True, kw_only=True)
class ParcelExamined(AboutClaim):
    """A returned parcel was examined."""

    name: ClassVar[str] = "refunds.parcel.examined"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "finding",
        {
            "COUNTERFEIT": N_("A returned parcel was found counterfeit"),
            "GENUINE": N_("A returned parcel was found genuine"),
            "INCONCLUSIVE": N_("The examination of a returned parcel was inconclusive"),
        },
        otherwise=N_("A returned parcel was examined"),
    )
    finding: str
