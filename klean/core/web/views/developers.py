"""The marketplace's own engineers: keys for their machines, and addresses that receive events."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from klean.core.access.actions import issue_key, revoke_key
from klean.core.access.models import ApiKey, Organisation, Role, User
from klean.core.access.scopes import scopes_open_to
from klean.core.web.attempts import attempt
from klean.core.web.permissions import actor_of, role_required, user_of
from klean.core.webhooks.actions import disable_endpoint, enable_endpoint
from klean.core.webhooks.models import WebhookDelivery, WebhookEndpoint
from klean.core.webhooks.queries import receives_all_events

MAX_DELIVERIES = 50  # shown of each list


class KeyForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=100, help_text=gettext_lazy("What will use the key.")
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("May"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [(scope, scope) for scope in scopes_open_to(organisation)]  # type: ignore[attr-defined]


class EndpointForm(forms.Form):
    url = forms.URLField(label=gettext_lazy("Address"), max_length=500, assume_scheme="https")
    names = forms.CharField(
        label=gettext_lazy("Events"),
        max_length=1000,
        help_text=gettext_lazy("Names of events, separated by spaces; a name may end in *."),
    )


def _own(user: User) -> Organisation:
    """The organisation that this engineer works for."""
    return get_object_or_404(Organisation, pk__in=user.organisation_ids(Role.ENGINEER)[:1])


@require_GET
@role_required(Role.ENGINEER)
def overview(request: HttpRequest) -> HttpResponse:
    return _show(request)


@require_POST
@role_required(Role.ENGINEER)
def keys(request: HttpRequest) -> HttpResponse:
    organisation = _own(user_of(request))
    form, shown = KeyForm(request.POST, organisation=organisation), []

    def issue() -> None:
        _key, token = issue_key(organisation, **form.cleaned_data, at=timezone.now(), actor=actor_of(request))
        shown.append(token)

    status = attempt(form, issue)
    if status == 201:
        return _show(request, status=status, token=shown[0])
    return _show(request, status=status, key_form=form)


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
    status = attempt(
        form,
        lambda: enable_endpoint(
            organisation,
            form.cleaned_data["url"],
            form.cleaned_data["names"].split(),
            at=timezone.now(),
            actor=actor_of(request),
        ),
    )
    if status == 201:
        messages.success(request, _("The address will be told."))
        return redirect("core:developers")
    return _show(request, status=status, endpoint_form=form)


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
