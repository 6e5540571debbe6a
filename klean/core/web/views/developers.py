"""The marketplace's own engineers: keys for their machines, and addresses that receive events."""

from datetime import datetime
from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from klean.core.access.actions import issue_key, revoke_key
from klean.core.access.models import ApiKey, Organisation, Role, User
from klean.core.events.actors import Actor
from klean.core.web.attempts import submit
from klean.core.web.forms import EndpointForm, KeyForm
from klean.core.web.permissions import actor_of, role_required, user_of
from klean.core.webhooks.actions import disable_endpoint, enable_endpoint
from klean.core.webhooks.models import WebhookDelivery, WebhookEndpoint
from klean.core.webhooks.queries import receives_all_events

MAX_DELIVERIES = 50  # shown of each list


def _own(user: User) -> Organisation:
    """The organisation that this engineer works for."""
    return get_object_or_404(Organisation, pk__in=user.organisation_ids(Role.ENGINEER)[:1])


@require_GET
@role_required(Role.ENGINEER)
def overview(request: HttpRequest) -> HttpResponse:
    return _show(request)


@require_POST
@role_required(Role.ENGINEER)
def keys(request: HttpRequest) -> HttpResponseBase:
    organisation = _own(user_of(request))
    form = KeyForm(request.POST, organisation=organisation)
    return submit(
        request,
        form,
        lambda at, actor: issue_key(organisation, **form.cleaned_data, at=at, actor=actor),
        show=partial(_show, request),
        form_name="key_form",
        then=lambda issued: _show(request, status=201, token=issued[1]),
    )


@require_POST
@role_required(Role.ENGINEER)
def key_revocations(request: HttpRequest, key_id: int) -> HttpResponseBase:
    key = get_object_or_404(ApiKey, pk=key_id, organisation=_own(user_of(request)))
    revoke_key(key, at=timezone.now(), actor=actor_of(request))
    messages.success(request, _("The key no longer opens anything."))
    return redirect("core:developers")


@require_POST
@role_required(Role.ENGINEER)
def endpoints(request: HttpRequest) -> HttpResponseBase:
    form, organisation = EndpointForm(request.POST), _own(user_of(request))

    def enable(at: datetime, actor: Actor) -> None:
        names = form.cleaned_data["names"].split()
        enable_endpoint(organisation, form.cleaned_data["url"], names, at=at, actor=actor)

    return submit(
        request,
        form,
        enable,
        show=partial(_show, request),
        form_name="endpoint_form",
        then=redirect("core:developers"),
        message=_("The address will be told."),
    )


@require_POST
@role_required(Role.ENGINEER)
def endpoint_stops(request: HttpRequest, endpoint_id: int) -> HttpResponseBase:
    endpoint = get_object_or_404(WebhookEndpoint, pk=endpoint_id, organisation=_own(user_of(request)))
    disable_endpoint(endpoint, at=timezone.now(), actor=actor_of(request))
    messages.success(
        request, _("The address is told nothing more. What it misses waits until it is enabled again.")
    )
    return redirect("core:developers")


def _show(request: HttpRequest, *, status: int = 200, token: str = "", **forms_: forms.Form) -> HttpResponse:
    organisation = _own(user_of(request))
    deliveries = WebhookDelivery.objects.filter(endpoint__organisation=organisation).select_related(
        "event", "endpoint"
    )
    context = {
        "keys": ApiKey.live().filter(organisation=organisation).order_by("-pk"),
        "endpoints": organisation.webhook_endpoints.order_by("pk"),
        "waiting": deliveries.filter(delivered_at=None).order_by("pk")[:MAX_DELIVERIES],
        "delivered": deliveries.exclude(delivered_at=None).order_by("-pk")[:MAX_DELIVERIES],
        "token": token,
        "key_form": KeyForm(organisation=organisation),
        "endpoint_form": EndpointForm(
            initial={"names": "enforcement.*" if receives_all_events(organisation) else "*"}
        ),
        **forms_,
    }
    return render(request, "core/developers.html", context, status=status)
