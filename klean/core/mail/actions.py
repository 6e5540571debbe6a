"""Mails are rows first: written with the fact that they tell of, sent after, once."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from klean.core.mail.models import Mail
from klean.core.operations.due_work import put_off, take_due
from klean.core.operations.wake import wake

LEASE = timedelta(minutes=2)


def write_mail(
    *, key: str, to: str, language: str, template: str, context: dict[str, Any], at: datetime
) -> None:
    """Queue ``templates/<template>`` (first line: subject) for one reader; the same key again changes nothing."""
    write_mails([Mail(key=key, to=to, language=language, template=template, context=context, due_at=at)])


def write_mails(mails: Collection[Mail]) -> None:
    """``write_mail`` for many, in one statement."""
    Mail.objects.bulk_create(mails, ignore_conflicts=True)
    wake("klean.core.mail.tasks.send_mails")


def render_mail(mail: Mail) -> tuple[str, str]:
    with translation.override(mail.language):
        subject, _, body = render_to_string(mail.template, mail.context).strip().partition("\n")
    return subject.strip(), body.strip()


def send_due_mails(*, at: datetime, limit: int = 50) -> int:
    taken = take_due(Mail, at=at, lease=LEASE, limit=limit)
    for mail in taken:
        try:
            subject, body = render_mail(mail)
            EmailMessage(subject, body, to=[mail.to]).send()
        except Exception as error:  # noqa: BLE001  whatever a mail server says is a reason to try later
            put_off(mail, repr(error), at=at)
        else:
            Mail.objects.filter(pk=mail.pk).update(sent_at=at, due_at=None)
    return len(taken)
