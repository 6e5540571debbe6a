"""The moderation desk: the queue, one case, its decision, and undo."""

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from enforcement.cases.queries.cases import DESK_ROLES, case_for
from enforcement.decisions.actions.approvals import withdraw_decision
from enforcement.decisions.actions.decisions import issue_decision
from enforcement.decisions.forms import DecisionForm
from enforcement.decisions.queries.undo import own_decision
from enforcement.desk.queries.queue import next_case
from enforcement.desk.views.screen import (
    address_of,
    filter_of,
    go_on,
    news_of,
    on_the_desk,
    open_case,
    queue_context,
    reads_cases,
    show_case,
    show_desk,
    show_queue,
)
from klean.core.web.attempts import attempt
from klean.core.web.permissions import actor_of, user_of


@require_GET
@on_the_desk
def desk(request: HttpRequest) -> HttpResponse:
    """The queue, with its most urgent free case open."""
    wanted = filter_of(request)
    return show_queue(request, next_case(user_of(request), wanted, at=timezone.now()), wanted, {})


@require_GET
@reads_cases
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    user = user_of(request)
    show = show_desk if user.has_role(*DESK_ROLES) else show_case
    return show(request, case_for(user, case_id))


@require_POST
@on_the_desk
def decisions(request: HttpRequest, case_id: int) -> HttpResponse:
    case = case_for(user_of(request), case_id)
    form = DecisionForm(request.POST)
    at = timezone.now()
    status = attempt(
        form,
        lambda: issue_decision(
            case, form.ruling(), effective_at=form.effective_at(at), at=at, actor=actor_of(request)
        ),
    )
    return go_on(request) if status == 201 else show_desk(request, case, status=status, decision_form=form)


@require_POST
@on_the_desk
def withdrawals(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Undo: the case comes back as it was."""
    decision = own_decision(user_of(request), decision_id)
    form = Form(request.POST)
    status = attempt(
        form,
        lambda: withdraw_decision(
            decision, reasons=gettext("Undone at the desk."), at=timezone.now(), actor=actor_of(request)
        ),
    )
    case = case_for(user_of(request), decision.case_id)
    if status == 201 and not request.htmx:  # type: ignore[attr-defined]
        return redirect(address_of("enforcement:case", filter_of(request), case.pk))
    extra = {} if status == 201 else {"refusal_form": form}
    response = show_desk(request, case, status=status, **extra)
    response["HX-Push-Url"] = address_of("enforcement:case", filter_of(request), case.pk)
    return response


@require_GET
@on_the_desk
def queue(request: HttpRequest) -> HttpResponse:
    """The queue alone, as it stands now: the page asks for it every few seconds."""
    user, at, wanted = user_of(request), timezone.now(), filter_of(request)
    case = open_case(request.GET.get("open", ""))
    context = queue_context(user, wanted, case, after=request.GET.get("after", ""), at=at)
    context["news"] = news_of(case, user, request.GET.get("was", ""), at=at)
    return render(request, "enforcement/_queue.html", context)
