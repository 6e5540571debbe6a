"""The round in which a seller answers a notice."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import N_, Fact


@dataclass(frozen=True, kw_only=True)
class AboutCounterNotice(Fact):
    notice_id: int
    counter_id: int
    listing: str
    listing_id: int
    seller: str
    seller_id: int


@dataclass(frozen=True, kw_only=True)
class CounterNoticeRequested(AboutCounterNotice):
    """A seller was asked to answer a notice about one listing."""

    name: ClassVar[str] = "reports.counter_notice.requested"
    sentence: ClassVar[str] = N_("Seller asked to respond to a notice")


@dataclass(frozen=True, kw_only=True)
class CounterNoticeSubmitted(AboutCounterNotice):
    """A seller answered a notice, with documents."""

    name: ClassVar[str] = "reports.counter_notice.submitted"
    sentence: ClassVar[str] = N_("The seller responded to a notice")


@dataclass(frozen=True, kw_only=True)
class CounterNoticeAccepted(AboutCounterNotice):
    """The notifier accepted the seller's answer, or did not object in time."""

    name: ClassVar[str] = "reports.counter_notice.accepted"
    sentence: ClassVar[str] = N_("The rights holder accepted the seller's response")


@dataclass(frozen=True, kw_only=True)
class CounterNoticeRejected(AboutCounterNotice):
    """The notifier rejected the seller's answer; the protection team decides."""

    name: ClassVar[str] = "reports.counter_notice.rejected"
    sentence: ClassVar[str] = N_("The rights holder rejected the seller's response")


@dataclass(frozen=True, kw_only=True)
class CounterNoticeForfeited(AboutCounterNotice):
    """A seller did not answer a notice in time."""

    name: ClassVar[str] = "reports.counter_notice.forfeited"
    sentence: ClassVar[str] = N_("The seller did not respond to a notice")
