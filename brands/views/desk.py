"""The protection team looks at who speaks for brands, and at rights that no register holds."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from brands import queries
from brands.actions.register import judge_evidence
from brands.actions.rights import verify_rights_holder
from brands.models import IPRight, RightsHolder
from klean.core.doors import actor_of, attempt, role_required
from klean.core.files import serve_file
from klean.core.models import Role, StoredFile

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
    now, actor = timezone.now(), actor_of(request)
    return _decide(request, lambda: verify_rights_holder(holder, at=now, actor=actor), _("Verified."))


@require_POST
@reviewers_only
def create_judgement(request: HttpRequest, right_id: int) -> HttpResponseBase:
    right = get_object_or_404(IPRight, pk=right_id)
    is_accepted = request.POST.get("outcome") == "accepted"
    now, actor = timezone.now(), actor_of(request)
    return _decide(
        request, lambda: judge_evidence(right, is_accepted=is_accepted, at=now, actor=actor), _("Decided.")
    )


def _decide(request: HttpRequest, action: Callable[[], object], words: str) -> HttpResponseBase:
    form = Form(request.POST)
    status = attempt(form, action)
    if status == 201:
        messages.success(request, words)
        return redirect("brands:applications")
    return _list(request, status=status, form=form)


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
