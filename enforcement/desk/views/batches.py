"""Many cases at once: a preview of what each would lead to, then one decision each, and the way back."""

from functools import partial

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from enforcement.cases.models import Case
from enforcement.decisions.forms import DecisionForm, ReasonsForm
from enforcement.decisions.models import Batch
from enforcement.desk.actions.batches import decide_batch, reverse_batch
from enforcement.desk.queries.batches import MAX_CASES, chosen_cases, preview
from enforcement.desk.queries.queue import query_of
from enforcement.desk.views.screen import filter_of, on_the_desk
from klean.core.access.models import Role
from klean.core.web.attempts import submit
from klean.core.web.paging import page_of
from klean.core.web.permissions import role_required, user_of

is_senior = role_required(Role.SENIOR)


@require_GET
@on_the_desk
def batches(request: HttpRequest) -> HttpResponse:
    page = page_of(Batch.objects.all(), order=("-id",), after=request.GET.get("after", ""))
    return render(request, "enforcement/batches.html", {"page": page})


@require_GET
@on_the_desk
def new(request: HttpRequest) -> HttpResponse:
    """The chosen cases, or those of the query, with what each decision would do."""
    cases = chosen_cases(user_of(request), filter_of(request), request.GET.getlist("case"), at=timezone.now())
    return _show_new(request, cases, form=DecisionForm())


@require_POST
@on_the_desk
def create(request: HttpRequest) -> HttpResponseBase:
    """Decide what the preview showed, and nothing that came after it."""
    at = timezone.now()
    cases = chosen_cases(user_of(request), filter_of(request), request.POST.getlist("case") or ["0"], at=at)
    form = DecisionForm(request.POST)
    return submit(
        request,
        form,
        lambda at, actor: decide_batch(
            cases, form.ruling(), effective_at=form.effective_at(at), at=at, actor=actor
        ),
        show=partial(_show_new, request, cases),
        then=lambda batch: redirect("enforcement:batch", batch.pk),
    )


@require_GET
@on_the_desk
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    return _show(request, get_object_or_404(Batch, pk=batch_id), form=ReasonsForm())


@require_POST
@is_senior
def reversals(request: HttpRequest, batch_id: int) -> HttpResponseBase:
    batch = get_object_or_404(Batch, pk=batch_id)
    form = ReasonsForm(request.POST)
    return submit(
        request,
        form,
        lambda at, actor: reverse_batch(batch, reasons=form.cleaned_data["reasons"], at=at, actor=actor),
        show=partial(_show, request, batch),
        then=redirect("enforcement:batch", batch_id),
    )


def _show(request: HttpRequest, batch: Batch, *, form: Form, status: int = 200) -> HttpResponse:
    decisions = batch.decisions.select_related("case__listing", "seller", "violation").order_by("pk")
    context = {
        "batch": batch,
        "decisions": decisions,
        "form": form,
        "may_reverse": user_of(request).has_role(Role.SENIOR) and batch.reversed_at is None,
    }
    return render(request, "enforcement/batch.html", context, status=status)


def _show_new(
    request: HttpRequest, cases: list[Case], *, form: DecisionForm, status: int = 200
) -> HttpResponse:
    """What one choice would do to each case; the others are a click away."""
    wanted = filter_of(request)
    offered = [(code, words) for code, words in DecisionForm.CHOICES if code in wanted.grant.decides]
    chosen = (request.POST or request.GET).get("choice", "")
    choice = next((row for row in offered if row[0] == chosen), (*offered, ("", ""))[0])
    rows = [(row.case, row.consequences.get(choice[0], "")) for row in preview(cases, at=timezone.now())]
    query = urlencode([*wanted.parameters.items(), *(("case", case.pk) for case in cases)])
    context = {
        "rows": rows,
        "form": form,
        "choice": choice,
        "choices": [(code, words, f"{query}&choice={code}") for code, words in offered],
        "query": query_of(wanted),
        "most": MAX_CASES,
    }
    return render(request, "enforcement/new_batch.html", context, status=status)
