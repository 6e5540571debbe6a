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
from klean.core.files.models import StoredFile
from klean.core.files.store import serve_file
from klean.core.web.attempts import form_page, submit
from klean.core.web.paging import page_of
from klean.core.web.permissions import role_required, user_of
from mystery_shop.actions.custody import record_custody
from mystery_shop.actions.purchases import (
    approve_purchase,
    close_purchase,
    give_up_purchase,
    leave_unexamined,
    order_purchase,
    plan_purchase,
    ship_purchase,
)
from mystery_shop.actions.verdicts import file_report, give_verdict, return_report
from mystery_shop.forms import CustodyForm, EndForm, OrderForm, PlanForm, ReturnForm, VerdictForm
from mystery_shop.models import TestPurchase, custody_fault
from mystery_shop.queries.pictures import pictures_of, shot_of
from mystery_shop.queries.purchases import STAFF, purchase_for, purchases_for

READERS = (Role.INSPECTOR, *STAFF)
State = TestPurchase.State
CUSTODY_FILES = frozenset({"photo", "video", "certificate"})


@require_GET
@role_required(*READERS)
def purchases(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    page = page_of(purchases_for(user), order=("-pk",), after=request.GET.get("after", ""))
    return render(request, "mystery_shop/purchases.html", {"page": page, "is_staff": user.has_role(*STAFF)})


@require_http_methods(["GET", "POST"])
@role_required(*STAFF)
def plan(request: HttpRequest) -> HttpResponseBase:
    form = PlanForm(request.POST or None, initial={"listing": request.GET.get("listing", "")})
    return submit(
        request,
        form,
        lambda at, actor: plan_purchase(**form.cleaned_data, at=at, actor=actor),
        show=form_page(request, "mystery_shop/plan.html"),
        then=redirect("inspections:purchases"),
        message=_("The purchase is planned. A second person approves it."),
    )


@require_GET
@role_required(*READERS)
def purchase(request: HttpRequest, purchase_id: int) -> HttpResponse:
    return _show(request, purchase_id)


@require_POST
@role_required(*STAFF)
def approvals(request: HttpRequest, purchase_id: int) -> HttpResponseBase:
    found, form = purchase_for(user_of(request), purchase_id), Form(request.POST)
    return _change(
        request, found, form, lambda at, actor: approve_purchase(found, at=at, actor=actor), "approve_form"
    )


@require_POST
@role_required(Role.INSPECTOR)
def orders(request: HttpRequest, purchase_id: int) -> HttpResponseBase:
    user, form = user_of(request), OrderForm(request.POST)
    found = purchase_for(user, purchase_id)
    return _change(
        request,
        found,
        form,
        lambda at, actor: order_purchase(found, form.order(), shopper=user, at=at, actor=actor),
        "order_form",
    )


@require_POST
@role_required(Role.INSPECTOR)
def custody_events(request: HttpRequest, purchase_id: int) -> HttpResponseBase:
    found, form = purchase_for(user_of(request), purchase_id), CustodyForm(request.POST, request.FILES)
    return _change(
        request,
        found,
        form,
        lambda at, actor: record_custody(found, form.hand_over(), at=at, actor=actor),
        "custody_form",
    )


@require_POST
@role_required(Role.INSPECTOR)
def verdicts(request: HttpRequest, purchase_id: int) -> HttpResponseBase:
    found, form = purchase_for(user_of(request), purchase_id), VerdictForm(request.POST, request.FILES)
    return _change(
        request,
        found,
        form,
        lambda at, actor: file_report(found, form.examination(), at=at, actor=actor),
        "verdict_form",
    )


@require_POST
@role_required(Role.INSPECTOR)
def countersignatures(request: HttpRequest, purchase_id: int) -> HttpResponseBase:
    found, form = purchase_for(user_of(request), purchase_id), Form(request.POST)
    return _change(
        request, found, form, lambda at, actor: give_verdict(found, at=at, actor=actor), "sign_form"
    )


@require_POST
@role_required(Role.INSPECTOR)
def report_returns(request: HttpRequest, purchase_id: int) -> HttpResponseBase:
    found, form = purchase_for(user_of(request), purchase_id), ReturnForm(request.POST)
    return _change(
        request,
        found,
        form,
        lambda at, actor: return_report(found, form.cleaned_data["reason"], at=at, actor=actor),
        "return_form",
    )


@require_POST
@role_required(*READERS)
def ends(request: HttpRequest, purchase_id: int) -> HttpResponseBase:
    found, form = purchase_for(user_of(request), purchase_id), EndForm(request.POST)
    return _change(
        request, found, form, lambda at, actor: _end(found, form, at=at, actor=actor)(), "end_form"
    )


def _end(found: TestPurchase, form: EndForm, *, at: datetime, actor: Actor) -> Callable[[], TestPurchase]:
    reason = form.cleaned_data["reason"]
    return {
        EndForm.SHIPPED: partial(ship_purchase, found, at=at, actor=actor),
        EndForm.LOST: partial(give_up_purchase, found, reason, is_lost=True, at=at, actor=actor),
        EndForm.CANCELLED: partial(give_up_purchase, found, reason, is_lost=False, at=at, actor=actor),
        EndForm.UNEXAMINED: partial(leave_unexamined, found, reason, at=at, actor=actor),
        EndForm.CLOSED: partial(close_purchase, found, at=at, actor=actor),
    }[form.cleaned_data["end"]]


@require_GET
@role_required(*READERS)
def custody_file(request: HttpRequest, purchase_id: int, number: int, which: str) -> HttpResponseBase:
    found = purchase_for(user_of(request), purchase_id)
    return serve_file(get_object_or_404(StoredFile, pk__in=found.custody.filter(number=number).values(which)))


@require_GET
@role_required(*READERS)
def picture(request: HttpRequest, purchase_id: int, key: str) -> HttpResponseBase:
    return serve_file(shot_of(purchase_for(user_of(request), purchase_id), key).file)


@require_GET
@role_required(*READERS)
def report(request: HttpRequest, purchase_id: int) -> HttpResponseBase:
    found = purchase_for(user_of(request), purchase_id)
    return serve_file(
        get_object_or_404(StoredFile, pk=getattr(found, "verdict", None) and found.verdict.document_id)
    )


def _change(
    request: HttpRequest,
    found: TestPurchase,
    form: BaseForm,
    action: Callable[[datetime, Actor], Any],
    form_name: str,
) -> HttpResponseBase:
    """Do something to the purchase and come back to where it was done; the phone may send a form twice."""
    is_field = request.POST.get("from") == "field"
    return submit(
        request,
        form,
        action,
        show=partial(_show, request, found.pk),
        form_name=form_name,
        then=redirect("inspections:field") if is_field else redirect("inspections:purchase", found.pk),
        message=_("Recorded."),
        is_once=True,
    )


def _show(request: HttpRequest, purchase_id: int, *, status: int = 200, **forms: BaseForm) -> HttpResponse:
    user = user_of(request)
    found = purchase_for(user, purchase_id)
    custody = list(found.custody.select_related("photo", "video", "certificate").order_by("number"))
    context = {
        "purchase": found,
        "custody": custody,
        "pictures": pictures_of(found, request.GET),
        "fault": custody_fault(custody),
        "is_staff": user.has_role(*STAFF),
        "is_inspector": user.has_role(Role.INSPECTOR),
        "is_shopper": found.shopper_id == user.pk,
        "order_form": OrderForm(),
        "custody_form": CustodyForm(initial={"happened_at": timezone.localtime()}),
        "verdict_form": VerdictForm(),
        "return_form": ReturnForm(),
        "end_form": EndForm(),
        **forms,
    }
    return render(request, "mystery_shop/purchase.html", context, status=status)
