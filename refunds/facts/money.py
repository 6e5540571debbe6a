"""What happened to the money of refund claims."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import N_, Fact
from refunds.facts.claims import AboutClaim


@dataclass(frozen=True, kw_only=True)
class AboutPayment(Fact):
    claim_id: int
    payment_id: int
    order: str
    amount: int


@dataclass(frozen=True, kw_only=True)
class RefundPaid(AboutPayment):
    """The payment service confirmed that a refund was paid."""

    name: ClassVar[str] = "refunds.refund.paid"
    sentence: ClassVar[str] = N_("Refund paid")


@dataclass(frozen=True, kw_only=True)
class RefundFailed(AboutPayment):
    """The payment service refused a refund for good; a person has to act."""

    name: ClassVar[str] = "refunds.refund.failed"
    sentence: ClassVar[str] = N_("Refund rejected by the payment provider")


@dataclass(frozen=True, kw_only=True)
class RefundRetried(AboutPayment):
    """A person retried a refused refund, under the same key."""

    name: ClassVar[str] = "refunds.refund.retried"
    sentence: ClassVar[str] = N_("Refund sent again")


@dataclass(frozen=True, kw_only=True)
class RefundRecovered(AboutClaim):
    """A refund was charged to the seller of a confirmed counterfeit."""

    name: ClassVar[str] = "refunds.refund.recovered"
    sentence: ClassVar[str] = N_("Refund charged to the seller")


@dataclass(frozen=True, kw_only=True)
class RecoveryReversed(AboutClaim):
    """The charge of a refund to the seller was reversed."""

    name: ClassVar[str] = "refunds.recovery.reversed"
    sentence: ClassVar[str] = N_("Charge to the seller reversed")


@dataclass(frozen=True, kw_only=True)
class RefundsReconciled(Fact):
    """The refunds of a day were compared with those of the payment service."""

    name: ClassVar[str] = "refunds.day.reconciled"
    sentence: ClassVar[str] = N_("Refunds of %(day)s reconciled")
    day: str
    our_won: int
    their_won: int
    differences: int
