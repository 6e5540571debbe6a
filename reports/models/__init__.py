from reports.models.claims import RefundClaim, RefundPayment
from reports.models.counters import CounterDocument, CounterNotice
from reports.models.ledger import LedgerEntry, Posting, Recovery
from reports.models.notices import Notice, NoticeItem
from reports.models.portal import NoticeDraft, WatchItem
from reports.models.reconciliation import Difference, Reconciliation
from reports.models.references import new_reference
from reports.models.reporters import MisuseMeasure, ReporterTier
from reports.models.returns import ClaimAppeal, ReturnParcel
from reports.models.watch import BuyerWarning, ClaimWatch

__all__ = [
    "BuyerWarning",
    "ClaimAppeal",
    "ClaimWatch",
    "CounterDocument",
    "CounterNotice",
    "Difference",
    "LedgerEntry",
    "MisuseMeasure",
    "Notice",
    "NoticeDraft",
    "NoticeItem",
    "Posting",
    "Reconciliation",
    "Recovery",
    "RefundClaim",
    "RefundPayment",
    "ReporterTier",
    "ReturnParcel",
    "WatchItem",
    "new_reference",
]
