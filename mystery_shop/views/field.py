"""The phone pages: one thing to do at a time, also without a connection."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from klean.core.access.models import Role
from klean.core.web.permissions import role_required, user_of
from mystery_shop.forms import CustodyForm, OrderForm, VerdictForm
from mystery_shop.models import CustodyEvent, TestPurchase
from mystery_shop.queries.purchases import work_for

State, Kind = TestPurchase.State, CustodyEvent.Kind
# What comes next where the exhibit stands, and between whom.
NEXT = {
    State.ORDERED: (Kind.RECEIVED, "courier", "shopper"),
    State.SHIPPED: (Kind.RECEIVED, "courier", "shopper"),
    State.RECEIVED: (Kind.SEALED, "shopper", "shopper"),
    State.SEALED: (Kind.DISPATCHED, "shopper", "courier"),
    State.DISPATCHED: (Kind.ARRIVED, "courier", "laboratory"),
    State.AT_LAB: (Kind.OPENED, "laboratory", "examiner"),
}


@require_GET
@role_required(Role.INSPECTOR)
def field(request: HttpRequest) -> HttpResponse:
    work = work_for(user_of(request)).order_by("pk")[:100]
    return render(request, "mystery_shop/field.html", {"work": work})


@require_GET
@role_required(Role.INSPECTOR)
def field_purchase(request: HttpRequest, purchase_id: int) -> HttpResponse:
    user = user_of(request)
    found = get_object_or_404(work_for(user), pk=purchase_id)
    name, form = _next_form(found)
    context = {
        "purchase": found,
        "form": form,
        "is_shopper": found.shopper_id == user.pk or found.state == State.APPROVED,
        "action": reverse(f"inspections:{name}", args=[found.pk]),
    }
    return render(request, "mystery_shop/field_purchase.html", context)


def _next_form(found: TestPurchase) -> tuple[str, BaseForm]:
    state = State(found.state)
    if state == State.APPROVED:
        return "orders", OrderForm()
    if state == State.OPENED:
        return "verdicts", VerdictForm()
    if state == State.REPORT_FILED:
        return "countersignatures", BaseForm()
    kind, giver, taker = NEXT[state]
    now = {"happened_at": timezone.localtime(), "seal_number": found.seal_number}
    return "custody_events", CustodyForm(
        initial={"kind": kind, "from_party": giver, "to_party": taker, **now}
    )


@require_GET
@cache_control(max_age=0, must_revalidate=True)
def field_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, under /inspections/ so that it may answer for these pages and no others."""
    source = finders.find("js/field-worker.js") or str(
        Path(settings.STATIC_ROOT or "") / "js/field-worker.js"
    )
    if not Path(source).is_file():
        raise Http404
    return HttpResponse(Path(source).read_bytes(), content_type="text/javascript; charset=utf-8")
