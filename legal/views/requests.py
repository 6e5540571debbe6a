from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.forms import BaseForm, Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klean.core.access.models import Role
from klean.core.events.actors import Actor
from klean.core.web.attempts import form_page, submit
from klean.core.web.paging import page_of
from klean.core.web.permissions import role_required, user_of
from legal.actions.requests import (
    approve_request,
    disclose,
    log_request,
    receive_request,
    refuse_request,
    scope_request,
    verify_request,
)
from legal.forms.requests import DiscloseForm, ReasonForm, RequestForm, ScopeForm, VerifyForm
from legal.models import Approval, AuthorityRequest
from legal.queries.requests import all_requests, request_for

# Those who answer for personal data are the governance staff.
SIDES = {Approval.Side.LEGAL: Role.LEGAL, Approval.Side.PRIVACY: Role.GOVERNANCE}
READERS = (Role.LEGAL, Role.GOVERNANCE)


@require_GET
@role_required(*READERS)
def requests(request: HttpRequest) -> HttpResponse:
    page = page_of(all_requests(), order=("-pk",), after=request.GET.get("after", ""))
    return render(request, "legal/requests.html", {"page": page})


@require_http_methods(["GET", "POST"])
@role_required(Role.LEGAL)
def new_request(request: HttpRequest) -> HttpResponseBase:
    form = RequestForm(request.POST or None, request.FILES or None)
    return submit(
        request,
        form,
        lambda at, actor: receive_request(form.cleaned_data["case"], form.asked(), at=at, actor=actor),
        show=form_page(request, "legal/new_request.html"),
        then=redirect("legal:requests"),
        message=_("Recorded."),
    )


@require_GET
@role_required(*READERS)
def authority_request(request: HttpRequest, request_id: int) -> HttpResponse:
    return _show(request, request_for(request_id))


def _change(
    request: HttpRequest,
    found: AuthorityRequest,
    form: BaseForm,
    action: Callable[[datetime, Actor], Any],
    form_name: str,
) -> HttpResponseBase:
    """Do something to the request and come back to its page."""
    show, then = partial(_show, request, found), redirect("legal:request", found.pk)
    return submit(request, form, action, show=show, then=then, form_name=form_name, message=_("Recorded."))


@require_POST
@role_required(Role.LEGAL)
def verifications(request: HttpRequest, request_id: int) -> HttpResponseBase:
    found, form = request_for(request_id), VerifyForm(request.POST)
    return _change(
        request,
        found,
        form,
        lambda at, actor: verify_request(found, form.cleaned_data["how"], at=at, actor=actor),
        "verify_form",
    )


@require_POST
@role_required(Role.LEGAL)
def scopes(request: HttpRequest, request_id: int) -> HttpResponseBase:
    found, form = request_for(request_id), ScopeForm(request.POST)
    return _change(
        request,
        found,
        form,
        lambda at, actor: scope_request(found, **form.cleaned_data, at=at, actor=actor),
        "scope_form",
    )


@require_POST
@role_required(*READERS)
def request_approvals(request: HttpRequest, request_id: int, side: str) -> HttpResponseBase:
    found, form, chosen = request_for(request_id), Form(request.POST), Approval.Side(side.upper())
    if not user_of(request).has_role(SIDES[chosen]):
        return _show(request, found, status=403)
    return _change(
        request,
        found,
        form,
        lambda at, actor: approve_request(found, chosen, at=at, actor=actor),
        "approve_form",
    )


@require_POST
@role_required(Role.LEGAL)
def refusals(request: HttpRequest, request_id: int) -> HttpResponseBase:
    found, form = request_for(request_id), ReasonForm(request.POST)
    return _change(
        request,
        found,
        form,
        lambda at, actor: refuse_request(found, form.cleaned_data["reasons"], at=at, actor=actor),
        "refuse_form",
    )


@require_POST
@role_required(Role.LEGAL)
def log_entries(request: HttpRequest, request_id: int) -> HttpResponseBase:
    found, form = request_for(request_id), Form(request.POST)
    return _change(request, found, form, lambda at, actor: log_request(found, at=at, actor=actor), "log_form")


@require_POST
@never_cache
@role_required(Role.LEGAL)
def disclosures(request: HttpRequest, request_id: int) -> HttpResponseBase:
    """The data itself, once, as the answer; Klean keeps its hash alone."""
    found = request_for(request_id)
    form = DiscloseForm(request.POST, request=found)
    return submit(
        request,
        form,
        lambda at, actor: disclose(found, **form.cleaned_data, at=at, actor=actor),
        show=partial(_show, request, found),
        form_name="disclose_form",
        then=partial(_disclosure, found),
    )


def _disclosure(found: AuthorityRequest, data: bytes) -> HttpResponse:
    answer = HttpResponse(data, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="disclosure-{found.pk}.json"'
    return answer


def _show(
    request: HttpRequest, found: AuthorityRequest, *, status: int = 200, **forms: BaseForm
) -> HttpResponse:
    context = {
        "asked": found,
        "items": [AuthorityRequest.Item(item).label for item in found.items],
        "disclosed": [AuthorityRequest.Item(item).label for item in found.disclosed],
        "approvals": found.approvals.order_by("pk"),
        "is_legal": user_of(request).has_role(Role.LEGAL),
        "is_privacy": user_of(request).has_role(Role.GOVERNANCE),
        "verify_form": VerifyForm(),
        "scope_form": ScopeForm(),
        "refuse_form": ReasonForm(),
        "disclose_form": DiscloseForm(request=found),
        **forms,
    }
    return render(request, "legal/request.html", context, status=status)
