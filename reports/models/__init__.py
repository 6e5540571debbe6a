from reports.models.claims import RefundClaim, RefundPayment
from reports.models.ledger import LedgerEntry, Posting, Recovery
from reports.models.notices import Notice, NoticeItem
from reports.models.references import new_reference

__all__ = [
    "LedgerEntry",
    "Notice",
    "NoticeItem",
    "Posting",
    "Recovery",
    "RefundClaim",
    "RefundPayment",
    "new_reference",
]
