from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm, Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klean.core.doors import actor_of, attempt, role_required, user_of
from klean.core.models import Role
from klean.core.paging import page_of
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
    form, status = RequestForm(request.POST or None, request.FILES or None), 200
    if request.method == "POST":
        status = attempt(
            form,
            lambda: receive_request(
                form.cleaned_data["case"], form.asked(), at=timezone.now(), actor=actor_of(request)
            ),
        )
        if status == 201:
            messages.success(request, _("Recorded."))
            return redirect("legal:requests")
    return render(request, "legal/new_request.html", {"form": form}, status=status)


@require_GET
@role_required(*READERS)
def authority_request(request: HttpRequest, request_id: int) -> HttpResponse:
    return _show(request, request_for(request_id))


def _step(
    request: HttpRequest, request_id: int, form: BaseForm, action: Callable[[], Any], name: str
) -> HttpResponseBase:
    status = attempt(form, action)
    if status == 201:
        messages.success(request, _("Recorded."))
        return redirect("legal:request", request_id)
    return _show(request, request_for(request_id), status=status, **{name: form})


@require_POST
@role_required(Role.LEGAL)
def verifications(request: HttpRequest, request_id: int) -> HttpResponseBase:
    found, form = request_for(request_id), VerifyForm(request.POST)
    action = lambda: verify_request(found, form.cleaned_data["how"], actor=actor_of(request))  # noqa: E731
    return _step(request, request_id, form, action, "verify_form")


@require_POST
@role_required(Role.LEGAL)
def scopes(request: HttpRequest, request_id: int) -> HttpResponseBase:
    found, form = request_for(request_id), ScopeForm(request.POST)
    action = lambda: scope_request(found, **form.cleaned_data, actor=actor_of(request))  # noqa: E731
    return _step(request, request_id, form, action, "scope_form")


@require_POST
@role_required(*READERS)
def request_approvals(request: HttpRequest, request_id: int, side: str) -> HttpResponseBase:
    found, form, chosen = request_for(request_id), Form(request.POST), Approval.Side(side.upper())
    if not user_of(request).has_role(SIDES[chosen]):
        return _show(request, found, status=403)
    action = lambda: approve_request(found, chosen, at=timezone.now(), actor=actor_of(request))  # noqa: E731
    return _step(request, request_id, form, action, "approve_form")


@require_POST
@role_required(Role.LEGAL)
def refusals(request: HttpRequest, request_id: int) -> HttpResponseBase:
    found, form = request_for(request_id), ReasonForm(request.POST)
    action = lambda: refuse_request(  # noqa: E731
        found, form.cleaned_data["reasons"], at=timezone.now(), actor=actor_of(request)
    )
    return _step(request, request_id, form, action, "refuse_form")


@require_POST
@role_required(Role.LEGAL)
def log_entries(request: HttpRequest, request_id: int) -> HttpResponseBase:
    found, form = request_for(request_id), Form(request.POST)
    return _step(request, request_id, form, lambda: log_request(found, actor=actor_of(request)), "log_form")


@require_POST
@never_cache
@role_required(Role.LEGAL)
def disclosures(request: HttpRequest, request_id: int) -> HttpResponseBase:
    """The data itself, once, as the answer; Klean keeps its hash alone."""
    found = request_for(request_id)
    form, made = DiscloseForm(request.POST, request=found), []
    status = attempt(
        form,
        lambda: made.append(disclose(found, **form.cleaned_data, at=timezone.now(), actor=actor_of(request))),
    )
    if status != 201:
        return _show(request, found, status=status, disclose_form=form)
    answer = HttpResponse(made[0], content_type="application/json")
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
