"""What the marketplace was asked to carry out, and whether it has answered."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from enforcement.sanctions.actions.reconciliations import retry_effects
from enforcement.sanctions.queries.effects import listeners, unacknowledged
from klean.core.access.models import Role
from klean.core.web.paging import page_of
from klean.core.web.permissions import actor_of, role_required

writes_penalties = role_required(Role.PENALTIES, Role.SENIOR)


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
    retry_effects(at=timezone.now(), actor=actor_of(request))
    return redirect("enforcement:effects")
