"""The rights holder's notices: choose, say why, see what the seller will see, file, follow, take back."""

import csv
from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klean.core.doors import actor_of, attempt, role_required, user_of
from klean.core.exports import plain_cell
from klean.core.models import Role
from listings.queries import search_listings
from reports.actions import Filed, Notifier, file_notice, withdraw_notice
from reports.forms.notices import NoticeForm, SelectionForm
from reports.models import Notice
from reports.queries import notice_for, page_of_notices, rights_of, rows_of_notices, words_of_reason

HEAD = ("tracking_number", "filed_at", "state", "reason", "listing", "title", "outcome", "answered_at")

CHECKED = ("preview", "file")


class Echo:
    """What csv.writer writes to when its rows are streamed."""

    def write(self, row: str) -> str:
        return row


def _organisation_ids(request: HttpRequest) -> list[int]:
    return user_of(request).organisation_ids(Role.RIGHTS_HOLDER)


@role_required(Role.RIGHTS_HOLDER)
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    page = page_of_notices(_organisation_ids(request), request.GET.get("after", ""))
    return render(request, "reports/notices.html", {"page": page})


@role_required(Role.RIGHTS_HOLDER)
@never_cache
@require_http_methods(["GET", "POST"])
def new_notice(request: HttpRequest) -> HttpResponse:
    """One form for all steps: what was chosen travels with it, so nothing is kept until it is filed."""
    at, step = timezone.now(), request.POST.get("step", "")
    selection = SelectionForm(request.POST if request.method == "POST" else None)
    chosen = selection.chosen()
    form = NoticeForm(
        request.POST if step in CHECKED else None, initial=request.POST.dict(),
        rights=rights_of(_organisation_ids(request)), notifier_type=Notice.NotifierType.RIGHTS_HOLDER,
        at=at, listings=chosen,
    )  # fmt: skip
    filed: list[Filed] = []
    status = 200
    if step in CHECKED and not (form.is_valid() and selection.is_valid()):
        status = 422
    elif step == "file":
        status = attempt(form, lambda: filed.append(_file(request, form, at)))
    if filed:
        return redirect(f"/rights/notices/{filed[0].notice.reference}")
    query = selection.data.get("q", "").strip()[:200]
    found = [listing for listing in search_listings(query)[:50] if listing not in chosen] if query else []
    context = {
        "selection": selection, "chosen": chosen, "found": found, "query": query, "form": form,
        "is_preview": step == "preview" and status == 200,
    }  # fmt: skip
    return render(request, "reports/new_notice.html", context, status=status)


def _file(request: HttpRequest, form: NoticeForm, at: datetime) -> Filed:
    given, user = form.cleaned_data, user_of(request)
    by = Notifier.of(given["right"].rights_holder.organisation, user=user, language=user.language)
    return file_notice(
        form.listings, by, reason=given["reason"], explanation=given["explanation"], right=given["right"],
        claims_illegal=given["claims_illegal"], good_faith=given["good_faith"], at=at, actor=actor_of(request),
    )  # fmt: skip


@role_required(Role.RIGHTS_HOLDER)
@require_GET
def notice(request: HttpRequest, reference: str) -> HttpResponse:
    return _shown(request, notice_for(_organisation_ids(request), reference))


def _shown(request: HttpRequest, notice: Notice, *, error: str = "", status: int = 200) -> HttpResponse:
    reason = words_of_reason("reports", notice.reason, at=notice.filed_at)
    context = {"notice": notice, "items": notice.items.all(), "reason": reason, "error": error}
    return render(request, "reports/notice.html", context, status=status)


@role_required(Role.RIGHTS_HOLDER)
@require_POST
def withdrawals(request: HttpRequest, reference: str) -> HttpResponse:
    mine = notice_for(_organisation_ids(request), reference)
    if not mine.is_open:
        return _shown(
            request, mine, error=_("This notice is closed: nothing is left to take back."), status=409
        )
    withdraw_notice(mine, at=timezone.now(), actor=actor_of(request))
    return redirect(f"/rights/notices/{mine.reference}")


@role_required(Role.RIGHTS_HOLDER)
@require_GET
def export(request: HttpRequest) -> StreamingHttpResponse:
    """Every listing of every notice, as CSV that no spreadsheet runs."""
    answer = StreamingHttpResponse(_lines(_organisation_ids(request)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="notices.csv"'
    return answer


def _lines(organisation_ids: list[int]) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield "\ufeff" + writer.writerow(HEAD)
    for row in rows_of_notices(organisation_ids):
        yield writer.writerow([plain_cell(cell) for cell in row])
