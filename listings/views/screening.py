"""How screening does, which model judges, and what sweeps propose."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from klean.core.access.models import Role
from klean.core.web.attempts import submit, submit_button
from klean.core.web.paging import page_of
from klean.core.web.permissions import role_required
from listings.actions.sweeps import answer_sweep
from listings.actions.training import promote_model
from listings.forms import SweepForm
from listings.models import Rescreening, ScreeningModel, Sweep
from listings.queries import learning

MAX_RESCREENINGS = 10
readers_only = role_required(Role.MODERATOR, Role.SENIOR, Role.GOVERNANCE, Role.ENGINEER)
desk_only = role_required(Role.MODERATOR, Role.SENIOR)


@require_GET
@readers_only
def show_screening(request: HttpRequest) -> HttpResponse:
    return render(request, "listings/screening.html", _screening())


def _screening() -> dict[str, object]:
    now = timezone.now()
    shadow = learning.model_in_shadow()
    return {
        "rules": learning.rules_of(now),
        "model": learning.model_in_force(),
        "shadow": shadow,
        "shadow_counts": learning.shadow_counts(shadow) if shadow else [],
        "drifts": learning.drift_at(now),
        "rescreenings": Rescreening.objects.order_by("-pk")[:MAX_RESCREENINGS],
    }


@require_POST
@role_required(Role.SENIOR, Role.GOVERNANCE)
def create_promotion(request: HttpRequest) -> HttpResponseBase:
    """The model in shadow scores from now on."""
    model = get_object_or_404(ScreeningModel, sha256=request.POST.get("model", ""))
    return submit_button(
        request,
        lambda at, actor: promote_model(model, at=at, actor=actor),
        then=redirect("listings:screening"),
        message=_("This model scores from now on."),
    )


@require_GET
@desk_only
def list_sweeps(request: HttpRequest) -> HttpResponse:
    rows = Sweep.objects.filter(searched_at__isnull=False, answered_at=None).select_related("listing__seller")
    page = page_of(rows, order=("-id",), after=request.GET.get("after", ""))
    return render(request, "listings/sweeps.html", {"page": page})


@require_GET
@desk_only
def show_sweep(request: HttpRequest, sweep_id: int) -> HttpResponse:
    sweep = _sweep(sweep_id)
    return _show(request, sweep, status=200, form=SweepForm(sweep=sweep))


@require_POST
@desk_only
def create_answer(request: HttpRequest, sweep_id: int) -> HttpResponseBase:
    sweep = _sweep(sweep_id)
    form = SweepForm(request.POST, sweep=sweep)

    def then(_answered: object) -> HttpResponseBase:
        count = len(form.confirmed)
        words = ngettext("%(count)d listing goes to the desk.", "%(count)d listings go to the desk.", count)
        messages.success(request, words % {"count": count})
        return redirect("listings:sweeps")

    return submit(
        request,
        form,
        lambda at, actor: answer_sweep(sweep, form.confirmed, at=at, actor=actor),
        show=partial(_show, request, sweep),
        then=then,
    )


def _sweep(sweep_id: int) -> Sweep:
    rows = Sweep.objects.filter(searched_at__isnull=False).select_related("listing__seller")
    return get_object_or_404(rows, pk=sweep_id)


def _show(request: HttpRequest, sweep: Sweep, *, status: int, form: SweepForm) -> HttpResponse:
    proposals = sweep.proposals.select_related("listing__seller").order_by("-nearness", "pk")
    context = {"sweep": sweep, "form": form, "proposals": proposals}
    return render(request, "listings/sweep.html", context, status=status)
