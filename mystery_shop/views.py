from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klean.core.doors import actor_of, attempt, role_required, user_of
from klean.core.files import serve_file
from klean.core.models import Role, StoredFile
from klean.core.paging import page_of
from listings.models import Listing
from mystery_shop.actions.custody import record_custody
from mystery_shop.actions.purchases import approve_purchase, order_purchase, plan_purchase
from mystery_shop.actions.verdicts import give_verdict
from mystery_shop.forms import CustodyForm, OrderForm, PlanForm, VerdictForm
from mystery_shop.models import TestPurchase, custody_fault
from mystery_shop.queries import STAFF, purchase_for, purchases_for

READERS = (Role.INSPECTOR, *STAFF)
State = TestPurchase.State


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
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda: _plan(request, form))
        if status == 201:
            messages.success(request, _("The purchase is planned. A second person approves it."))
            return redirect("inspections:purchases")
    return render(request, "mystery_shop/plan.html", {"form": form}, status=status)


def _plan(request: HttpRequest, form: PlanForm) -> TestPurchase:
    said = form.cleaned_data
    listing = get_object_or_404(Listing, external_id=said["listing"])
    draw = TestPurchase.Draw(said["draw"])
    return plan_purchase(
        said["programme"], listing, draw, stratum=said["stratum"], at=timezone.now(), actor=actor_of(request)
    )


@require_GET
@role_required(*READERS)
def purchase(request: HttpRequest, purchase_id: int) -> HttpResponse:
    return _show(request, purchase_id)


@require_POST
@role_required(*STAFF)
def approvals(request: HttpRequest, purchase_id: int) -> HttpResponseBase:
    found = purchase_for(user_of(request), purchase_id)
    form = Form(request.POST)
    status = attempt(form, lambda: approve_purchase(found, actor=actor_of(request)))
    return _after(request, purchase_id, status, approve_form=form)


@require_POST
@role_required(Role.INSPECTOR)
def orders(request: HttpRequest, purchase_id: int) -> HttpResponseBase:
    user, form = user_of(request), OrderForm(request.POST)
    found = purchase_for(user, purchase_id)
    status = attempt(
        form,
        lambda: order_purchase(found, form.order(), shopper=user, at=timezone.now(), actor=actor_of(request)),
    )
    return _after(request, purchase_id, status, order_form=form)


@require_POST
@role_required(Role.INSPECTOR)
def custody_events(request: HttpRequest, purchase_id: int) -> HttpResponseBase:
    found = purchase_for(user_of(request), purchase_id)
    form = CustodyForm(request.POST, request.FILES)
    status = attempt(
        form, lambda: record_custody(found, form.hand_over(), at=timezone.now(), actor=actor_of(request))
    )
    return _after(request, purchase_id, status, custody_form=form)


@require_POST
@role_required(Role.INSPECTOR)
def verdicts(request: HttpRequest, purchase_id: int) -> HttpResponseBase:
    found = purchase_for(user_of(request), purchase_id)
    form = VerdictForm(request.POST, request.FILES)
    status = attempt(
        form, lambda: give_verdict(found, form.examination(), at=timezone.now(), actor=actor_of(request))
    )
    return _after(request, purchase_id, status, verdict_form=form)


@require_GET
@role_required(*READERS)
def custody_photo(request: HttpRequest, purchase_id: int, number: int) -> HttpResponseBase:
    found = purchase_for(user_of(request), purchase_id)
    photo = get_object_or_404(StoredFile, pk__in=found.custody.filter(number=number).values("photo"))
    return serve_file(photo)


def _after(request: HttpRequest, purchase_id: int, status: int, **forms: object) -> HttpResponseBase:
    if status == 201:
        messages.success(request, _("Recorded."))
        return redirect("inspections:purchase", purchase_id)
    return _show(request, purchase_id, status=status, **forms)


def _show(request: HttpRequest, purchase_id: int, *, status: int = 200, **forms: object) -> HttpResponse:
    user = user_of(request)
    found = purchase_for(user, purchase_id)
    custody = list(found.custody.select_related("photo").order_by("number"))
    context = {
        "purchase": found,
        "custody": custody,
        "fault": custody_fault(custody),
        "is_staff": user.has_role(*STAFF),
        "is_inspector": user.has_role(Role.INSPECTOR),
        "order_form": OrderForm(),
        "custody_form": CustodyForm(initial={"happened_at": timezone.localtime()}),
        "verdict_form": VerdictForm(),
        **forms,
    }
    return render(request, "mystery_shop/purchase.html", context, status=status)
