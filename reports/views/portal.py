"""The rights holder's watchlist, drafts, files of notices and impact."""

import tempfile
from pathlib import Path
from urllib.parse import urlencode

from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klean.core.access.models import Role
from klean.core.files.store import serve_file
from klean.core.web.attempts import attempt
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
    return _shown(request, None)


def _shown(request: HttpRequest, failed: Form | None, *, status: int = 200) -> HttpResponse:
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
def watch_answers(request: HttpRequest, item_id: int) -> HttpResponse:
    """One keystroke: a fake, or harmless."""
    user, form = user_of(request), WatchForm(request.POST)
    item = watch_item_for(user, item_id)
    at, actor = timezone.now(), actor_of(request)

    def answer() -> None:
        if form.cleaned_data["answer"] == "confirm":
            confirm_watched(item, by=user, at=at, actor=actor)
        else:
            wave_off_watched(item, by=user, at=at, actor=actor)

    status = attempt(form, answer)
    return _back(request, answered=item.pk) if status == 201 else _shown(request, form, status=status)


@role_required(Role.RIGHTS_HOLDER)
@require_POST
def watch_withdrawals(request: HttpRequest, item_id: int) -> HttpResponse:
    """Undo the answer."""
    item, form = watch_item_for(user_of(request), item_id), Form({})
    status = attempt(form, lambda: take_back_watched(item, at=timezone.now(), actor=actor_of(request)))
    return _back(request) if status == 201 else _shown(request, form, status=status)


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
def upload(request: HttpRequest) -> HttpResponse:
    """A file of notices; every line is filed or named with what is wrong."""
    user = user_of(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    reports: list[RowReport] = []
    status = 200
    if request.method == "POST":
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "notices.csv"
            status = attempt(
                form,
                lambda: reports.append(
                    file_rows(form.written_to(path), by=user, at=timezone.now(), actor=actor_of(request))
                ),
            )
    context = {
        "form": form,
        "report": reports[0] if reports else None,
        "rights": rights_of(user.organisation_ids(Role.RIGHTS_HOLDER)).exclude(number=""),
        "reasons": notice_reasons(Notice.NotifierType.RIGHTS_HOLDER, at=timezone.now()),
    }
    return render(request, "reports/upload.html", context, status=200 if status == 201 else status)


@role_required(Role.RIGHTS_HOLDER)
@require_GET
def impact(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/impact.html", {"impact": impact_of(user_of(request), at=timezone.now())})
