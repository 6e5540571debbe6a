"""The desk as a screen: the queue on the left, the case in the middle, the decision on the right."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext

from enforcement.appeals.queries.appeals import appeals_in_case
from enforcement.cases.models import Case, Source
from enforcement.cases.queries.cases import DESK_ROLES, colleagues_of
from enforcement.decisions.forms import DecisionForm
from enforcement.decisions.models import Decision
from enforcement.decisions.queries.case_pages import CasePage, case_page
from enforcement.decisions.queries.grants import grant_for
from enforcement.decisions.queries.undo import undoable_of
from enforcement.decisions.rules.policy import Grant
from enforcement.desk.forms import EscalationForm, ExtensionForm, NoteForm
from enforcement.desk.models import Macro, SavedView
from enforcement.desk.queries.quality import is_golden
from enforcement.desk.queries.queue import (
    COUNT_LIMIT,
    STATES,
    VIEWS,
    QueueFilter,
    next_case,
    query_of,
    queue_counts,
    queue_health,
    queue_page,
)
from enforcement.sanctions.rules.severities import COUNTED_SEVERITIES, KIND_OF
from klean.core.access.models import Role, User
from klean.core.events.actors import person
from klean.core.policy.queries import policy_at
from klean.core.web.permissions import role_required, user_of

USUAL_CHOICES = 5
MAX_MACROS = 9  # as many as there are digits to press
PREFETCHED_SECONDS = 60
LEADS = (Role.SENIOR, Role.PENALTIES)
REFUSING = ("refusal_form", "hand_over_form", "escalation_form", "extension_form")
on_the_desk = role_required(*DESK_ROLES)
reads_cases = role_required(*DESK_ROLES, Role.PENALTIES)


def is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 19


def open_case(number: str) -> Case | None:
    """The case that a page has open, by what it says of it."""
    return (
        Case.objects.select_related("assigned_to").filter(pk=int(number)).first()
        if is_number(number)
        else None
    )


def go_on(request: HttpRequest) -> HttpResponse:
    """The next case of the same queue: at once over htmx, by a redirect without."""
    wanted = filter_of(request)
    if not request.htmx:  # type: ignore[attr-defined]
        return HttpResponseRedirect(address_of("enforcement:desk", wanted))
    case = next_case(user_of(request), wanted, at=timezone.now())
    response = show_queue(request, case, wanted, {}, status=201)
    response["HX-Push-Url"] = (
        address_of("enforcement:case", wanted, case.pk) if case else address_of("enforcement:desk", wanted)
    )
    return response


def filter_of(request: HttpRequest) -> QueueFilter:
    """The queue that the page was opened with; forms carry it in their address."""
    grant = grant_for(user_of(request), policy_at(timezone.now()))
    return replace(QueueFilter.from_query(request.GET), grant=grant)


def address_of(name: str, wanted: QueueFilter, *args: int) -> str:
    return f"{reverse(name, args=args)}{query_of(wanted)}"


def show_desk(
    request: HttpRequest, case: Case | None, *, status: int = 200, **forms: BaseForm
) -> HttpResponse:
    return show_queue(request, case, filter_of(request), forms, status=status)


def show_queue(
    request: HttpRequest,
    case: Case | None,
    wanted: QueueFilter,
    forms: Mapping[str, BaseForm],
    *,
    status: int = 200,
) -> HttpResponse:
    """The desk with this queue, and the forms that were refused in the place of fresh ones."""
    user, at = user_of(request), timezone.now()
    page = case_page(case, at=at) if case else None
    choices = _choices(page, wanted.grant)
    context = {
        **queue_context(user, wanted, case, after=request.GET.get("after", ""), at=at),
        **case_context(user, case, page),
        "with_text": f"{address_of('enforcement:case', wanted, case.pk)}{'&' if wanted.parameters else '?'}"
        if case
        else "",
        "undoable": undoable_of(user, at=at),
        "is_mine": case is not None and case.assignee(at) == user.pk,
        "is_held_by_other": case is not None and case.assignee(at) not in (None, user.pk),
        "colleagues": colleagues_of(user) if case and case.is_pending else (),
        "choices": [row for row in choices if row[0] <= USUAL_CHOICES],
        "more_choices": [row for row in choices if row[0] > USUAL_CHOICES],
        "macros": Macro.objects.all()[:MAX_MACROS],
        "decision_form": DecisionForm(initial=_initial(page, request.GET.get("macro", ""))),
        "note_form": NoteForm(auto_id="note_%s"),
        "escalation_form": EscalationForm(auto_id="escalation_%s"),
        "extension_form": ExtensionForm(auto_id="extension_%s"),
        **forms,
        "refusals": [forms[name] for name in REFUSING if name in forms],
    }
    context["decision_form"].keep_to(wanted.grant.orders, emergencies=wanted.grant.emergencies)
    context["neighbours"] = _neighbours(context["queue"].rows, case)
    template = "enforcement/_desk.html" if request.htmx else "enforcement/desk.html"  # type: ignore[attr-defined]
    response = render(request, template, context, status=status)
    if request.headers.get("X-Purpose") == "prefetch":
        response["Cache-Control"] = f"private, max-age={PREFETCHED_SECONDS}"
    patch_vary_headers(response, ["HX-Request"])
    return response


def case_context(user: User, case: Case | None, page: CasePage | None) -> dict[str, Any]:
    """What a case shows to whoever reads it."""
    decision = page.decision if page else None
    return {
        "case": case,
        "page": page,
        "appeals": appeals_in_case(decision.case) if decision else [],
        "is_golden": decision is not None and is_golden(decision),
        "leads": user.has_role(*LEADS),
        "me": str(person(user.pk)),
    }


def show_case(request: HttpRequest, case: Case) -> HttpResponse:
    """The case to read, for a second person who does not work the desk."""
    page = case_page(case, at=timezone.now())
    return render(request, "enforcement/case.html", case_context(user_of(request), case, page))


def queue_context(
    user: User, wanted: QueueFilter, case: Case | None, *, after: str, at: datetime
) -> dict[str, Any]:
    """What the queue at the left shows."""
    return {
        "queue": queue_page(user, wanted, after=after, at=at),
        "case": case,
        "seen_as": seen_as(case, at=at),
        "wanted": wanted,
        "query": query_of(wanted),
        "now": at,
        "is_senior": user.has_role(Role.SENIOR),
        "view_links": _view_links(user, wanted, at=at),
        "saved_views": SavedView.objects.filter(user=user),
        "health": queue_health(at=at),
        "sources": Source.choices,
        "states": STATES.items(),
    }


def seen_as(case: Case | None, *, at: datetime) -> str:
    """State and holder, by which a page can tell later whether the case has moved on."""
    return f"{case.state}.{case.assignee(at) or ''}" if case else ""


def news_of(case: Case | None, user: User, was: str, *, at: datetime) -> str:
    """What has become of the open case since a page saw it; ``""`` for nothing."""
    if case is None or not was or was == seen_as(case, at=at):
        return ""
    if case.state != was.partition(".")[0]:
        return gettext("The state of this case has changed: %(state)s.") % {"state": case.get_state_display()}
    is_taken = case.assignee(at) not in (None, user.pk)
    return gettext("%(who)s is working on this case.") % {"who": case.assigned_to} if is_taken else ""


def _initial(page: CasePage | None, macro: str) -> dict[str, str]:
    """What to begin with: a chosen text of the team, else what the signals or a forged document say."""
    chosen = Macro.objects.filter(pk=int(macro)).first() if is_number(macro) else None
    if chosen is not None:
        return {"reasons": chosen.reasons} | ({"ground": chosen.ground} if chosen.ground else {})
    if page is None:
        return {}
    is_forged = page.case.source == Source.FORGERY
    return {"reasons": page.suggestion} | ({"ground": Decision.Ground.FORGED_DOCUMENT} if is_forged else {})


def _view_links(user: User, wanted: QueueFilter, *, at: datetime) -> list[dict[str, Any]]:
    counts = queue_counts(user, wanted.grant, at=at)
    return [
        {
            "label": words,
            "href": f"{reverse('enforcement:desk')}{query_of(replace(wanted, view=view))}",
            "is_current": view == wanted.view,
            "count": _count(counts.get(view)),
        }
        for view, words in VIEWS.items()
    ]


def _count(count: int | None) -> str | int | None:
    return f"{COUNT_LIMIT}+" if count == COUNT_LIMIT else count


def _choices(page: CasePage | None, grant: Grant) -> list[tuple[int, str, Any, str, str]]:
    """The buttons that decide, each with its digit, what would follow, and what is asked before; only what the person may decide here."""
    if page is None or page.case.source not in grant.queues:
        return []
    follows = page.consequences
    return [
        (digit, code, words, follows.get(code, ""), _question(code))
        for digit, (code, words) in enumerate(DecisionForm.CHOICES, start=1)
        if code in grant.decides and (code in follows or code not in COUNTED_SEVERITIES)
    ]


def _question(code: str) -> str:
    """What the desk asks before this decision is made, or ""."""
    kind = KIND_OF.get(code)
    return gettext(kind.confirmation) if kind and kind.confirmation else ""


def _neighbours(rows: list[Case], case: Case | None) -> tuple[Case | None, Case | None]:
    """The rows before and after the open case on this page of the queue."""
    place = next((place for place, row in enumerate(rows) if case and row.pk == case.pk), None)
    if place is None:
        return None, rows[0] if rows else None
    return rows[place - 1] if place else None, rows[place + 1] if place + 1 < len(rows) else None
