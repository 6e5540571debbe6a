"""What notifiers are written about their notices; the status page says the same to whoever gave no address."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from klean.core.mail.deliveries import write_mails
from klean.core.mail.models import Mail
from reports.models.notices import Notice, NoticeItem

MAX_LISTINGS_NAMED = 30


def mail_notifiers(
    answered: Iterable[tuple[Notice, list[NoticeItem]]], news: str, *, at: datetime, once_more: str = ""
) -> None:
    """One mail a notice for each kind of news, on these of its items; ``once_more`` sets a further one apart."""
    write_mails([_mail(notice, items, news, once_more, at) for notice, items in answered if notice.address])


def _mail(notice: Notice, items: list[NoticeItem], news: str, once_more: str, at: datetime) -> Mail:
    context = {
        "reference": notice.reference,
        "link": f"{settings.KLEAN_URL}/report/{notice.reference}",
        "listings": [
            {"id": item.listing.external_id, "title": item.listing.title, "outcome": item.outcome}
            for item in items[:MAX_LISTINGS_NAMED]
        ],
        "more": max(0, len(items) - MAX_LISTINGS_NAMED),
        "because": notice.inadmissible_because,
    }
    return Mail(
        key=f"notice:{notice.pk}:{news}{once_more}",
        to=notice.address,
        language=notice.language,
        template=f"mail/reports/notice_{news}.txt",
        context=context,
        due_at=at,
    )
