"""Each task wakes, does what is due in batches, and goes back to sleep; the sweep wakes them all by the clock."""

from celery import shared_task

from klean.core.due_work import until_quiet
from klean.core.events import deliver_due_events
from klean.core.mail import send_due_mails
from klean.core.webhooks import send_due_webhooks


@shared_task
def deliver_events() -> None:
    until_quiet(deliver_due_events)


@shared_task
def send_webhooks() -> None:
    until_quiet(send_due_webhooks)


@shared_task
def send_mails() -> None:
    until_quiet(send_due_mails)
