"""What a POST answers: done, refused or invalid."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from klean.core.events.actors import Actor
from klean.core.rows.locks import lock_name
from klean.core.rows.refusals import Refused
from klean.core.web.models import IdempotentAnswer
from klean.core.web.permissions import actor_of

Made = TypeVar("Made")
Show = Callable[..., HttpResponseBase]


def submit(
    request: HttpRequest,
    form: BaseForm,
    action: Callable[[datetime, Actor], Made],
    *,
    show: Show,
    then: HttpResponseBase | Callable[[Made], HttpResponseBase],
    form_name: str = "form",
    message: str = "",
    is_once: bool = False,
    actor: Actor | None = None,
) -> HttpResponseBase:
    """The last two moves of a view, *do* and *show*, after it got its row and parsed its form.

    ::

        @require_POST
        @role_required(Role.LEGAL)
        def holds(request: HttpRequest, matter_id: int) -> HttpResponseBase:
            matter, form = matter_for(matter_id), HoldForm(request.POST)  # get, parse
            return submit(
                request,
                form,
                lambda at, actor: place_hold(matter, form.cleaned_data["reason"], at=at, actor=actor),
                show=partial(_show, request, matter),
                form_name="hold_form",
                then=redirect("legal:matter", matter.pk),
                message=_("The legal hold is placed."),
            )

    ``show(status=…, **{form_name: form})`` answers a GET (200), a form that is invalid (422) and an action that was
    refused (409, its words on the form); ``form_page`` makes one from a template. When it is done the message is kept
    for the next page and ``then`` answers, which may be a function of what the action made; HTMX gets
    ``show(status=201)`` instead, with fresh forms. With ``is_once`` a form sent again under its ``Idempotency-Key``
    is done once: then ``then`` must be an answer, as nothing is made the second time. ``actor`` acts where nobody
    need be logged in.
    """
    if request.method != "POST":
        return show(status=200, **{form_name: form})
    made: list[Made] = []

    def act() -> None:
        made.append(action(timezone.now(), actor or actor_of(request)))

    status = attempt_once(request, form, act) if is_once else attempt(form, act)
    if status != 201:
        return show(status=status, **{form_name: form})
    if request.headers.get("HX-Request"):
        return show(status=201)
    if message:
        messages.success(request, message)
    return then if isinstance(then, HttpResponseBase) else then(made[0])


def submit_button(
    request: HttpRequest,
    action: Callable[[datetime, Actor], object],
    *,
    then: HttpResponseBase,
    message: str = "",
) -> HttpResponseBase:
    """``submit`` without a form: ``then`` answers, done or refused, and the next page shows the message or why not."""
    try:
        action(timezone.now(), actor_of(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        if message:
            messages.success(request, message)
    return then


def form_page(request: HttpRequest, template: str, **context: Any) -> Callable[..., HttpResponse]:
    """A ``show`` for ``submit``: the template with this context and the form."""

    def show(*, status: int = 200, **forms: Any) -> HttpResponse:
        return render(request, template, {**context, **forms}, status=status)

    return show


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
