"""A POST with an ``Idempotency-Key`` is done once."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.utils import timezone
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from klean.core.rows.locks import lock_name
from klean.core.rows.refusals import Refused
from klean.core.web.models import IdempotentAnswer
from klean.core.web.permissions import api_actor

MAX_KEY_LENGTH = 255


Post = Callable[..., Response]


def idempotent(post: Post) -> Post:
    """A POST with an ``Idempotency-Key`` is done once; the same client, key and body is answered alike ever after."""

    @wraps(post)
    def once(view: APIView, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            return post(view, request, *args, **kwargs)
        if len(key) > MAX_KEY_LENGTH:
            raise exceptions.ValidationError({"Idempotency-Key": [f"At most {MAX_KEY_LENGTH} characters."]})
        client = str(api_actor(request))
        fingerprint = hashlib.sha256(f"{request.path}\n".encode() + request._request.body).hexdigest()
        with transaction.atomic():
            lock_name(f"idempotency {client} {key}")
            known = IdempotentAnswer.objects.filter(client=client, key=key).first()
            if known:
                return _replay(known, fingerprint)
            response = post(view, request, *args, **kwargs)
            # As it goes over the wire: the stored copy must answer with the same digits of every time.
            response.data = json.loads(JSONRenderer().render(response.data))
            IdempotentAnswer.objects.create(
                client=client,
                key=key,
                fingerprint=fingerprint,
                status=response.status_code,
                body=response.data,
                created_at=timezone.now(),
            )
        return response

    once.is_idempotent = True  # type: ignore[attr-defined]  # read by the API's description
    return once


def _replay(known: IdempotentAnswer, fingerprint: str) -> Response:
    if known.fingerprint != fingerprint:
        raise Refused("This Idempotency-Key was used for another request.", code="idempotency_key_reused")
    return Response(known.body, status=known.status, headers={"Idempotency-Replayed": "true"})
