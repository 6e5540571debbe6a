"""The penalty desk: who is near a threshold, what was imposed, and one seller's dossier."""

from datetime import date, datetime, time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from enforcement.actions.reconciling import retry_effects
from enforcement.actions.sanctions import lift_sanction
from enforcement.forms import LiftForm
from enforcement.queries.effects import listeners, unacknowledged
from enforcement.queries.ledgers import standing_of
from enforcement.queries.penalties import (
    dossier_for,
    linked_shops,
    near_thresholds,
    open_cases,
    points_over_time,
    recent_sanctions,
    sanction_for,
    track_pages,
    waiting_now,
)
from enforcement.queries.timeline import timeline_of
from enforcement.queries.words import measure_words
from klean.core.doors import actor_of, attempt, role_required, user_of
from klean.core.models import Role
from klean.core.paging import page_of
from sellers.models import Seller

reads_penalties = role_required(Role.PENALTIES, Role.SENIOR, Role.MODERATOR)
writes_penalties = role_required(Role.PENALTIES, Role.SENIOR)


@require_GET
@writes_penalties
def penalties(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    page = page_of(recent_sanctions(), order=("-id",), after=request.GET.get("after", ""))
    context = {"near": near_thresholds(at=at), "page": page, "at": at, "waiting": waiting_now(at=at)}
    return render(request, "enforcement/penalties.html", context)


def moment_of(text: str) -> datetime:
    """The end of a day that somebody asks about, or now."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return timezone.now()
    end = datetime.combine(day, time.max, tzinfo=timezone.get_current_timezone())
    return min(end, timezone.now())


@require_GET
@reads_penalties
def dossier(request: HttpRequest, external_id: str) -> HttpResponse:
    return _show(request, dossier_for(user_of(request), external_id), LiftForm())


@require_POST
@writes_penalties
def liftings(request: HttpRequest, sanction_id: int) -> HttpResponse:
    """End a sanction by hand, with reasons."""
    sanction = sanction_for(user_of(request), sanction_id)
    form = LiftForm(request.POST)
    status = attempt(
        form,
        lambda: lift_sanction(
            sanction, reasons=form.cleaned_data["reasons"], at=timezone.now(), actor=actor_of(request)
        ),
    )
    if status == 201:
        return redirect("enforcement:dossier", sanction.seller.external_id)
    return _show(request, sanction.seller, form, status=status)


@require_GET
@writes_penalties
def effects(request: HttpRequest) -> HttpResponse:
    """What the marketplace has not acknowledged yet."""
    page = page_of(unacknowledged(), order=("-id",), after=request.GET.get("after", ""))
    context = {"page": page, "listeners": listeners()}
    return render(request, "enforcement/effects.html", context)


@require_POST
@writes_penalties
def retries(request: HttpRequest) -> HttpResponse:
    """Tell all of it again, now."""
    retry_effects(at=timezone.now())
    return redirect("enforcement:effects")


def _show(request: HttpRequest, seller: Seller, form: LiftForm, *, status: int = 200) -> HttpResponse:
    at = moment_of(request.GET.get("at", ""))
    standing = standing_of(seller, at=at)
    labels, values = points_over_time(standing, at=at)
    context = {
        "at": at,
        "seller": seller,
        "standing": standing,
        "tracks": track_pages(standing, at=at),
        "is_now": not request.GET.get("at"),
        "sanctions": [(row, row.is_live(at)) for row in standing.sanctions if row.starts_at <= at],
        "measures": [(measure_words([row.kind]), row) for row in standing.measures],
        "plot": (labels, values) if any(values) else None,
        "moments": timeline_of(seller),
        "linked": linked_shops(seller),
        "cases": open_cases(seller),
        "form": form,
        "staff": True,
        "may_lift": user_of(request).has_role(Role.PENALTIES, Role.SENIOR),
    }
    return render(request, "enforcement/dossier.html", context, status=status)
