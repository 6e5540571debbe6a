"""Sending what is due, until nothing is."""

from celery import shared_task

from klean.core.operations.due_work import until_quiet
from klean.core.webhooks.deliveries import send_due_webhooks


@shared_task
def send_webhooks() -> None:
    until_quiet(send_due_webhooks)
