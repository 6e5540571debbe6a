"""The desk as a screen: the queue on the left, the case in the middle, the decision on the right."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from enforcement.forms import DecisionForm, EscalationForm, HoldForm, NoteForm
from enforcement.models import Case, Decision, Macro, SavedView, Source
from enforcement.queries.cases import (
    STATES,
    VIEWS,
    QueueFilter,
    colleagues_of,
    next_case,
    query_of,
    queue_counts,
    queue_health,
    queue_page,
    undoable_of,
)
from enforcement.queries.evidence import CasePage, case_page
from klean.core.doors import role_required, user_of
from klean.core.models import Role, User

Severity = Decision.Severity
MOST_MACROS = 9
PREFETCHED_SECONDS = 10
REFUSING = ("refusal_form", "hand_over_form", "escalation_form", "hold_form")
on_the_desk = role_required(Role.MODERATOR, Role.SENIOR)


def is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 19


def go_on(request: HttpRequest) -> HttpResponse:
    """The next case of the same queue: at once over htmx, by a redirect without."""
    wanted = filter_of(request)
    if not request.htmx:  # type: ignore[attr-defined]
        return HttpResponseRedirect(address_of("enforcement:desk", wanted))
    case = next_case(user_of(request), wanted, at=timezone.now())
    response = show_desk(request, case, status=201)
    response["HX-Push-Url"] = (
        address_of("enforcement:case", wanted, case.pk) if case else address_of("enforcement:desk", wanted)
    )
    return response


def filter_of(request: HttpRequest) -> QueueFilter:
    """The queue that the page was opened with; forms carry it in their address."""
    return QueueFilter.from_query(request.GET)


def address_of(name: str, wanted: QueueFilter, *args: int) -> str:
    return f"{reverse(name, args=args)}{query_of(wanted)}"


def show_desk(
    request: HttpRequest, case: Case | None, *, status: int = 200, **forms: BaseForm
) -> HttpResponse:
    user, at, wanted = user_of(request), timezone.now(), filter_of(request)
    page = case_page(case, at=at) if case else None
    context = {
        **queue_context(user, wanted, after=request.GET.get("after", ""), at=at),
        "case": case,
        "page": page,
        "undoable": undoable_of(user, at=at),
        "is_mine": case is not None and case.holder(at) == user.pk,
        "is_held_by_other": case is not None and case.holder(at) not in (None, user.pk),
        "colleagues": colleagues_of(user) if case and case.is_pending else (),
        "choices": _choices(page),
        "macros": Macro.objects.all()[:MOST_MACROS],
        "decision_form": DecisionForm(initial=_initial(page, request.GET.get("macro", ""))),
        "note_form": NoteForm(auto_id="note_%s"),
        "escalation_form": EscalationForm(auto_id="escalation_%s"),
        "hold_form": HoldForm(auto_id="hold_%s"),
        **forms,
        "refusals": [forms[name] for name in REFUSING if name in forms],
    }
    context["neighbours"] = _neighbours(context["queue"].rows, case)
    template = "enforcement/_desk.html" if request.htmx else "enforcement/desk.html"  # type: ignore[attr-defined]
    response = render(request, template, context, status=status)
    if request.headers.get("X-Purpose") == "prefetch":
        response["Cache-Control"] = f"private, max-age={PREFETCHED_SECONDS}"
    patch_vary_headers(response, ["HX-Request"])
    return response


def queue_context(user: User, wanted: QueueFilter, *, after: str, at: datetime) -> dict[str, Any]:
    """What the queue at the left shows."""
    return {
        "queue": queue_page(user, wanted, after=after, at=at),
        "wanted": wanted,
        "query": query_of(wanted),
        "now": at,
        "is_senior": user.has_role(Role.SENIOR),
        "saved_filters": _saved_filters(user, wanted, at=at),
        "kept_views": SavedView.objects.filter(user=user),
        "health": queue_health(at=at),
        "sources": Source.choices,
        "states": STATES.items(),
    }


def _initial(page: CasePage | None, macro: str) -> dict[str, str]:
    """Reasons to begin with: a chosen text of the team, else what the signals say."""
    chosen = Macro.objects.filter(pk=int(macro)).first() if is_number(macro) else None
    if chosen is not None:
        return {"reasons": chosen.reasons} | ({"ground": chosen.ground} if chosen.ground else {})
    return {"reasons": page.suggestion} if page else {}


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
