"""What happened to the money of refund claims."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.facts import Fact
from reports.facts.claims import AboutClaim


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
class RefundsReconciled(Fact):
    """A day's refunds were compared with the payment side's."""

    name: ClassVar[str] = "reports.refunds.reconciled"
    day: str
    our_won: int
    their_won: int
    differences: int
