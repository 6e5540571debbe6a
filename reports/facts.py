"""What happened to notices and refund claims: ids and codes only, never who reported or who claimed."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.facts import Fact


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
    """A buyer asked for money back; the amount is not known yet."""

    name: ClassVar[str] = "reports.claim.opened"


@dataclass(frozen=True, kw_only=True)
class ClaimIneligible(AboutClaim):
    """The order does not allow the claim."""

    name: ClassVar[str] = "reports.claim.ineligible"
    because: str


@dataclass(frozen=True, kw_only=True)
class ClaimApproved(AboutClaim):
    """The refund is promised, before any verdict on the goods."""

    name: ClassVar[str] = "reports.claim.approved"


@dataclass(frozen=True, kw_only=True)
class ClaimHeld(AboutClaim):
    """The abuse score keeps the claim for a person."""

    name: ClassVar[str] = "reports.claim.held"
    score: int
    parts: list[str]


@dataclass(frozen=True, kw_only=True)
class ClaimDeclined(AboutClaim):
    """A person declined the claim, with reasons."""

    name: ClassVar[str] = "reports.claim.declined"


@dataclass(frozen=True, kw_only=True)
class ClaimRefunded(AboutClaim):
    """The buyer has the money back."""

    name: ClassVar[str] = "reports.claim.refunded"


@dataclass(frozen=True, kw_only=True)
class AboutPayment(Fact):
    claim_id: int
    payment_id: int
    order: str
    amount: int


@dataclass(frozen=True, kw_only=True)
class RefundPaid(AboutPayment):
    """The marketplace's payment side confirmed the refund."""

    name: ClassVar[str] = "reports.refund.paid"


@dataclass(frozen=True, kw_only=True)
class RefundFailed(AboutPayment):
    """The payment side refused for good; a person must look."""

    name: ClassVar[str] = "reports.refund.failed"


@dataclass(frozen=True, kw_only=True)
class RefundRetried(AboutPayment):
    """A person sent a refused refund again, under the same key."""

    name: ClassVar[str] = "reports.refund.retried"


@dataclass(frozen=True, kw_only=True)
class RefundRecovered(AboutClaim):
    """The refund was charged to the seller of a confirmed fake."""

    name: ClassVar[str] = "reports.refund.recovered"


@dataclass(frozen=True, kw_only=True)
class RecoveryReleased(AboutClaim):
    """The charge to the seller was taken back."""

    name: ClassVar[str] = "reports.refund.released"


@dataclass(frozen=True, kw_only=True)
class ClaimAppealed(AboutClaim):
    """A buyer who was refused asked another person to look again."""

    name: ClassVar[str] = "reports.claim_appeal.filed"


@dataclass(frozen=True, kw_only=True)
class ClaimAppealDecided(AboutClaim):
    """Another person left the refusal as it was, or approved the claim after all."""

    name: ClassVar[str] = "reports.claim_appeal.decided"
    outcome: str


@dataclass(frozen=True, kw_only=True)
class ParcelMoved(AboutClaim):
    """The goods of a refunded claim are asked for, on their way, here, or overdue."""

    name: ClassVar[str] = "reports.parcel.moved"
    state: str


@dataclass(frozen=True, kw_only=True)
class ParcelExamined(AboutClaim):
    """The goods were examined."""

    name: ClassVar[str] = "reports.parcel.examined"
    finding: str


@dataclass(frozen=True, kw_only=True)
class ClaimsAlarmed(Fact):
    """More buyers claimed on a listing, or on a whole shop, than an honest one would see."""

    name: ClassVar[str] = "reports.claims.alarmed"
    listing: str
    listing_id: int | None
    seller: str
    seller_id: int
    claims: int
    expected: float
    evidence: float


@dataclass(frozen=True, kw_only=True)
class BuyersWarned(Fact):
    """The marketplace told past buyers of a listing that it is a fake, or that it is none."""

    name: ClassVar[str] = "reports.buyers.warned"
    listing: str
    listing_id: int
    kind: str
    buyers: int


@dataclass(frozen=True, kw_only=True)
class RefundsReconciled(Fact):
    """A day's refunds were compared with the payment side's."""

    name: ClassVar[str] = "reports.refunds.reconciled"
    day: str
    our_won: int
    their_won: int
    differences: int


@dataclass(frozen=True, kw_only=True)
class AboutCounter(Fact):
    notice_id: int
    counter_id: int
    listing: str
    listing_id: int
    seller: str
    seller_id: int


@dataclass(frozen=True, kw_only=True)
class CounterInvited(AboutCounter):
    """A seller was asked to answer a notice on one listing."""

    name: ClassVar[str] = "reports.counter_notice.invited"


@dataclass(frozen=True, kw_only=True)
class CounterAnswered(AboutCounter):
    """The seller answered, with the documents of a ground."""

    name: ClassVar[str] = "reports.counter_notice.answered"


@dataclass(frozen=True, kw_only=True)
class CounterAccepted(AboutCounter):
    """The notifier accepted the seller's answer, or kept silent."""

    name: ClassVar[str] = "reports.counter_notice.accepted"


@dataclass(frozen=True, kw_only=True)
class CounterRejected(AboutCounter):
    """The notifier maintains the notice; the protection team rules."""

    name: ClassVar[str] = "reports.counter_notice.rejected"


@dataclass(frozen=True, kw_only=True)
class CounterForfeited(AboutCounter):
    """The seller did not answer in time."""

    name: ClassVar[str] = "reports.counter_notice.forfeited"


@dataclass(frozen=True, kw_only=True)
class TierChanged(Fact):
    """A reporter's tier followed their record."""

    name: ClassVar[str] = "reports.tier.changed"
    tier_id: int
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class MisuseMeasured(Fact):
    """A reporter was warned, restricted or suspended, or that was lifted."""

    name: ClassVar[str] = "reports.misuse.measured"
    measure_id: int
    rung: str
    is_lifted: bool
