"""Hearing appeals."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from enforcement.actions import assign_appeal, overturn_appeal, uphold_appeal
from enforcement.forms import AppealOutcomeForm
from enforcement.models import Appeal
from enforcement.queries.appeals import appeal_for, appeal_page, appeals_of, had_a_part
from klean.core.doors import actor_of, attempt, role_required, user_of
from klean.core.models import Role
from klean.core.paging import page_of
from klean.core.refusals import Refused

hears_appeals = role_required(Role.SENIOR)
sees_appeals = role_required(Role.SENIOR, Role.PENALTIES)


@require_GET
@sees_appeals
def appeals(request: HttpRequest) -> HttpResponse:
    view = request.GET.get("view", "open")
    rows = appeals_of(user_of(request), view)
    order = ("answer_by", "id") if view != "closed" else ("-id",)
    page = page_of(rows, order=order, after=request.GET.get("after", ""))
    return render(request, "enforcement/appeals.html", {"page": page, "view": view, "at": timezone.now()})


@require_GET
@sees_appeals
def appeal(request: HttpRequest, appeal_id: int) -> HttpResponse:
    return _show(request, appeal_for(user_of(request), appeal_id))


@require_POST
@hears_appeals
def assignments(request: HttpRequest, appeal_id: int) -> HttpResponse:
    """Take the appeal oneself."""
    user = user_of(request)
    appeal = appeal_for(user, appeal_id)
    try:
        assign_appeal(appeal, user, at=timezone.now(), actor=actor_of(request))
    except Refused as refusal:
        return _show(request, appeal, status=409, refusal=str(refusal))
    return redirect("enforcement:appeal", appeal_id)


@require_POST
@hears_appeals
def outcomes(request: HttpRequest, appeal_id: int) -> HttpResponse:
    appeal = appeal_for(user_of(request), appeal_id)
    form = AppealOutcomeForm(request.POST)

    def close() -> None:
        is_overturned = form.cleaned_data["outcome"] == Appeal.State.OVERTURNED
        action = overturn_appeal if is_overturned else uphold_appeal
        action(appeal, reasons=form.cleaned_data["reasons"], at=timezone.now(), actor=actor_of(request))

    status = attempt(form, close)
    return (
        redirect("enforcement:appeal", appeal_id)
        if status == 201
        else _show(request, appeal, form, status=status)
    )


def _show(
    request: HttpRequest,
    appeal: Appeal,
    form: AppealOutcomeForm | None = None,
    *,
    status: int = 200,
    refusal: str = "",
) -> HttpResponse:
    user = user_of(request)
    context = {
        "appeal": appeal,
        "page": appeal_page(appeal, at=timezone.now()),
        "form": form or AppealOutcomeForm(),
        "refusal": refusal,
        "may_hear": user.has_role(Role.SENIOR) and not had_a_part(appeal.decision, user),
        "is_mine": appeal.assigned_to_id == user.pk,
    }
    return render(request, "enforcement/appeal.html", context, status=status)
