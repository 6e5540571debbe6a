"""Money as the desk reads it: refused payments, what sellers owe, days compared."""

from django.db.models import Sum

from klean.core.web.paging import Page, page_of
from refunds.models.claims import RefundPayment
from refunds.models.ledger import LedgerEntry
from refunds.models.reconciliation import Reconciliation
from sellers.models import Seller


def failed_payments(*, limit: int = 50) -> list[RefundPayment]:
    """What the payment side refused and a person must look at."""
    failed = RefundPayment.objects.filter(state=RefundPayment.State.FAILED)
    return list(failed.select_related("claim__listing", "claim__seller").order_by("pk")[:limit])


def owed_by(seller: Seller) -> int:
    """What the seller owes for refunds on confirmed fakes, in won."""
    total: int | None = LedgerEntry.objects.filter(seller=seller).aggregate(total=Sum("amount"))["total"]
    return -(total or 0)


def page_of_reconciliations(after: str, *, size: int = 31) -> Page[Reconciliation]:
    rows = Reconciliation.objects.prefetch_related("differences__payment__claim")
    return page_of(rows, order=("-id",), after=after, size=size)
