"""The round in which a seller answers a notice."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import Fact


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
