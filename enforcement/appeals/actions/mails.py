"""News of an appeal, by mail."""

from datetime import datetime

from django.conf import settings

from enforcement.appeals.models import Appeal
from enforcement.decisions.actions.statements import notify_seller
from klean.core.mail.deliveries import write_mail
from klean.core.rows.texts import as_written


def notify_appellant(appeal: Appeal, template: str, *, text: str, at: datetime, once_more: str = "") -> None:
    """News of an appeal to whoever filed it: the people of the shop, or the reporter alone."""
    key = f"appeal-{appeal.pk}-{template.removesuffix('.txt')}{once_more}"
    notice = appeal.notice
    if notice is None:
        notify_seller(appeal.decision, key, template, texts=as_written(text), at=at)
    elif notice.address:
        url = f"{settings.KLEAN_URL}/appeals/{notice.reference}"
        write_mail(
            key=key,
            to=notice.address,
            language=notice.language,
            template=f"mail/enforcement/{template}",
            context={"decision_id": appeal.decision_id, "text": text, "url": url},
            at=at,
        )
