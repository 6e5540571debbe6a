"""The penalty desk: who is near a threshold, what was imposed, and one seller's dossier."""

from datetime import date, datetime, time
from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from enforcement.decisions.queries.standings import points_over_time, track_pages
from enforcement.desk.forms import LiftForm
from enforcement.desk.queries.penalties import dossier_for, linked_shops, open_cases, waiting_now
from enforcement.desk.queries.timeline import timeline_of
from enforcement.sanctions.actions.sanctions import lift_sanction
from enforcement.sanctions.queries.ledgers import standing_of
from enforcement.sanctions.queries.sanctions import recent_sanctions, sanction_for
from enforcement.sanctions.queries.thresholds import near_thresholds
from enforcement.sanctions.queries.words import measure_words
from klean.core.access.models import Role
from klean.core.policy.queries import zone_at
from klean.core.web.attempts import submit
from klean.core.web.paging import page_of
from klean.core.web.permissions import role_required, user_of
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
    end = datetime.combine(day, time.max, tzinfo=zone_at(timezone.now()))
    return min(end, timezone.now())


@require_GET
@reads_penalties
def dossier(request: HttpRequest, external_id: str) -> HttpResponse:
    return _show(request, dossier_for(user_of(request), external_id), form=LiftForm())


@require_POST
@writes_penalties
def liftings(request: HttpRequest, sanction_id: int) -> HttpResponseBase:
    """End a sanction by hand, with reasons."""
    sanction = sanction_for(user_of(request), sanction_id)
    form = LiftForm(request.POST)
    return submit(
        request,
        form,
        lambda at, actor: lift_sanction(sanction, reasons=form.cleaned_data["reasons"], at=at, actor=actor),
        show=partial(_show, request, sanction.seller),
        then=redirect("enforcement:dossier", sanction.seller.external_id),
    )


def _show(request: HttpRequest, seller: Seller, *, form: LiftForm, status: int = 200) -> HttpResponse:
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
