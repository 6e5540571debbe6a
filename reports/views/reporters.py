"""How reliable reporters are: the published formula, everybody's own record, the desk's measures and clocks."""

from datetime import timedelta
from functools import partial

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from klean.core.access.models import Role, User
from klean.core.policy.queries import policy_at
from klean.core.web.attempts import submit
from klean.core.web.permissions import role_required
from reports.actions.reporters import impose_measure, lift_measure
from reports.forms.counters import MeasureForm
from reports.forms.desk import LiftForm
from reports.models.reporters import MisuseMeasure
from reports.queries.notices import clocks_kept, page_of_overdue
from reports.queries.reporters import measure_by, measures_in_force, names_of, record_of, unreliable
from reports.rules.policy import Reports

STAFF = (Role.MODERATOR, Role.SENIOR)


@require_GET
def accuracy(request: HttpRequest) -> HttpResponse:
    """The formula and the numbers of the policy, for everybody; for whoever reports, their own record."""
    at, user = timezone.now(), request.user
    records = []
    if isinstance(user, User):
        keys = [f"organisation:{pk}" for pk in user.organisation_ids(Role.RIGHTS_HOLDER)]
        records = [record_of(key, at=at) for key in keys or [f"user:{user.pk}"]]
    context = {"terms": policy_at(at)[Reports], "records": records}
    return render(request, "reports/accuracy.html", context)


@role_required(*STAFF)
@require_GET
def reporters(request: HttpRequest) -> HttpResponse:
    return _show(request)


def _show(request: HttpRequest, *, failed: Form | None = None, status: int = 200) -> HttpResponse:
    at = timezone.now()
    found, standing = unreliable(at=at), measures_in_force(at=at)
    names = names_of([key for key, *_rest in found] + [one.reporter_key for one in standing])
    rung = dict(MisuseMeasure.Rung.choices)
    rows = [
        (
            names[key],
            figures,
            rung.get(highest, ""),
            MeasureForm(initial={"reporter_key": key}, prefix=f"r{n}"),
        )
        for n, (key, figures, highest) in enumerate(found)
    ]
    in_force = [(names[one.reporter_key], one, LiftForm(auto_id=f"lift-{one.pk}-%s")) for one in standing]
    context = {"rows": rows, "in_force": in_force, "failed": failed}
    return render(request, "reports/reporters.html", context, status=status)


@role_required(Role.SENIOR)
@require_POST
def measures(request: HttpRequest) -> HttpResponseBase:
    prefix = next((name.partition("-")[0] for name in request.POST if name.endswith("-reporter_key")), None)
    form = MeasureForm(request.POST, prefix=prefix)
    return submit(
        request,
        form,
        lambda at, actor: impose_measure(
            form.cleaned_data["reporter_key"],
            form.cleaned_data["rung"],
            form.cleaned_data["reasons"],
            at=at,
            actor=actor,
        ),
        show=partial(_show, request),
        form_name="failed",
        then=redirect("/desk/reporters/"),
    )


@role_required(Role.SENIOR)
@require_POST
def liftings(request: HttpRequest, measure_id: int) -> HttpResponseBase:
    form, measure = LiftForm(request.POST), measure_by(measure_id)
    return submit(
        request,
        form,
        lambda at, actor: lift_measure(measure, form.cleaned_data["reasons"], at=at, actor=actor),
        show=partial(_show, request),
        form_name="failed",
        then=redirect("/desk/reporters/"),
    )


@role_required(*STAFF, Role.GOVERNANCE)
@require_GET
def clocks(request: HttpRequest) -> HttpResponse:
    """Which notices are overdue, and how the clocks were kept in the last thirty days."""
    at = timezone.now()
    context = {
        "page": page_of_overdue(request.GET.get("after", ""), at=at),
        "kept": clocks_kept(since=at - timedelta(days=30), at=at),
    }
    return render(request, "reports/clocks.html", context)
