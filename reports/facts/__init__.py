"""What happened here: ids and codes only, never who reported or who claimed."""

from reports.facts.alarms import (
    BuyersWarned,
    ClaimsAlarmed,
)
from reports.facts.claims import (
    AboutClaim,
    ClaimAppealDecided,
    ClaimAppealed,
    ClaimApproved,
    ClaimDeclined,
    ClaimHeld,
    ClaimIneligible,
    ClaimOpened,
    ClaimRefunded,
    ParcelExamined,
    ParcelMoved,
)
from reports.facts.counters import (
    AboutCounter,
    CounterAccepted,
    CounterAnswered,
    CounterForfeited,
    CounterInvited,
    CounterRejected,
)
from reports.facts.money import (
    AboutPayment,
    RecoveryReleased,
    RefundFailed,
    RefundPaid,
    RefundRecovered,
    RefundRetried,
    RefundsReconciled,
)
from reports.facts.notices import (
    AboutItem,
    NoticeAdmitted,
    NoticeAnswered,
    NoticeCorrected,
    NoticeFiled,
    NoticeRefused,
    NoticeWithdrawn,
)
from reports.facts.reporters import (
    MisuseMeasured,
    TierChanged,
)
from reports.facts.watchlist import (
    ListingWatched,
)

__all__ = [
    "AboutClaim",
    "AboutCounter",
    "AboutItem",
    "AboutPayment",
    "BuyersWarned",
    "ClaimAppealDecided",
    "ClaimAppealed",
    "ClaimApproved",
    "ClaimDeclined",
    "ClaimHeld",
    "ClaimIneligible",
    "ClaimOpened",
    "ClaimRefunded",
    "ClaimsAlarmed",
    "CounterAccepted",
    "CounterAnswered",
    "CounterForfeited",
    "CounterInvited",
    "CounterRejected",
    "ListingWatched",
    "MisuseMeasured",
    "NoticeAdmitted",
    "NoticeAnswered",
    "NoticeCorrected",
    "NoticeFiled",
    "NoticeRefused",
    "NoticeWithdrawn",
    "ParcelExamined",
    "ParcelMoved",
    "RecoveryReleased",
    "RefundFailed",
    "RefundPaid",
    "RefundRecovered",
    "RefundRetried",
    "RefundsReconciled",
    "TierChanged",
]
