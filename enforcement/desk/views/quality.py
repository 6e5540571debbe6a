"""Blind second reviews and golden cases: deciding again without seeing what was decided."""

from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from enforcement.decisions.forms import DecisionForm
from enforcement.decisions.queries.approvals import approval_for
from enforcement.decisions.queries.case_pages import case_page
from enforcement.desk.actions.quality import answer_check, close_golden, make_golden
from enforcement.desk.forms import CheckForm
from enforcement.desk.queries.quality import check_for, golden_checks, next_check, overturn_rates, workload
from enforcement.desk.views.screen import on_the_desk
from klean.core.access.models import Role
from klean.core.web.attempts import submit
from klean.core.web.permissions import actor_of, role_required, user_of

leads = role_required(Role.SENIOR, Role.PENALTIES)


@require_GET
@on_the_desk
def checks(request: HttpRequest) -> HttpResponse:
    return _show(request, form=CheckForm())


@require_POST
@on_the_desk
def answers(request: HttpRequest, check_id: int) -> HttpResponseBase:
    check = check_for(user_of(request), check_id)
    form = CheckForm(request.POST)
    return submit(
        request,
        form,
        lambda at, actor: answer_check(check, form.cleaned_data["choice"], at=at, actor=actor),
        show=partial(_show, request),
        then=redirect("enforcement:checks"),
    )


def _show(request: HttpRequest, *, form: CheckForm, status: int = 200) -> HttpResponse:
    check = next_check(user_of(request))
    case = check.decision.case if check else None
    page = case_page(case, at=timezone.now()) if case else None
    if page:
        page.decision, page.history, page.moments, page.notices = None, [], [], []
    context = {"check": check, "case": case, "page": page, "form": form, "choices": DecisionForm.CHOICES}
    return render(request, "enforcement/checks.html", context, status=status)


@require_POST
@leads
def goldens(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Everybody answers this case from now on."""
    decision = approval_for(user_of(request), decision_id)
    make_golden(decision, at=timezone.now(), actor=actor_of(request))
    return redirect("enforcement:quality")


@require_POST
@leads
def closings(request: HttpRequest, check_id: int) -> HttpResponse:
    close_golden(check_for(user_of(request), check_id), at=timezone.now(), actor=actor_of(request))
    return redirect("enforcement:quality")


@require_GET
@leads
def quality(request: HttpRequest) -> HttpResponse:
    """Overturn rates by rule and by reviewer, agreement of second looks, workload and clocks."""
    at = timezone.now()
    context = {
        "rates": overturn_rates(at=at),
        "golden": golden_checks(),
        "workload": workload(at=at),
    }
    return render(request, "enforcement/quality.html", context)
