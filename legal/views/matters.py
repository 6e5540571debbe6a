from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klean.core.doors import actor_of, attempt, role_required
from klean.core.files import serve_file
from klean.core.models import Role
from klean.core.paging import page_of
from legal.actions.bundles import make_bundle, stamp_bundle
from legal.actions.letters import draft_letter, write_letter
from legal.actions.matters import (
    add_cost,
    add_party,
    add_task,
    finish_task,
    move_matter,
    open_matter,
    place_hold,
    release_hold,
)
from legal.forms.matters import (
    CostForm,
    CounselForm,
    HoldForm,
    LetterForm,
    MatterForm,
    MoveForm,
    PartyForm,
    StampForm,
    TaskForm,
)
from legal.models import Bundle, Letter, Matter, Party, Task
from legal.queries.counsel import accesses_of
from legal.queries.matters import matter_for, matters, open_tasks
from legal.queries.records import records_of
from legal.rules.bundle import time_stamp_request


@require_GET
@role_required(Role.LEGAL)
def index(request: HttpRequest) -> HttpResponse:
    page = page_of(matters(), order=("-pk",), after=request.GET.get("after", ""))
    return render(request, "legal/matters.html", {"page": page, "tasks": open_tasks()})


@require_http_methods(["GET", "POST"])
@role_required(Role.LEGAL)
def create(request: HttpRequest) -> HttpResponseBase:
    form = MatterForm(request.POST or None, initial={"case": request.GET.get("case")})
    status = 200
    if request.method == "POST":
        status = attempt(
            form,
            lambda: open_matter(
                Matter.Kind(form.cleaned_data["kind"]),
                form.cleaned_data["title"],
                case=form.cleaned_data["case"],
                at=timezone.now(),
                actor=actor_of(request),
            ),
        )
        if status == 201:
            messages.success(request, _("The matter is open."))
            return redirect("legal:matters")
    return render(request, "legal/create.html", {"form": form}, status=status)


@require_GET
@role_required(Role.LEGAL)
def matter(request: HttpRequest, matter_id: int) -> HttpResponse:
    return _show(request, matter_for(matter_id))


@require_POST
@role_required(Role.LEGAL)
def moves(request: HttpRequest, matter_id: int) -> HttpResponseBase:
    found = matter_for(matter_id)
    form = MoveForm(request.POST, matter=found)
    status = attempt(
        form,
        lambda: move_matter(
            found, Matter.State(form.cleaned_data["state"]), at=timezone.now(), actor=actor_of(request)
        ),
    )
    return after(request, found, status, move_form=form)


@require_POST
@role_required(Role.LEGAL)
def holds(request: HttpRequest, matter_id: int) -> HttpResponseBase:
    found, form = matter_for(matter_id), HoldForm(request.POST)
    status = attempt(
        form,
        lambda: place_hold(found, form.cleaned_data["reason"], at=timezone.now(), actor=actor_of(request)),
    )
    return after(request, found, status, hold_form=form)


@require_POST
@role_required(Role.LEGAL)
def hold_releases(request: HttpRequest, matter_id: int) -> HttpResponseBase:
    found, form = matter_for(matter_id), Form(request.POST)
    status = attempt(form, lambda: release_hold(found, at=timezone.now(), actor=actor_of(request)))
    return after(request, found, status)


@require_POST
@role_required(Role.LEGAL)
def bundles(request: HttpRequest, matter_id: int) -> HttpResponseBase:
    found, form = matter_for(matter_id), Form(request.POST)
    status = attempt(form, lambda: make_bundle(found, at=timezone.now(), actor=actor_of(request)))
    return after(request, found, status)


@require_GET
@role_required(Role.LEGAL)
def bundle(request: HttpRequest, matter_id: int, bundle_id: int) -> HttpResponseBase:
    found = get_object_or_404(Bundle.objects.select_related("file"), pk=bundle_id, matter=matter_id)
    return serve_file(found.packed)


@require_GET
@role_required(Role.LEGAL)
def stamp_request(request: HttpRequest, matter_id: int, bundle_id: int) -> HttpResponse:
    """What to send to a time-stamping authority."""
    found = get_object_or_404(Bundle, pk=bundle_id, matter=matter_id)
    answer = HttpResponse(
        time_stamp_request(bytes.fromhex(found.manifest_sha256)), content_type="application/timestamp-query"
    )
    answer["Content-Disposition"] = f'attachment; filename="bundle-{found.pk}.tsq"'
    return answer


@require_POST
@role_required(Role.LEGAL)
def stamps(request: HttpRequest, matter_id: int, bundle_id: int) -> HttpResponseBase:
    found, form = (
        get_object_or_404(Bundle, pk=bundle_id, matter=matter_id),
        StampForm(request.POST, request.FILES),
    )
    status = attempt(
        form,
        lambda: stamp_bundle(
            found, form.cleaned_data["stamp"].read(), at=timezone.now(), actor=actor_of(request)
        ),
    )
    return after(request, matter_for(matter_id), status, stamp_form=form)


@require_POST
@role_required(Role.LEGAL)
def parties(request: HttpRequest, matter_id: int) -> HttpResponseBase:
    found, form = matter_for(matter_id), PartyForm(request.POST)
    status = attempt(
        form,
        lambda: add_party(
            found,
            Party.Role(form.cleaned_data["role"]),
            form.cleaned_data["name"],
            form.cleaned_data["contact"],
            at=timezone.now(),
            actor=actor_of(request),
        ),
    )
    return after(request, found, status, party_form=form)


@require_POST
@role_required(Role.LEGAL)
def tasks(request: HttpRequest, matter_id: int) -> HttpResponseBase:
    found, form = matter_for(matter_id), TaskForm(request.POST)
    status = attempt(form, lambda: add_task(found, **form.cleaned_data, actor=actor_of(request)))
    return after(request, found, status, task_form=form)


@require_POST
@role_required(Role.LEGAL)
def task_ends(request: HttpRequest, matter_id: int, task_id: int) -> HttpResponseBase:
    found, form = get_object_or_404(Task, pk=task_id, matter=matter_id), Form(request.POST)
    status = attempt(form, lambda: finish_task(found, at=timezone.now(), actor=actor_of(request)))
    return after(request, matter_for(matter_id), status)


@require_POST
@role_required(Role.LEGAL)
def costs(request: HttpRequest, matter_id: int) -> HttpResponseBase:
    found, form = matter_for(matter_id), CostForm(request.POST)
    status = attempt(form, lambda: add_cost(found, **form.cleaned_data, actor=actor_of(request)))
    return after(request, found, status, cost_form=form)


@require_http_methods(["GET", "POST"])
@role_required(Role.LEGAL)
def letters(request: HttpRequest, matter_id: int, kind: str) -> HttpResponseBase:
    """A letter from its template, to finish and keep as PDF."""
    found, letter_kind = matter_for(matter_id), Letter.Kind(kind.upper())
    draft = draft_letter(found, letter_kind, at=timezone.now())
    form, status = LetterForm(request.POST or None, initial={"text": draft}), 200
    if request.method == "POST":
        status = attempt(
            form,
            lambda: write_letter(
                found, letter_kind, form.cleaned_data["text"], at=timezone.now(), actor=actor_of(request)
            ),
        )
        if status == 201:
            return after(request, found, status)
    context = {"matter": found, "kind": letter_kind, "form": form}
    return render(request, "legal/letter.html", context, status=status)


@require_GET
@role_required(Role.LEGAL)
def letter(request: HttpRequest, matter_id: int, letter_id: int) -> HttpResponseBase:
    found = get_object_or_404(Letter.objects.select_related("file"), pk=letter_id, matter=matter_id)
    return serve_file(found.file)


def after(request: HttpRequest, found: Matter, status: int, **forms: Form) -> HttpResponseBase:
    if status == 201:
        messages.success(request, _("Done."))
        return redirect("legal:matter", found.pk)
    return _show(request, found, status=status, **forms)


def _show(request: HttpRequest, found: Matter, *, status: int = 200, **forms: Form) -> HttpResponse:
    context = {
        "matter": found,
        "records": records_of(found),
        "hold": found.holds.filter(released_at=None).first(),
        "bundles": found.bundles.select_related("file", "stamped_file"),
        "accesses": accesses_of(found),
        "total": sum(cost.amount for cost in found.costs.all()),
        "letter_kinds": Letter.Kind.choices,
        "party_form": PartyForm(),
        "task_form": TaskForm(),
        "cost_form": CostForm(),
        "counsel_form": CounselForm(),
        "stamp_form": StampForm(),
        "move_form": MoveForm(matter=found),
        "hold_form": HoldForm(),
        **forms,
    }
    return render(request, "legal/matter.html", context, status=status)
