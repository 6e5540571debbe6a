from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klean.core.access.models import Role
from klean.core.events.actors import Actor
from klean.core.files.store import serve_file
from klean.core.web.attempts import form_page, submit
from klean.core.web.paging import page_of
from klean.core.web.permissions import role_required
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

    def open_it(at: datetime, actor: Actor) -> None:
        kind, title, case = (form.cleaned_data[name] for name in ("kind", "title", "case"))
        open_matter(Matter.Kind(kind), title, case=case, at=at, actor=actor)

    return submit(
        request,
        form,
        open_it,
        show=form_page(request, "legal/create.html"),
        then=redirect("legal:matters"),
        message=_("The matter is open."),
    )


@require_GET
@role_required(Role.LEGAL)
def matter(request: HttpRequest, matter_id: int) -> HttpResponse:
    return _show(request, matter_for(matter_id))


@require_POST
@role_required(Role.LEGAL)
def moves(request: HttpRequest, matter_id: int) -> HttpResponseBase:
    found = matter_for(matter_id)
    form = MoveForm(request.POST, matter=found)
    return change(
        request,
        found,
        form,
        lambda at, actor: move_matter(found, Matter.State(form.cleaned_data["state"]), at=at, actor=actor),
        form_name="move_form",
    )


@require_POST
@role_required(Role.LEGAL)
def holds(request: HttpRequest, matter_id: int) -> HttpResponseBase:
    found, form = matter_for(matter_id), HoldForm(request.POST)
    return change(
        request,
        found,
        form,
        lambda at, actor: place_hold(found, form.cleaned_data["reason"], at=at, actor=actor),
        form_name="hold_form",
    )


@require_POST
@role_required(Role.LEGAL)
def hold_releases(request: HttpRequest, matter_id: int) -> HttpResponseBase:
    found, form = matter_for(matter_id), Form(request.POST)
    return change(request, found, form, lambda at, actor: release_hold(found, at=at, actor=actor))


@require_POST
@role_required(Role.LEGAL)
def bundles(request: HttpRequest, matter_id: int) -> HttpResponseBase:
    found, form = matter_for(matter_id), Form(request.POST)
    return change(request, found, form, lambda at, actor: make_bundle(found, at=at, actor=actor))


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
    found = get_object_or_404(Bundle, pk=bundle_id, matter=matter_id)
    form = StampForm(request.POST, request.FILES)
    return change(
        request,
        matter_for(matter_id),
        form,
        lambda at, actor: stamp_bundle(found, form.cleaned_data["stamp"].read(), at=at, actor=actor),
        form_name="stamp_form",
    )


@require_POST
@role_required(Role.LEGAL)
def parties(request: HttpRequest, matter_id: int) -> HttpResponseBase:
    found, form = matter_for(matter_id), PartyForm(request.POST)

    def add(at: datetime, actor: Actor) -> None:
        role, name, contact = (form.cleaned_data[key] for key in ("role", "name", "contact"))
        add_party(found, Party.Role(role), name, contact, at=at, actor=actor)

    return change(request, found, form, add, form_name="party_form")


@require_POST
@role_required(Role.LEGAL)
def tasks(request: HttpRequest, matter_id: int) -> HttpResponseBase:
    found, form = matter_for(matter_id), TaskForm(request.POST)
    return change(
        request,
        found,
        form,
        lambda at, actor: add_task(found, **form.cleaned_data, at=at, actor=actor),
        form_name="task_form",
    )


@require_POST
@role_required(Role.LEGAL)
def task_ends(request: HttpRequest, matter_id: int, task_id: int) -> HttpResponseBase:
    found, form = get_object_or_404(Task, pk=task_id, matter=matter_id), Form(request.POST)
    matter = matter_for(matter_id)
    return change(request, matter, form, lambda at, actor: finish_task(found, at=at, actor=actor))


@require_POST
@role_required(Role.LEGAL)
def costs(request: HttpRequest, matter_id: int) -> HttpResponseBase:
    found, form = matter_for(matter_id), CostForm(request.POST)
    return change(
        request,
        found,
        form,
        lambda at, actor: add_cost(found, **form.cleaned_data, at=at, actor=actor),
        form_name="cost_form",
    )


@require_http_methods(["GET", "POST"])
@role_required(Role.LEGAL)
def letters(request: HttpRequest, matter_id: int, kind: str) -> HttpResponseBase:
    """A letter from its template, to finish and keep as PDF."""
    found, letter_kind = matter_for(matter_id), Letter.Kind(kind.upper())
    draft = draft_letter(found, letter_kind, at=timezone.now())
    form = LetterForm(request.POST or None, initial={"text": draft})
    return submit(
        request,
        form,
        lambda at, actor: write_letter(found, letter_kind, form.cleaned_data["text"], at=at, actor=actor),
        show=form_page(request, "legal/letter.html", matter=found, kind=letter_kind),
        then=redirect("legal:matter", found.pk),
        message=_("Done."),
    )


@require_GET
@role_required(Role.LEGAL)
def letter(request: HttpRequest, matter_id: int, letter_id: int) -> HttpResponseBase:
    found = get_object_or_404(Letter.objects.select_related("file"), pk=letter_id, matter=matter_id)
    return serve_file(found.file)


def change(
    request: HttpRequest,
    found: Matter,
    form: Form,
    action: Callable[[datetime, Actor], Any],
    *,
    form_name: str = "form",
) -> HttpResponseBase:
    """Do something to the matter and come back to its page."""
    show, then = partial(_show, request, found), redirect("legal:matter", found.pk)
    return submit(request, form, action, show=show, then=then, form_name=form_name, message=_("Done."))


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
