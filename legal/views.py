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
from legal.actions.bundles import make_bundle
from legal.actions.matters import move_matter, open_matter, place_hold, release_hold
from legal.forms import HoldForm, MatterForm, MoveForm
from legal.models import Bundle, Matter
from legal.queries import matter_for, matters, records_of


@require_GET
@role_required(Role.LEGAL)
def index(request: HttpRequest) -> HttpResponse:
    page = page_of(matters(), order=("-pk",), after=request.GET.get("after", ""))
    return render(request, "legal/matters.html", {"page": page})


@require_http_methods(["GET", "POST"])
@role_required(Role.LEGAL)
def create(request: HttpRequest) -> HttpResponseBase:
    form = MatterForm(request.POST or None, initial={"case": request.GET.get("case")})
    status = 200
    if request.method == "POST":
        status = attempt(
            form,
            lambda: open_matter(
                Matter.Kind(form.cleaned_data["kind"]), form.cleaned_data["title"], case=form.cleaned_data["case"],
                at=timezone.now(), actor=actor_of(request),
            ),
        )  # fmt: skip
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
    return _after(request, found, status, move_form=form)


@require_POST
@role_required(Role.LEGAL)
def holds(request: HttpRequest, matter_id: int) -> HttpResponseBase:
    found, form = matter_for(matter_id), HoldForm(request.POST)
    status = attempt(
        form,
        lambda: place_hold(found, form.cleaned_data["reason"], at=timezone.now(), actor=actor_of(request)),
    )
    return _after(request, found, status, hold_form=form)


@require_POST
@role_required(Role.LEGAL)
def hold_releases(request: HttpRequest, matter_id: int) -> HttpResponseBase:
    found, form = matter_for(matter_id), Form(request.POST)
    status = attempt(form, lambda: release_hold(found, at=timezone.now(), actor=actor_of(request)))
    return _after(request, found, status)


@require_POST
@role_required(Role.LEGAL)
def bundles(request: HttpRequest, matter_id: int) -> HttpResponseBase:
    found, form = matter_for(matter_id), Form(request.POST)
    status = attempt(form, lambda: make_bundle(found, at=timezone.now(), actor=actor_of(request)))
    return _after(request, found, status)


@require_GET
@role_required(Role.LEGAL)
def bundle(request: HttpRequest, matter_id: int, bundle_id: int) -> HttpResponseBase:
    found = get_object_or_404(Bundle.objects.select_related("file"), pk=bundle_id, matter=matter_id)
    return serve_file(found.file)


def _after(request: HttpRequest, found: Matter, status: int, **forms: Form) -> HttpResponseBase:
    if status == 201:
        messages.success(request, _("Done."))
        return redirect("legal:matter", found.pk)
    return _show(request, found, status=status, **forms)


def _show(request: HttpRequest, found: Matter, *, status: int = 200, **forms: Form) -> HttpResponse:
    context = {
        "matter": found,
        "records": records_of(found),
        "hold": found.holds.filter(released_at=None).first(),
        "bundles": found.bundles.select_related("file"),
        "move_form": MoveForm(matter=found),
        "hold_form": HoldForm(),
        **forms,
    }
    return render(request, "legal/matter.html", context, status=status)
