"""The second look: decisions of high impact, and emergencies that took effect before anybody else saw them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from enforcement.decisions.actions.annulments import annul_decision
from enforcement.decisions.actions.approvals import approve_decision, withdraw_decision
from enforcement.decisions.forms import ReasonsForm
from enforcement.decisions.queries.approvals import approval_for, approvals_of, awaiting_review
from klean.core.access.models import Role
from klean.core.rows.refusals import Refused
from klean.core.web.attempts import attempt
from klean.core.web.paging import page_of
from klean.core.web.permissions import actor_of, role_required, user_of

is_second = role_required(Role.PENALTIES, Role.SENIOR)


@require_GET
@is_second
def approvals(request: HttpRequest) -> HttpResponse:
    return _show(request)


@require_POST
@is_second
def agreements(request: HttpRequest, decision_id: int) -> HttpResponse:
    decision = approval_for(user_of(request), decision_id)
    try:
        approve_decision(decision, at=timezone.now(), actor=actor_of(request))
    except Refused as refusal:
        return _show(request, status=409, refusal=str(refusal))
    return redirect("enforcement:approvals")


@require_POST
@is_second
def refusals(request: HttpRequest, decision_id: int) -> HttpResponse:
    """No: a decision that waits goes back to the desk, an emergency is annulled."""
    decision = approval_for(user_of(request), decision_id)
    form = ReasonsForm(request.POST)

    def refuse() -> None:
        action = withdraw_decision if decision.is_pending else annul_decision
        action(decision, reasons=form.cleaned_data["reasons"], at=timezone.now(), actor=actor_of(request))

    status = attempt(form, refuse)
    return redirect("enforcement:approvals") if status == 201 else _show(request, status=status, form=form)


def _show(
    request: HttpRequest, *, status: int = 200, refusal: str = "", form: ReasonsForm | None = None
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
