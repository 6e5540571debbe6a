"""The register of stakeholders, with agreements, meetings and promises; and the lists from outside."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from governance.actions.feeds import Origin, import_feed
from governance.actions.register import (
    finish_item,
    open_item,
    register_stakeholder,
    sign_agreement,
    write_minutes,
)
from governance.forms.feeds import FeedForm
from governance.forms.register import AgreementForm, ItemForm, MeetingForm, StakeholderForm
from governance.models import ActionItem, Agreement, ExternalFeed, ExternalRecord, Meeting, Stakeholder
from klean.core.doors import actor_of, attempt, role_required
from klean.core.feeds import Fault, Feed, FeedError
from klean.core.files import serve_file
from klean.core.models import Role
from klean.core.paging import page_of
from klean.core.refusals import Refused

FAULTS_SHOWN = 20


def _page(
    request: HttpRequest, template: str, form: Form, action: Callable[[], Any], context: dict[str, Any]
) -> HttpResponseBase:
    """A list with the form that adds to it: done, the page is read again."""
    status = 200
    if request.method == "POST":
        status = attempt(form, action)
        if status == 201:
            messages.success(request, _("Written down."))
            return redirect(request.path)
    return render(request, template, {**context, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
@role_required(Role.GOVERNANCE)
def index(request: HttpRequest) -> HttpResponseBase:
    form = StakeholderForm(request.POST or None)
    found = Stakeholder.objects.prefetch_related("agreements")
    page = page_of(found, order=("name", "pk"), after=request.GET.get("after", ""))

    def act() -> None:
        register_stakeholder(**form.cleaned_data, at=timezone.now(), actor=actor_of(request))

    return _page(request, "governance/stakeholders.html", form, act, {"page": page})


@require_http_methods(["GET", "POST"])
@role_required(Role.GOVERNANCE)
def stakeholder(request: HttpRequest, stakeholder_id: int) -> HttpResponseBase:
    found = get_object_or_404(Stakeholder.objects.select_related("organisation"), pk=stakeholder_id)
    form = AgreementForm(request.POST or None, request.FILES or None)

    def act() -> None:
        said = {**form.cleaned_data}
        paper = said.pop("document")
        sign_agreement(
            found, **said, document=paper and paper.read(), at=timezone.now(), actor=actor_of(request)
        )

    context = {
        "stakeholder": found,
        "agreements": found.agreements.select_related("document"),
        "meetings": found.meetings.all(),
        "today": timezone.localdate(),
    }
    return _page(request, "governance/stakeholder.html", form, act, context)


@require_GET
@role_required(Role.GOVERNANCE)
def document(request: HttpRequest, agreement_id: int) -> HttpResponseBase:
    found = get_object_or_404(
        Agreement.objects.select_related("document"), pk=agreement_id, document__isnull=False
    )
    assert found.document  # noqa: S101  it was asked for
    return serve_file(found.document)


@require_http_methods(["GET", "POST"])
@role_required(Role.GOVERNANCE)
def meetings(request: HttpRequest) -> HttpResponseBase:
    form = MeetingForm(request.POST or None)
    found = Meeting.objects.prefetch_related("stakeholders", "items__owner")
    page = page_of(found, order=("-pk",), after=request.GET.get("after", ""), size=20)

    def act() -> None:
        said = form.cleaned_data
        write_minutes(
            said["title"],
            said["held_on"],
            said["minutes"],
            with_=said["stakeholders"],
            actor=actor_of(request),
        )

    return _page(request, "governance/meetings.html", form, act, {"page": page})


@require_http_methods(["GET", "POST"])
@role_required(Role.GOVERNANCE)
def items(request: HttpRequest) -> HttpResponseBase:
    form = ItemForm(request.POST or None)
    found = ActionItem.objects.filter(done_at=None).select_related("owner", "meeting")
    page = page_of(found, order=("due_on", "pk"), after=request.GET.get("after", ""))

    def act() -> None:
        open_item(**form.cleaned_data, actor=actor_of(request))

    context = {"page": page, "today": timezone.localdate()}
    return _page(request, "governance/items.html", form, act, context)


@require_POST
@role_required(Role.GOVERNANCE)
def completions(request: HttpRequest, item_id: int) -> HttpResponseBase:
    finish_item(get_object_or_404(ActionItem, pk=item_id), at=timezone.now(), actor=actor_of(request))
    return redirect("governance:items")


@require_http_methods(["GET", "POST"])
@role_required(Role.GOVERNANCE)
def feeds(request: HttpRequest) -> HttpResponseBase:
    form, status = FeedForm(request.POST or None, request.FILES or None), 200
    faults: list[Fault] = []
    taken: list[ExternalFeed] = []

    def act() -> None:
        said = form.cleaned_data
        origin = Origin(kind=said["kind"], source=said["source"], dated_on=said["dated_on"])
        taken.append(_import(request, said["file"], origin, faults.append))

    if request.method == "POST":
        status = attempt(form, act)
        if status == 201 and not faults:
            messages.success(request, _("The list is taken in."))
            return redirect("governance:feed", taken[0].pk)
    context = {
        "form": form,
        "faults": faults[:FAULTS_SHOWN],
        "taken": taken,
        "page": page_of(ExternalFeed.objects.all(), order=("-pk",), after=request.GET.get("after", "")),
    }
    return render(request, "governance/feeds.html", context, status=status)


def _import(
    request: HttpRequest, file: "UploadedFile[bytes]", origin: Origin, report: Callable[[Fault], object]
) -> ExternalFeed:
    """A copy under the name's endings, which tell its shape."""
    suffix = "".join(Path(file.name or "").suffixes[-2:]).lower()
    with tempfile.NamedTemporaryFile(suffix=suffix) as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        try:
            with Feed(Path(copy.name), required=["number"], report=report) as feed:
                return import_feed(feed, origin, at=timezone.now(), actor=actor_of(request))[0]
        except FeedError as error:
            raise Refused(str(error).replace(Path(copy.name).name, file.name or ""), code="feed") from error


@require_GET
@role_required(Role.GOVERNANCE)
def feed(request: HttpRequest, feed_id: int) -> HttpResponse:
    found = get_object_or_404(ExternalFeed, pk=feed_id)
    records = ExternalRecord.objects.filter(feed=found)
    page = page_of(records, order=("pk",), after=request.GET.get("after", ""), size=50)
    return render(request, "governance/feed.html", {"feed": found, "page": page})
