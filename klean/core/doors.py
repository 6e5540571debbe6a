"""What every page's door shares: who may pass, and what an attempt answers."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from klean.core.actors import Actor, person
from klean.core.holding import hold_name
from klean.core.models.people import IdempotentAnswer, User
from klean.core.refusals import Refused

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]


def role_required(*roles: str) -> Callable[[View[Rest]], View[Rest]]:
    """Only people with one of these roles pass; others log in first or get 403."""

    def guard(view: View[Rest]) -> View[Rest]:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
            if not user_of(request).has_role(*roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


def user_of(request: HttpRequest) -> User:
    """The person who is logged in, for doors that have let nobody else pass."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def actor_of(request: HttpRequest) -> Actor:
    return person(user_of(request).pk)


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
        hold_name(f"idempotency {client} {key}")
        if IdempotentAnswer.objects.filter(client=client, key=key).exists():
            return 201
        status = attempt(form, action)
        if status == 201:
            IdempotentAnswer.objects.create(
                client=client, key=key, fingerprint="", status=status, body={}, created_at=timezone.now()
            )
    return status
