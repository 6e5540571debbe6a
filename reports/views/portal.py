"""The rights holder's watchlist, drafts, files of notices and impact."""

import tempfile
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klean.core.doors import actor_of, attempt, role_required, user_of
from klean.core.models import Role
from reports.actions import confirm_watched, drop_draft, file_rows, wave_off_watched
from reports.actions.uploads import RowReport
from reports.forms.portal import UploadForm, WatchForm
from reports.queries import draft_for, drafts_of, impact_of, watch_item_for, watchlist_of


@role_required(Role.RIGHTS_HOLDER)
@never_cache
@require_GET
def watchlist(request: HttpRequest) -> HttpResponse:
    return _shown(request, None)


def _shown(request: HttpRequest, failed: WatchForm | None, *, status: int = 200) -> HttpResponse:
    page = watchlist_of(user_of(request), request.GET.get("after", ""))
    return render(request, "reports/watchlist.html", {"page": page, "failed": failed}, status=status)


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
    return redirect("/rights/watchlist/") if status == 201 else _shown(request, form, status=status)


@role_required(Role.RIGHTS_HOLDER)
@require_GET
def drafts(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/drafts.html", {"drafts": drafts_of(user_of(request))[:200]})


@role_required(Role.RIGHTS_HOLDER)
@require_POST
def draft_deletions(request: HttpRequest, draft_id: int) -> HttpResponse:
    drop_draft(draft_for(user_of(request), draft_id), actor=actor_of(request))
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
    context = {"form": form, "report": reports[0] if reports else None}
    return render(request, "reports/upload.html", context, status=200 if status == 201 else status)


@role_required(Role.RIGHTS_HOLDER)
@require_GET
def impact(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/impact.html", {"impact": impact_of(user_of(request), at=timezone.now())})
