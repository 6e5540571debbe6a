"""What happened to the money of refund claims."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import Fact
from refunds.facts.claims import AboutClaim


@dataclass(frozen=True, kw_only=True)
class AboutPayment(Fact):
    claim_id: int
    payment_id: int
    order: str
    amount: int


@dataclass(frozen=True, kw_only=True)
class RefundPaid(AboutPayment):
    """The marketplace's payment side confirmed the refund."""

    name: ClassVar[str] = "refunds.refund.paid"


@dataclass(frozen=True, kw_only=True)
class RefundFailed(AboutPayment):
    """The payment side refused for good; a person must look."""

    name: ClassVar[str] = "refunds.refund.failed"


@dataclass(frozen=True, kw_only=True)
class RefundRetried(AboutPayment):
    """A person sent a refused refund again, under the same key."""

    name: ClassVar[str] = "refunds.refund.retried"


@dataclass(frozen=True, kw_only=True)
class RefundRecovered(AboutClaim):
    """The refund was charged to the seller of a confirmed fake."""

    name: ClassVar[str] = "refunds.refund.recovered"


@dataclass(frozen=True, kw_only=True)
class RecoveryReleased(AboutClaim):
    """The charge to the seller was taken back."""

    name: ClassVar[str] = "refunds.refund.released"


@dataclass(frozen=True, kw_only=True)
class RefundsReconciled(Fact):
    """A day's refunds were compared with the payment side's."""

    name: ClassVar[str] = "refunds.day.reconciled"
    day: str
    our_won: int
    their_won: int
    differences: int
