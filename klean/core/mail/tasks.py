"""Sending what is due, until nothing is."""

from celery import shared_task

from klean.core.mail.deliveries import send_due_mails
from klean.core.operations.due_work import until_quiet


@shared_task
def send_mails() -> None:
    until_quiet(send_due_mails)
