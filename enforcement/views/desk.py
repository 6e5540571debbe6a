"""The moderation desk: the queue on the left, the case in the middle, the decision on the right."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.forms import BaseForm, Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from enforcement.actions import (
    add_note,
    claim_case,
    escalate_case,
    hand_over_case,
    issue_decision,
    release_case,
)
from enforcement.forms import DecisionForm, EscalationForm, HandOverForm, NoteForm, ReleaseForm
from enforcement.models import Case, CaseClaim, Decision, Source
from enforcement.queries.cases import (
    VIEWS,
    QueueFilter,
    case_for,
    colleagues_of,
    next_case,
    queue_counts,
    queue_page,
)
from enforcement.queries.evidence import CasePage, case_page
from klean.core.doors import actor_of, attempt, role_required, user_of
from klean.core.models import Role, User

Severity = Decision.Severity
on_the_desk = role_required(Role.MODERATOR, Role.SENIOR)


@require_GET
@on_the_desk
def desk(request: HttpRequest) -> HttpResponse:
    """The queue, with its most urgent free case open."""
    case = next_case(user_of(request), _filter(request), at=timezone.now())
    return _show(request, case)


@require_GET
@on_the_desk
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    return _show(request, case_for(user_of(request), case_id))


@require_POST
@on_the_desk
def decisions(request: HttpRequest, case_id: int) -> HttpResponse:
    case = case_for(user_of(request), case_id)
    form = DecisionForm(request.POST)
    at = timezone.now()
    status = attempt(form, lambda: issue_decision(case, form.ruling(), at=at, actor=actor_of(request)))
    return _go_on(request) if status == 201 else _show(request, case, status=status, decision_form=form)


@require_POST
@on_the_desk
def claims(request: HttpRequest, case_id: int) -> HttpResponse:
    return _act(
        request,
        case_id,
        Form(request.POST),
        lambda case: claim_case(case, user_of(request), at=timezone.now()),
    )


@require_POST
@on_the_desk
def releases(request: HttpRequest, case_id: int) -> HttpResponse:
    """Let go of a case, or skip it and see the next."""
    form = ReleaseForm(request.POST)

    def release(case: Case) -> None:
        release_case(case, user_of(request), CaseClaim.Ending(form.cleaned_data["how"]), at=timezone.now())

    is_skipped = request.POST.get("how") == CaseClaim.Ending.SKIPPED
    return _act(request, case_id, form, release, goes_on=is_skipped)


@require_POST
@on_the_desk
def hand_overs(request: HttpRequest, case_id: int) -> HttpResponse:
    user = user_of(request)
    form = HandOverForm(request.POST, colleagues=colleagues_of(user))
    return _act(
        request,
        case_id,
        form,
        lambda case: hand_over_case(case, user, form.cleaned_data["to"], at=timezone.now()),
        goes_on=True,
        form_name="hand_over_form",
    )


@require_POST
@on_the_desk
def escalations(request: HttpRequest, case_id: int) -> HttpResponse:
    form = EscalationForm(request.POST)
    return _act(
        request,
        case_id,
        form,
        lambda case: escalate_case(case, user_of(request), form.cleaned_data["text"], at=timezone.now()),
        goes_on=True,
        form_name="escalation_form",
    )


@require_POST
@on_the_desk
def notes(request: HttpRequest, case_id: int) -> HttpResponse:
    form = NoteForm(request.POST)
    return _act(
        request,
        case_id,
        form,
        lambda case: add_note(case, user_of(request), form.cleaned_data["text"], at=timezone.now()),
        form_name="note_form",
    )


def _act(
    request: HttpRequest,
    case_id: int,
    form: BaseForm,
    action: Callable[[Case], Any],
    *,
    goes_on: bool = False,
    form_name: str = "refusal_form",
) -> HttpResponse:
    case = case_for(user_of(request), case_id)
    status = attempt(form, lambda: action(case))
    if status != 201:
        return _show(request, case, status=status, **{form_name: form})
    if goes_on:
        return _go_on(request)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(_address("enforcement:case", _filter(request), case.pk))
    return _show(request, case_for(user_of(request), case_id), status=status)


def _go_on(request: HttpRequest) -> HttpResponse:
    """The next case of the same queue: at once over htmx, by a redirect without."""
    wanted = _filter(request)
    if not request.htmx:  # type: ignore[attr-defined]
        return HttpResponseRedirect(_address("enforcement:desk", wanted))
    case = next_case(user_of(request), wanted, at=timezone.now())
    response = _show(request, case, status=201)
    response["HX-Push-Url"] = (
        _address("enforcement:case", wanted, case.pk) if case else _address("enforcement:desk", wanted)
    )
    return response


def _filter(request: HttpRequest) -> QueueFilter:
    """The queue that the page was opened with; forms carry it in their address."""
    return QueueFilter.from_query(request.GET)


def _address(name: str, wanted: QueueFilter, *args: int) -> str:
    return f"{reverse(name, args=args)}{query_of(wanted)}"


def query_of(wanted: QueueFilter) -> str:
    told = {"view": wanted.view if wanted.view != "all" else "", "source": wanted.source, "q": wanted.text}
    kept = urlencode({name: value for name, value in told.items() if value})
    return f"?{kept}" if kept else ""


def _show(request: HttpRequest, case: Case | None, *, status: int = 200, **forms: BaseForm) -> HttpResponse:
    user, at, wanted = user_of(request), timezone.now(), _filter(request)
    queue = queue_page(user, wanted, after=request.GET.get("after", ""), at=at)
    page = case_page(case, at=at) if case else None
    initial = {"reasons": page.suggestion} if page else {}
    context = {
        "queue": queue,
        "wanted": wanted,
        "query": query_of(wanted),
        "now": at,
        "is_senior": user.has_role(Role.SENIOR),
        "saved_filters": _saved_filters(user, wanted, at=at),
        "sources": Source.choices,
        "case": case,
        "page": page,
        "is_mine": case is not None and case.holder(at) == user.pk,
        "is_held_by_other": case is not None and case.holder(at) not in (None, user.pk),
        "neighbours": _neighbours(queue.rows, case),
        "colleagues": colleagues_of(user) if case and case.is_pending else (),
        "choices": _choices(page),
        "decision_form": DecisionForm(initial=initial),
        "note_form": NoteForm(auto_id="note_%s"),
        "escalation_form": EscalationForm(auto_id="escalation_%s"),
        **forms,
        "refusals": [
            forms[name] for name in ("refusal_form", "hand_over_form", "escalation_form") if name in forms
        ],
    }
    template = "enforcement/_desk.html" if request.htmx else "enforcement/desk.html"  # type: ignore[attr-defined]
    return render(request, template, context, status=status)


def _saved_filters(user: User, wanted: QueueFilter, *, at: datetime) -> list[dict[str, Any]]:
    counts = queue_counts(user, at=at)
    return [
        {
            "label": words,
            "href": f"{reverse('enforcement:desk')}{query_of(replace(wanted, view=view))}",
            "is_current": view == wanted.view,
            "count": counts.get(view),
        }
        for view, words in VIEWS.items()
    ]


def _choices(page: CasePage | None) -> list[tuple[str, Any, str]]:
    """The buttons that decide, each with what would follow."""
    follows = page.consequences if page else {}
    return [
        (code, words, follows.get(code, ""))
        for code, words in DecisionForm.CHOICES
        if code in follows or code not in (Severity.SERIOUS, Severity.GENERAL, Severity.EXTREME)
    ]


def _neighbours(rows: list[Case], case: Case | None) -> tuple[Case | None, Case | None]:
    """The rows before and after the open case on this page of the queue."""
    place = next((place for place, row in enumerate(rows) if case and row.pk == case.pk), None)
    if place is None:
        return None, rows[0] if rows else None
    return rows[place - 1] if place else None, rows[place + 1] if place + 1 < len(rows) else None
