"""The register of stakeholders, with agreements, meetings and promises; and the lists from outside."""

import tempfile
from collections.abc import Callable
from datetime import datetime
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
from klean.core.access.models import Role
from klean.core.events.actors import Actor
from klean.core.files.store import serve_file
from klean.core.importing.feeds import Fault, Feed, FeedError
from klean.core.policy.queries import day_of
from klean.core.rows.refusals import Refused
from klean.core.web.attempts import form_page, submit
from klean.core.web.paging import page_of
from klean.core.web.permissions import actor_of, role_required

MAX_FAULTS = 20


def _page(
    request: HttpRequest,
    template: str,
    form: Form,
    action: Callable[[datetime, Actor], Any],
    context: dict[str, Any],
) -> HttpResponseBase:
    """A list with the form that adds to it: done, the page is read again."""
    show, then = form_page(request, template, **context), redirect(request.path)
    return submit(request, form, action, show=show, then=then, message=_("Written down."))


@require_http_methods(["GET", "POST"])
@role_required(Role.GOVERNANCE)
def index(request: HttpRequest) -> HttpResponseBase:
    form = StakeholderForm(request.POST or None)
    found = Stakeholder.objects.prefetch_related("agreements")
    page = page_of(found, order=("name", "pk"), after=request.GET.get("after", ""))

    return _page(
        request,
        "governance/stakeholders.html",
        form,
        lambda at, actor: register_stakeholder(**form.cleaned_data, at=at, actor=actor),
        {"page": page},
    )


@require_http_methods(["GET", "POST"])
@role_required(Role.GOVERNANCE)
def stakeholder(request: HttpRequest, stakeholder_id: int) -> HttpResponseBase:
    found = get_object_or_404(Stakeholder.objects.select_related("organisation"), pk=stakeholder_id)
    form = AgreementForm(request.POST or None, request.FILES or None)

    def sign(at: datetime, actor: Actor) -> None:
        data = dict(form.cleaned_data)
        document = data.pop("document")
        sign_agreement(found, **data, document=document and document.read(), at=at, actor=actor)

    context = {
        "stakeholder": found,
        "agreements": found.agreements.select_related("document"),
        "meetings": found.meetings.all(),
        "today": day_of(timezone.now()),
    }
    return _page(request, "governance/stakeholder.html", form, sign, context)


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

    def write(at: datetime, actor: Actor) -> None:
        data = dict(form.cleaned_data)
        stakeholders = data.pop("stakeholders")
        write_minutes(**data, with_=stakeholders, at=at, actor=actor)

    return _page(request, "governance/meetings.html", form, write, {"page": page})


@require_http_methods(["GET", "POST"])
@role_required(Role.GOVERNANCE)
def items(request: HttpRequest) -> HttpResponseBase:
    form = ItemForm(request.POST or None)
    found = ActionItem.objects.filter(done_at=None).select_related("owner", "meeting")
    page = page_of(found, order=("due_on", "pk"), after=request.GET.get("after", ""))

    return _page(
        request,
        "governance/items.html",
        form,
        lambda at, actor: open_item(**form.cleaned_data, at=at, actor=actor),
        {"page": page, "today": day_of(timezone.now())},
    )


@require_POST
@role_required(Role.GOVERNANCE)
def completions(request: HttpRequest, item_id: int) -> HttpResponseBase:
    finish_item(get_object_or_404(ActionItem, pk=item_id), at=timezone.now(), actor=actor_of(request))
    return redirect("governance:items")


@require_http_methods(["GET", "POST"])
@role_required(Role.GOVERNANCE)
def feeds(request: HttpRequest) -> HttpResponseBase:
    form = FeedForm(request.POST or None, request.FILES or None)
    faults: list[Fault] = []

    def take_in(at: datetime, actor: Actor) -> ExternalFeed:
        data = dict(form.cleaned_data)
        return _import(data.pop("file"), Origin(**data), faults.append, at=at, actor=actor)

    def show(*, status: int, form: FeedForm, taken: ExternalFeed | None = None) -> HttpResponse:
        page = page_of(ExternalFeed.objects.all(), order=("-pk",), after=request.GET.get("after", ""))
        context = {"form": form, "faults": faults[:MAX_FAULTS], "taken": taken, "page": page}
        return render(request, "governance/feeds.html", context, status=status)

    def then(taken: ExternalFeed) -> HttpResponseBase:
        if faults:
            return show(status=201, form=form, taken=taken)
        messages.success(request, _("The list is taken in."))
        return redirect("governance:feed", taken.pk)

    return submit(request, form, take_in, show=show, then=then)


def _import(
    file: "UploadedFile[bytes]",
    origin: Origin,
    report: Callable[[Fault], object],
    *,
    at: datetime,
    actor: Actor,
) -> ExternalFeed:
    """A copy under the name's endings, which tell its shape."""
    suffix = "".join(Path(file.name or "").suffixes[-2:]).lower()
    with tempfile.NamedTemporaryFile(suffix=suffix) as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        try:
            with Feed(Path(copy.name), required=["number"], report=report) as feed:
                return import_feed(feed, origin, at=at, actor=actor)[0]
        except FeedError as error:
            raise Refused(str(error).replace(Path(copy.name).name, file.name or ""), code="feed") from error


@require_GET
@role_required(Role.GOVERNANCE)
def feed(request: HttpRequest, feed_id: int) -> HttpResponse:
    found = get_object_or_404(ExternalFeed, pk=feed_id)
    records = ExternalRecord.objects.filter(feed=found)
    page = page_of(records, order=("pk",), after=request.GET.get("after", ""), size=50)
    return render(request, "governance/feed.html", {"feed": found, "page": page})
