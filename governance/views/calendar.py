"""The business calendar: its holidays by year, and what two people change between two policies."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from governance.forms.calendar import CalendarChangeForm
from governance.queries.calendar import calendar_page
from klean.core.access.models import Role
from klean.core.events.actors import Actor
from klean.core.policy.actions.calendar import (
    confirm_calendar_change,
    propose_calendar_change,
    withdraw_calendar_change,
)
from klean.core.policy.models import CalendarChange
from klean.core.web.attempts import submit
from klean.core.web.permissions import actor_of, role_required


@require_http_methods(["GET", "POST"])
@role_required(Role.GOVERNANCE)
def calendar(request: HttpRequest) -> HttpResponseBase:
    form = CalendarChangeForm(request.POST or None)
    return submit(
        request,
        form,
        lambda at, actor: propose_calendar_change(
            form.cleaned_data["day"],
            is_holiday=form.is_holiday,
            reason=form.cleaned_data["reason"],
            at=at,
            actor=actor,
        ),
        show=lambda **forms: _show(request, **forms),
        then=redirect("governance:calendar"),
        message=_("Proposed. Somebody else has to confirm it."),
    )


@require_POST
@role_required(Role.GOVERNANCE)
def calendar_confirmations(request: HttpRequest, change_id: int) -> HttpResponseBase:
    change = get_object_or_404(CalendarChange, pk=change_id)
    message = _("Confirmed. Clocks count this day so from now on.")
    return _settle(request, lambda at, actor: confirm_calendar_change(change, at=at, actor=actor), message)


@require_POST
@role_required(Role.GOVERNANCE)
def calendar_withdrawals(request: HttpRequest, change_id: int) -> HttpResponseBase:
    change = get_object_or_404(CalendarChange, pk=change_id)
    message = _("The proposal is withdrawn.")
    return _settle(request, lambda at, actor: withdraw_calendar_change(change, at=at, actor=actor), message)


def _settle(
    request: HttpRequest, action: Callable[[datetime, Actor], CalendarChange], message: str
) -> HttpResponseBase:
    return submit(
        request,
        Form(request.POST),
        action,
        show=lambda **forms: _show(request, **forms),
        form_name="settling",
        then=redirect("governance:calendar"),
        message=message,
    )


def _show(request: HttpRequest, *, status: int = 200, **forms: Any) -> HttpResponse:
    page = calendar_page(actor_of(request), at=timezone.now())
    context = {"page": page, "form": CalendarChangeForm(), **forms}
    return render(request, "governance/calendar.html", context, status=status)
