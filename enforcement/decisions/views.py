"""The second look: decisions of high impact, and emergencies that took effect before anybody else saw them."""

from functools import partial

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from enforcement.decisions.actions.annulments import annul_decision
from enforcement.decisions.actions.approvals import approve_decision, withdraw_decision
from enforcement.decisions.forms import ReasonsForm
from enforcement.decisions.queries.approvals import approval_for, approvals_of, awaiting_review
from klean.core.access.models import Role
from klean.core.web.attempts import submit
from klean.core.web.paging import page_of
from klean.core.web.permissions import actor_of, role_required, user_of

is_second = role_required(Role.PENALTIES, Role.SENIOR)


@require_GET
@is_second
def approvals(request: HttpRequest) -> HttpResponse:
    return _show(request)


@require_POST
@is_second
def agreements(request: HttpRequest, decision_id: int) -> HttpResponseBase:
    decision = approval_for(user_of(request), decision_id)
    return submit(
        request,
        Form(request.POST),
        lambda at, actor: approve_decision(decision, at=at, actor=actor),
        show=partial(_show, request),
        form_name="refusal",
        then=redirect("enforcement:approvals"),
    )


@require_POST
@is_second
def refusals(request: HttpRequest, decision_id: int) -> HttpResponseBase:
    """No: a decision that waits goes back to the desk, an emergency is annulled."""
    decision = approval_for(user_of(request), decision_id)
    form = ReasonsForm(request.POST)

    refuse = withdraw_decision if decision.is_pending else annul_decision
    return submit(
        request,
        form,
        lambda at, actor: refuse(decision, reasons=form.cleaned_data["reasons"], at=at, actor=actor),
        show=partial(_show, request),
        then=redirect("enforcement:approvals"),
    )


def _show(
    request: HttpRequest,
    *,
    status: int = 200,
    refusal: Form | None = None,
    form: ReasonsForm | None = None,
) -> HttpResponse:
    page = page_of(approvals_of(), order=("decided_at", "id"), after=request.GET.get("after", ""))
    context = {
        "page": page,
        "emergencies": awaiting_review(),
        "me": str(actor_of(request)),
        "refusal": refusal,
        "form": form or ReasonsForm(),
    }
    return render(request, "enforcement/approvals.html", context, status=status)
