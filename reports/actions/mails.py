"""What notifiers and buyers are told by mail; the status page says the same to whoever gave no address."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from django.conf import settings

from klean.core.mail import write_mail
from reports.models import Notice, NoticeItem, RefundClaim

SHOWN = 30


def tell_notifier(
    notice: Notice, news: str, items: Iterable[NoticeItem], *, at: datetime, once_more: str = ""
) -> None:
    """One mail for each kind of news about a notice; ``once_more`` sets a further one apart."""
    if not notice.address:
        return
    items = list(items)
    shown = [
        {"id": item.listing.external_id, "title": item.listing.title, "outcome": item.outcome}
        for item in islice(items, SHOWN)
    ]
    context = {
        "reference": notice.reference,
        "link": f"{settings.KLEAN_URL}/report/{notice.reference}",
        "listings": shown,
        "more": len(items) - len(shown),
        "because": notice.inadmissible_because,
    }
    write_mail(
        key=f"notice:{notice.pk}:{news}{once_more}",
        to=notice.address,
        language=notice.language,
        template=f"mail/reports/notice_{news}.txt",
        context=context,
        at=at,
    )


def tell_claimant(claim: RefundClaim, news: str, *, at: datetime) -> None:
    """One mail for each state that a claim reaches."""
    if not claim.address:
        return
    context = {
        "reference": claim.reference,
        "link": f"{settings.KLEAN_URL}/refunds/{claim.reference}" if claim.claimant_id else "",
        "order": claim.order,
        "title": claim.listing.title,
        "amount": claim.amount,
        "because": claim.ineligible_because,
        "reasons": claim.decision_reasons,
    }
    write_mail(
        key=f"claim:{claim.pk}:{news}",
        to=claim.address,
        language=claim.language,
        template=f"mail/reports/claim_{news}.txt",
        context=context,
        at=at,
    )
