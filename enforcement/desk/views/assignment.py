"""A case of one's own: assigned, extended, released, handed over, escalated, and notes on it."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from enforcement.cases.actions.assignments import (
    assign_case,
    escalate_case,
    extend_assignment,
    hand_over_case,
    release_case,
)
from enforcement.cases.actions.notes import add_note
from enforcement.cases.models import Case, CaseAssignment
from enforcement.cases.queries.cases import case_for, colleagues_of
from enforcement.desk.forms import EscalationForm, ExtensionForm, HandOverForm, NoteForm, ReleaseForm
from enforcement.desk.views.screen import address_of, filter_of, go_on, on_the_desk, show_desk
from klean.core.web.attempts import attempt
from klean.core.web.permissions import actor_of, user_of


@require_POST
@on_the_desk
def assignments(request: HttpRequest, case_id: int) -> HttpResponse:
    return _act(
        request,
        case_id,
        Form(request.POST),
        lambda case: assign_case(case, user_of(request), at=timezone.now(), actor=actor_of(request)),
    )


@require_POST
@on_the_desk
def releases(request: HttpRequest, case_id: int) -> HttpResponse:
    """Release a case, or skip it and see the next."""
    form = ReleaseForm(request.POST)

    def release(case: Case) -> None:
        ending = CaseAssignment.Ending(form.cleaned_data["ending"])
        release_case(case, ending, at=timezone.now(), actor=actor_of(request))

    is_skipped = request.POST.get("ending") == CaseAssignment.Ending.SKIPPED
    return _act(request, case_id, form, release, goes_on=is_skipped)


@require_POST
@on_the_desk
def extensions(request: HttpRequest, case_id: int) -> HttpResponse:
    """Keep the case past the lease, and go on with the next."""
    form, at = ExtensionForm(request.POST), timezone.now()
    return _act(
        request,
        case_id,
        form,
        lambda case: extend_assignment(
            case, form.until(at), form.cleaned_data["text"], at=at, actor=actor_of(request)
        ),
        goes_on=True,
        form_name="extension_form",
    )


@require_POST
@on_the_desk
def hand_overs(request: HttpRequest, case_id: int) -> HttpResponse:
    form = HandOverForm(request.POST, colleagues=colleagues_of(user_of(request)))
    return _act(
        request,
        case_id,
        form,
        lambda case: hand_over_case(
            case, form.cleaned_data["to"], at=timezone.now(), actor=actor_of(request)
        ),
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
        lambda case: escalate_case(
            case, form.cleaned_data["text"], at=timezone.now(), actor=actor_of(request)
        ),
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
        lambda case: add_note(case, form.cleaned_data["text"], at=timezone.now(), actor=actor_of(request)),
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
        return show_desk(request, case, status=status, **{form_name: form})
    if goes_on:
        return go_on(request)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(address_of("enforcement:case", filter_of(request), case.pk))
    return show_desk(request, case_for(user_of(request), case_id), status=status)
