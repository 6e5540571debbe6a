"""What a POST answers: done, refused or invalid."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils import timezone

from klean.core.rows.locks import lock_name
from klean.core.rows.refusals import Refused
from klean.core.web.models import IdempotentAnswer
from klean.core.web.permissions import actor_of


def attempt(form: BaseForm, action: Callable[[], Any]) -> int:
    """201 when done, 409 with the refusal's words on the form, 422 when the form itself is invalid."""
    if not form.is_valid():
        return 422
    try:
        action()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return 409
    return 201


def attempt_once(request: HttpRequest, form: BaseForm, action: Callable[[], Any]) -> int:
    """``attempt``; a form that was sent with an ``Idempotency-Key`` and sent again is done once."""
    key = request.headers.get("Idempotency-Key", "")[:255]
    if not key:
        return attempt(form, action)
    client = str(actor_of(request))
    with transaction.atomic():
        lock_name(f"idempotency {client} {key}")
        if IdempotentAnswer.objects.filter(client=client, key=key).exists():
            return 201
        status = attempt(form, action)
        if status == 201:
            IdempotentAnswer.objects.create(
                client=client, key=key, fingerprint="", status=status, body={}, created_at=timezone.now()
            )
    return status
