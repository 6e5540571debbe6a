"""The protection team looks at who speaks for brands, and at rights that no register holds."""

from functools import partial

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from brands import queries
from brands.actions.register import judge_evidence
from brands.actions.rights import verify_rights_holder
from brands.models import IPRight, RightsHolder
from klean.core.access.models import Role
from klean.core.files.models import StoredFile
from klean.core.files.store import serve_file
from klean.core.web.attempts import submit
from klean.core.web.permissions import role_required

reviewers_only = role_required(Role.MODERATOR, Role.SENIOR)


@require_GET
@reviewers_only
def list_applications(request: HttpRequest) -> HttpResponse:
    return _list(request)


def _list(request: HttpRequest, *, status: int = 200, form: Form | None = None) -> HttpResponse:
    context = {"holders": queries.unverified()[:50], "rights": queries.unjudged()[:50], "form": form}
    return render(request, "brands/applications.html", context, status=status)


@require_POST
@reviewers_only
def create_verification(request: HttpRequest, holder_id: int) -> HttpResponseBase:
    holder = get_object_or_404(RightsHolder, pk=holder_id)
    return submit(
        request,
        Form(request.POST),
        lambda at, actor: verify_rights_holder(holder, at=at, actor=actor),
        show=partial(_list, request),
        then=redirect("brands:applications"),
        message=_("Verified."),
    )


@require_POST
@reviewers_only
def create_judgement(request: HttpRequest, right_id: int) -> HttpResponseBase:
    right = get_object_or_404(IPRight, pk=right_id)
    is_accepted = request.POST.get("outcome") == "accepted"
    return submit(
        request,
        Form(request.POST),
        lambda at, actor: judge_evidence(right, is_accepted=is_accepted, at=at, actor=actor),
        show=partial(_list, request),
        then=redirect("brands:applications"),
        message=_("Decided."),
    )


@require_GET
@reviewers_only
def show_power(request: HttpRequest, holder_id: int) -> HttpResponseBase:
    return _serve(get_object_or_404(RightsHolder, pk=holder_id).power_of_attorney)


@require_GET
@reviewers_only
def show_evidence(request: HttpRequest, right_id: int) -> HttpResponseBase:
    return _serve(get_object_or_404(IPRight, pk=right_id).evidence)


def _serve(file: StoredFile | None) -> HttpResponseBase:
    if file is None:
        raise Http404
    return serve_file(file)
