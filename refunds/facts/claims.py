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
    sentence: ClassVar[str] = N_("Refund claim not covered")
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
    sentence: ClassVar[str] = N_("Refund claim held for review")
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
    sentence: ClassVar[str] = N_("Buyer refunded")


@dataclass(frozen=True, kw_only=True)
class ClaimReviewRequested(AboutClaim):
    """A buyer asked for another person to review a declined claim."""

    name: ClassVar[str] = "refunds.claim_review.requested"
    sentence: ClassVar[str] = N_("Appeal against a declined refund claim filed")


@dataclass(frozen=True, kw_only=True)
class ClaimReviewDecided(AboutClaim):
    """The review of a declined claim was decided: ``outcome`` says whether the refusal stands."""

    name: ClassVar[str] = "refunds.claim_review.decided"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "outcome",
        {
            "UPHELD": N_("Refund claim still declined on appeal"),
            "OVERTURNED": N_("Refund claim approved on appeal"),
        },
        otherwise=N_("Appeal on a refund claim decided"),
    )
    outcome: str


@dataclass(frozen=True, kw_only=True)
class ParcelStateChanged(AboutClaim):
    """The return of the goods of a refunded claim moved to ``state``."""

    name: ClassVar[str] = "refunds.parcel.state_changed"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "state",
        {
            "RETURN_REQUESTED": N_("Buyer asked to send in the item"),
            "IN_TRANSIT": N_("Return parcel on its way"),
            "RECEIVED": N_("Return parcel received"),
            "NOT_RETURNED": N_("Item not sent in on time"),
            "NOT_EXAMINED": N_("Return parcel kept without examination"),
            "AUTHENTICATION": N_("Examination of the return parcel started"),
        },
        otherwise=N_("Return parcel updated"),
    )
    state: str


@dataclass(frozen=True, kw_only=True)
class ParcelExamined(AboutClaim):
    """A returned parcel was examined."""

    name: ClassVar[str] = "refunds.parcel.examined"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "finding",
        {
            "COUNTERFEIT": N_("Return parcel found counterfeit"),
            "GENUINE": N_("Return parcel found genuine"),
            "INCONCLUSIVE": N_("Return parcel: examination inconclusive"),
        },
        otherwise=N_("Return parcel examined"),
    )
    finding: str
