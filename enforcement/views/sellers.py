"""The seller's side: what was decided, why, what it costs, and how to object."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from enforcement.actions import file_appeal
from enforcement.forms import AppealForm
from enforcement.models import Decision
from enforcement.queries.penalties import decision_for, decisions_about, standings_of, track_pages
from klean.core.doors import actor_of, attempt, role_required, user_of
from klean.core.models import Role
from klean.core.paging import page_of

sells = role_required(Role.SELLER)


@require_GET
@sells
def decisions(request: HttpRequest) -> HttpResponse:
    user, at = user_of(request), timezone.now()
    page = page_of(decisions_about(user), order=("-id",), after=request.GET.get("after", ""))
    shops = [(standing, track_pages(standing, at=at)) for standing in standings_of(user, at=at)]
    return render(request, "enforcement/seller_decisions.html", {"page": page, "shops": shops})


@require_GET
@sells
def decision(request: HttpRequest, decision_id: int) -> HttpResponse:
    return _show(request, decision_for(user_of(request), decision_id), AppealForm())


@require_POST
@sells
def appeals(request: HttpRequest, decision_id: int) -> HttpResponse:
    decision = decision_for(user_of(request), decision_id)
    form = AppealForm(request.POST)
    status = attempt(
        form,
        lambda: file_appeal(
            decision, grounds=form.cleaned_data["grounds"], at=timezone.now(), actor=actor_of(request)
        ),
    )
    return (
        redirect("enforcement:seller_decision", decision_id)
        if status == 201
        else _show(request, decision, form, status=status)
    )


def _show(request: HttpRequest, decision: Decision, form: AppealForm, *, status: int = 200) -> HttpResponse:
    language = get_language() or "en"
    context = {
        "decision": decision,
        "statements": [(row, row.text(language)) for row in decision.statements.all()],
        "appeal": getattr(decision, "appeal", None),
        "appeal_until": decision.appeal_until,
        "may_appeal": decision.may_be_appealed(timezone.now()),
        "form": form,
    }
    return render(request, "enforcement/seller_decision.html", context, status=status)
