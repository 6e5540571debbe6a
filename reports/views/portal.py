"""The rights holder's watchlist, drafts, files of notices and impact."""

import tempfile
from datetime import datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klean.core.access.models import Role
from klean.core.events.actors import Actor
from klean.core.files.store import serve_file
from klean.core.web.attempts import form_page, submit
from klean.core.web.permissions import actor_of, role_required, user_of
from listings.models import ListingPicture
from reports.actions.drafts import drop_draft
from reports.actions.uploads import RowReport, file_rows
from reports.actions.watchlist import confirm_watched, take_back_watched, wave_off_watched
from reports.forms.portal import UploadForm, WatchForm
from reports.models.notices import Notice
from reports.models.portal import WatchItem
from reports.queries.notices import notice_reasons, rights_of
from reports.queries.portal import (
    draft_for,
    drafts_of,
    impact_of,
    watch_item_for,
    watched,
    watchlist_of,
)


@role_required(Role.RIGHTS_HOLDER)
@never_cache
@require_GET
def watchlist(request: HttpRequest) -> HttpResponse:
    return _show(request)


def _show(request: HttpRequest, *, failed: Form | None = None, status: int = 200) -> HttpResponse:
    """What waits; the one after the last answer is in focus, and that answer can be taken back."""
    page = watchlist_of(user_of(request), request.GET.get("after", ""))
    answered = _answered(request)
    context = {
        "page": page,
        "rows": watched(page.rows),
        "failed": failed,
        "answered": answered,
        "next": next((item.pk for item in page if answered and item.pk < answered.pk), None),
    }
    return render(request, "reports/watchlist.html", context, status=status)


def _answered(request: HttpRequest) -> WatchItem | None:
    asked = request.GET.get("answered", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        return None
    item = watch_item_for(user_of(request), int(asked))
    return None if item.state == WatchItem.State.WAITING else item


def _back(request: HttpRequest, **also: object) -> HttpResponse:
    """To the same page of the watchlist."""
    query = {name: value for name, value in {"after": request.GET.get("after", ""), **also}.items() if value}
    return redirect(f"/rights/watchlist/{'?' if query else ''}{urlencode(query)}")


@role_required(Role.RIGHTS_HOLDER)
@require_POST
def watch_answers(request: HttpRequest, item_id: int) -> HttpResponseBase:
    """One keystroke: a fake, or harmless."""
    user, form = user_of(request), WatchForm(request.POST)
    item = watch_item_for(user, item_id)

    def answer(at: datetime, actor: Actor) -> None:
        if form.cleaned_data["answer"] == "confirm":
            confirm_watched(item, by=user, at=at, actor=actor)
        else:
            wave_off_watched(item, by=user, at=at, actor=actor)

    show, then = partial(_show, request), _back(request, answered=item.pk)
    return submit(request, form, answer, show=show, form_name="failed", then=then)


@role_required(Role.RIGHTS_HOLDER)
@require_POST
def watch_withdrawals(request: HttpRequest, item_id: int) -> HttpResponseBase:
    """Undo the answer."""
    item = watch_item_for(user_of(request), item_id)
    return submit(
        request,
        Form({}),
        lambda at, actor: take_back_watched(item, at=at, actor=actor),
        show=partial(_show, request),
        form_name="failed",
        then=_back(request),
    )


@role_required(Role.RIGHTS_HOLDER)
@require_GET
def picture(request: HttpRequest, picture_id: int) -> FileResponse:
    """A picture of a listing of the catalogue, which holders search as a whole."""
    kept = ListingPicture.objects.filter(replaced_at=None).select_related("file")
    found = get_object_or_404(kept, pk=picture_id)
    if found.file is None:
        raise Http404
    return serve_file(found.file)


@role_required(Role.RIGHTS_HOLDER)
@require_GET
def drafts(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/drafts.html", {"drafts": drafts_of(user_of(request))[:200]})


@role_required(Role.RIGHTS_HOLDER)
@require_POST
def draft_deletions(request: HttpRequest, draft_id: int) -> HttpResponse:
    drop_draft(draft_for(user_of(request), draft_id), at=timezone.now(), actor=actor_of(request))
    return redirect("/rights/notices/drafts/")


@role_required(Role.RIGHTS_HOLDER)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponseBase:
    """A file of notices; every line is filed or named with what is wrong."""
    user = user_of(request)
    form = UploadForm(request.POST or None, request.FILES or None)

    def file(at: datetime, actor: Actor) -> RowReport:
        with tempfile.TemporaryDirectory() as folder:
            return file_rows(form.written_to(Path(folder) / "notices.csv"), by=user, at=at, actor=actor)

    show = form_page(
        request,
        "reports/upload.html",
        rights=rights_of(user.organisation_ids(Role.RIGHTS_HOLDER)).exclude(number=""),
        reasons=notice_reasons(Notice.NotifierType.RIGHTS_HOLDER, at=timezone.now()),
    )
    return submit(request, form, file, show=show, then=lambda report: show(form=form, report=report))


@role_required(Role.RIGHTS_HOLDER)
@require_GET
def impact(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/impact.html", {"impact": impact_of(user_of(request), at=timezone.now())})
