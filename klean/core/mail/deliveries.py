"""Mails are rows first: written with the fact that they tell of, sent after, once."""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import partial
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from klean.core.mail.models import Mail
from klean.core.operations.due_work import NotYet, work_off
from klean.core.operations.wake import wake

TIMEOUT = timedelta(seconds=12)  # EMAIL_TIMEOUT, and rendering


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
    """Send what is due; a mail server that is away is waited for, an address that it refuses is given up in days."""
    return work_off(Mail, partial(_send, at=at), at=at, batch=limit, timeout=TIMEOUT)


def _send(mail: Mail, *, at: datetime) -> None:
    subject, body = render_mail(mail)
    try:
        EmailMessage(subject, body, to=[mail.to]).send()
    except (SMTPRecipientsRefused, SMTPDataError):
        raise
    except OSError as error:
        raise NotYet(repr(error)) from error
    Mail.objects.filter(pk=mail.pk).update(sent_at=at, due_at=None)
