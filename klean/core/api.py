"""What every API call shares: what a caller may, problem+json, and Idempotency-Key."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.utils import timezone
from rest_framework import exceptions
from rest_framework.permissions import BasePermission
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView, exception_handler, set_rollback

from klean.core.actors import Actor, person
from klean.core.holding import hold_name
from klean.core.machines import Machine
from klean.core.models.people import IdempotentAnswer, User
from klean.core.refusals import Refused

MAX_KEY = 255


def allow(*, roles: frozenset[str] | set[str] = frozenset(), scope: str = "") -> type[BasePermission]:
    """People with one of the roles pass, and machines whose key has the scope."""

    class Allowed(BasePermission):
        def has_permission(self, request: Request, view: APIView) -> bool:
            user: Any = request.user
            if isinstance(user, Machine):
                return bool(scope) and scope in user.key.scopes
            return isinstance(user, User) and user.has_role(*roles)

    return Allowed


class ClientThrottle(SimpleRateThrottle):
    """Counts by client, not by address, so that two partners behind one address do not slow each other."""

    scope = "client"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        ident = getattr(request.user, "pk", None) or self.get_ident(request)
        return self.cache_format % {"scope": self.scope, "ident": ident}


def api_actor(request: Request) -> Actor:
    user: Any = request.user
    return Actor("machine", user.key.prefix) if isinstance(user, Machine) else person(user.pk)


Post = Callable[..., Response]


def idempotent(post: Post) -> Post:
    """A POST with an ``Idempotency-Key`` is done once; the same client, key and body is answered alike ever after."""

    @wraps(post)
    def once(view: APIView, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            return post(view, request, *args, **kwargs)
        if len(key) > MAX_KEY:
            raise exceptions.ValidationError({"Idempotency-Key": [f"At most {MAX_KEY} characters."]})
        client = str(api_actor(request))
        fingerprint = hashlib.sha256(f"{request.path}\n".encode() + request._request.body).hexdigest()
        with transaction.atomic():
            hold_name(f"idempotency {client} {key}")
            known = IdempotentAnswer.objects.filter(client=client, key=key).first()
            if known:
                return _again(known, fingerprint)
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

    return once


def _again(known: IdempotentAnswer, fingerprint: str) -> Response:
    if known.fingerprint != fingerprint:
        raise Refused("This Idempotency-Key was used for another request.", code="idempotency_key_reused")
    return Response(known.body, status=known.status, headers={"Idempotency-Replayed": "true"})


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every error as RFC 9457 problem+json, in English, with a stable code."""
    if isinstance(error, Refused):
        return _problem(409, error.code, str(error))
    response = exception_handler(error, context)
    if response is None:
        return None
    set_rollback()
    if isinstance(error, exceptions.ValidationError):
        return _problem(
            422, "invalid", "Some fields are not right.", errors=error.detail, headers=response.headers
        )
    detail = getattr(error, "detail", "") or HTTPStatus(response.status_code).phrase
    code = getattr(error, "default_code", "") or HTTPStatus(response.status_code).phrase.lower().replace(
        " ", "_"
    )
    return _problem(response.status_code, code, str(detail), headers=response.headers)


def _problem(status: int, code: str, detail: str, *, headers: Any = None, **also: Any) -> Response:
    body = {
        "type": f"urn:klean:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        **also,
    }
    return Response(body, status=status, content_type="application/problem+json", headers=dict(headers or {}))
