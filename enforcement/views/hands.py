"""Having a case in hand: claim, hold, let go, hand over, escalate, and notes."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from enforcement.actions.claims import (
    add_note,
    claim_case,
    escalate_case,
    hand_over_case,
    hold_case,
    release_case,
)
from enforcement.forms import EscalationForm, HandOverForm, HoldForm, NoteForm, ReleaseForm
from enforcement.models import Case, CaseClaim
from enforcement.queries.cases import case_for, colleagues_of
from enforcement.views.screen import address_of, filter_of, go_on, on_the_desk, show_desk
from klean.core.doors import attempt, user_of


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
def holds(request: HttpRequest, case_id: int) -> HttpResponse:
    """Keep the case past the lease, and go on with the next."""
    form, at = HoldForm(request.POST), timezone.now()
    return _act(
        request,
        case_id,
        form,
        lambda case: hold_case(case, user_of(request), form.until(at), form.cleaned_data["text"], at=at),
        goes_on=True,
        form_name="hold_form",
    )


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
        return show_desk(request, case, status=status, **{form_name: form})
    if goes_on:
        return go_on(request)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(address_of("enforcement:case", filter_of(request), case.pk))
    return show_desk(request, case_for(user_of(request), case_id), status=status)
