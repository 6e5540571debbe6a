from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.forms import BaseForm, Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klean.core.access.models import Role
from klean.core.events.actors import Actor
from klean.core.web.attempts import form_page, submit
from klean.core.web.permissions import role_required
from mystery_shop.actions.plans import approve_plan, draw_more, draw_plan, make_plan
from mystery_shop.actions.programmes import enter_agreement, open_programme, set_fund
from mystery_shop.actions.purchases import plan_targets
from mystery_shop.forms import AgreementForm, DrawForm, FundForm, MoreForm, ProgrammeForm
from mystery_shop.models import Fund, Programme, SamplingPlan, Stratum
from mystery_shop.queries import money
from mystery_shop.queries.draws import targets_of, waiting_of
from mystery_shop.queries.money import money_of, spent_of
from mystery_shop.queries.prevalence import figures_of
from mystery_shop.queries.purchases import STAFF


@require_GET
@role_required(*STAFF)
def programmes(request: HttpRequest) -> HttpResponse:
    rows = [(programme, money_of(programme)) for programme in money.programmes()[:100]]
    funds = [(fund, spent_of(fund)) for fund in Fund.objects.order_by("-pk")[:20]]
    return render(request, "mystery_shop/programmes.html", {"rows": rows, "funds": funds})


def _create(
    request: HttpRequest, form: BaseForm, action: Callable[[datetime, Actor], Any], heading: str
) -> HttpResponseBase:
    return submit(
        request,
        form,
        action,
        show=form_page(request, "mystery_shop/create.html", heading=heading),
        then=redirect("inspections:programmes"),
        message=_("Recorded."),
    )


@require_http_methods(["GET", "POST"])
@role_required(Role.GOVERNANCE)
def agreements(request: HttpRequest) -> HttpResponseBase:
    form = AgreementForm(request.POST or None, request.FILES or None)
    return _create(
        request,
        form,
        lambda at, actor: enter_agreement(
            form.cleaned_data["organisation"], form.terms(), at=at, actor=actor
        ),
        _("Enter an agreement"),
    )


@require_http_methods(["GET", "POST"])
@role_required(Role.GOVERNANCE)
def funds(request: HttpRequest) -> HttpResponseBase:
    form = FundForm(request.POST or None)
    return _create(
        request, form, lambda at, actor: set_fund(**form.cleaned_data, at=at, actor=actor), _("Set up a fund")
    )


@require_http_methods(["GET", "POST"])
@role_required(Role.GOVERNANCE)
def programme(request: HttpRequest) -> HttpResponseBase:
    form = ProgrammeForm(request.POST or None)
    return _create(
        request,
        form,
        lambda at, actor: open_programme(**form.cleaned_data, at=at, actor=actor),
        _("Open a programme"),
    )


@require_http_methods(["GET", "POST"])
@role_required(*STAFF)
def programme_targets(request: HttpRequest, programme_id: int) -> HttpResponseBase:
    """What is most worth buying because of a suspicion, to plan all at once."""
    found = get_object_or_404(money.programmes(), pk=programme_id)
    targets = targets_of(found)
    chosen = [target for target in targets if str(target.pk) in request.POST.getlist("listing")]
    return submit(
        request,
        Form(request.POST),
        lambda at, actor: plan_targets(found, chosen, at=at, actor=actor),
        show=form_page(
            request, "mystery_shop/targets.html", programme=found, targets=targets, money=money_of(found)
        ),
        then=redirect("inspections:purchases"),
        message=_("The purchases are planned. A second person approves them."),
    )


@require_http_methods(["GET", "POST"])
@role_required(*STAFF)
def plans(request: HttpRequest, programme_id: int) -> HttpResponseBase:
    """A programme's random draws, and the form of a new one."""
    found: Programme = get_object_or_404(money.programmes(), pk=programme_id)
    form = DrawForm(request.POST or None)
    context = {"programme": found, "money": money_of(found), "plans": found.plans.order_by("-pk")}
    return submit(
        request,
        form,
        lambda at, actor: make_plan(found, **form.cleaned_data, at=at, actor=actor),
        show=form_page(request, "mystery_shop/programme.html", **context),
        then=redirect("inspections:plans", found.pk),
        message=_("The plan and its seed are fixed. Draw when you are ready."),
    )


@require_GET
@role_required(*STAFF)
def plan_page(request: HttpRequest, plan_id: int) -> HttpResponse:
    return _show(request, plan_id)


@require_POST
@role_required(*STAFF)
def draws(request: HttpRequest, plan_id: int) -> HttpResponseBase:
    found, form = _plan(plan_id), Form(request.POST)
    return _change(request, plan_id, form, lambda at, actor: draw_plan(found, at=at, actor=actor))


@require_POST
@role_required(*STAFF)
def more_draws(request: HttpRequest, plan_id: int, number: int) -> HttpResponseBase:
    stratum, form = get_object_or_404(Stratum, plan=plan_id, number=number), MoreForm(request.POST)
    return _change(
        request,
        plan_id,
        form,
        lambda at, actor: draw_more(stratum, form.cleaned_data["count"], at=at, actor=actor),
    )


@require_POST
@role_required(*STAFF)
def approve_draw(request: HttpRequest, plan_id: int) -> HttpResponseBase:
    found, form = _plan(plan_id), Form(request.POST)
    return _change(request, plan_id, form, lambda at, actor: approve_plan(found, at=at, actor=actor))


def _plan(plan_id: int) -> SamplingPlan:
    return get_object_or_404(SamplingPlan.objects.select_related("programme"), pk=plan_id)


def _change(
    request: HttpRequest, plan_id: int, form: BaseForm, action: Callable[[datetime, Actor], Any]
) -> HttpResponseBase:
    """Do something to the draw and come back to its page."""
    show, then = partial(_show, request, plan_id), redirect("inspections:plan_page", plan_id)
    return submit(request, form, action, show=show, then=then, message=_("Done."))


def _show(
    request: HttpRequest, plan_id: int, *, status: int = 200, form: BaseForm | None = None
) -> HttpResponse:
    plan = _plan(plan_id)
    figures = figures_of(plan, at=timezone.now())
    known, estimate = [row for row in figures.strata if row.own], figures.estimate
    context = {
        "plan": plan,
        "waiting": waiting_of(plan).exists(),
        "figures": figures,
        "form": form,
        "more_form": MoreForm(),
        "rate_shown": f"{estimate.rate:.1%}" if estimate else "",
        "interval_shown": f"{estimate.low:.1%} – {estimate.high:.1%}" if estimate else "",
        "covered_shown": f"{estimate.covered:.0%}" if estimate else "",
        "labels": [row.row.name for row in known],
        "rates": [round(row.own.rate * 100, 1) for row in known if row.own],
        "widths": [round(width * 100, 2) for width in figures.outlook],
        "ahead": [str(number) for number in range(len(figures.outlook))],
        "gains": [round((row.narrowing or 0) * 100, 3) for row in known],
    }
    return render(request, "mystery_shop/draw.html", context, status=status)
