"""The rights holder's notices: choose, say why, see what the seller will see, file, follow, take back."""

import csv
from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klean.core.access.models import Organisation, Role
from klean.core.policy.queries import policy_at
from klean.core.rows.refusals import Refused
from klean.core.web.attempts import attempt
from klean.core.web.csv_cells import plain_cell
from klean.core.web.permissions import actor_of, role_required, user_of
from listings.models import Listing
from listings.queries.catalogue import search_by_picture, search_listings
from reports.actions.answers import withdraw_notice
from reports.actions.drafts import save_draft
from reports.actions.notices import Filed, Notifier, file_notice
from reports.forms.notices import UNREADABLE_PICTURE, NoticeForm, SelectionForm
from reports.models.notices import Notice
from reports.queries.notices import (
    has_answers,
    notice_for,
    page_of_notices,
    rights_of,
    rows_of_notices,
    words_of_reason,
)
from reports.queries.portal import draft_for, first_pictures
from reports.rules.policy import Reports
from screening.images.decode import BadPicture

HEAD = ("tracking_number", "filed_at", "state", "reason", "listing", "title", "outcome", "answered_at")

CHECKED = ("preview", "file")
KEPT = ("draft", "template")
MAX_FOUND = 50
GONE = (Listing.State.REMOVED,)
WORDS = ("right", "reason", "explanation", "claims_illegal")


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
    """One form for all steps: what was chosen travels with it, so nothing is kept until it is filed or saved."""
    at, step, given = timezone.now(), request.POST.get("step", ""), _given(request)
    selection = SelectionForm(given, request.FILES)
    chosen = selection.chosen()
    form = NoticeForm(
        given if step in CHECKED else None,
        initial=given.dict() if given else {},
        rights=rights_of(_organisation_ids(request)),
        notifier_type=Notice.NotifierType.RIGHTS_HOLDER,
        at=at,
        listings=chosen,
    )
    filed: list[Filed] = []
    status = 200
    if step in KEPT:
        status = attempt(selection, lambda: _save(request, selection, given, is_template=step == "template"))
    elif step in CHECKED and not (form.is_valid() and selection.is_valid()):
        status = 422
    elif step == "file":
        status = attempt(form, lambda: filed.append(_file(request, form, at)))
    if filed:
        return redirect(f"/rights/notices/{filed[0].notice.reference}")
    if status == 201:
        return redirect("/rights/notices/drafts/")
    query = selection.data.get("q", "").strip()[:200]
    found = [listing for listing in _found(selection, query) if listing not in chosen]
    pictures = first_pictures([listing.pk for listing in (*chosen, *found)])
    context = {
        "selection": selection,
        "form": form,
        "query": query,
        "was_picture": bool(request.FILES.get("shown")),
        "chosen": [(listing, pictures.get(listing.pk)) for listing in chosen],
        "found": [(listing, pictures.get(listing.pk)) for listing in found],
        "most_found": MAX_FOUND,
        "most": policy_at(at)[Reports].listings_per_notice,
        "is_preview": step == "preview" and status == 200,
        "reason": words_of_reason(given.get("reason", ""), at=at) if given else "",
    }
    return render(request, "reports/new_notice.html", context, status=status)


def _given(request: HttpRequest) -> QueryDict | None:
    """What was sent, or what the draft holds that the address names."""
    if request.method == "POST":
        return request.POST
    if not request.GET.get("draft", "").isdigit():
        return None
    kept = QueryDict(mutable=True)
    for name, values in draft_for(user_of(request), int(request.GET["draft"])).body.items():
        kept.setlist(name, values)
    return kept


def _save(
    request: HttpRequest, selection: SelectionForm, given: QueryDict | None, *, is_template: bool
) -> None:
    """Keep what was written so far; a template keeps the words and leaves the listings."""
    organisation = Organisation.objects.filter(pk__in=_organisation_ids(request)).order_by("pk").first()
    name = selection.cleaned_data["draft_name"]
    if not name or organisation is None or given is None:
        raise Refused(_("Enter a name for the draft or template."), code="name_missing")
    wanted = WORDS if is_template else (*WORDS, "listings", "pasted")
    body = {field: given.getlist(field)[:1000] for field in wanted if field in given}
    save_draft(organisation, name, body, is_template=is_template, at=timezone.now(), actor=actor_of(request))


def _found(selection: SelectionForm, query: str) -> list[Listing]:
    """By words, or by the picture that was shown."""
    if not selection.is_bound or not selection.is_valid():
        return []
    if picture := selection.cleaned_data["shown"]:
        try:
            return [one for one in search_by_picture(picture, limit=MAX_FOUND) if one.state not in GONE]
        except BadPicture:
            selection.add_error("shown", UNREADABLE_PICTURE)
            return []
    return list(search_listings(query).exclude(state__in=GONE)[:MAX_FOUND]) if query else []


def _file(request: HttpRequest, form: NoticeForm, at: datetime) -> Filed:
    given, user = form.cleaned_data, user_of(request)
    by = Notifier.of(given["right"].rights_holder.organisation, user=user, language=user.language)
    return file_notice(
        form.listings,
        by,
        reason=given["reason"],
        explanation=given["explanation"],
        right=given["right"],
        claims_illegal=given["claims_illegal"],
        good_faith=given["good_faith"],
        at=at,
        actor=actor_of(request),
    )


@role_required(Role.RIGHTS_HOLDER)
@require_GET
def notice(request: HttpRequest, reference: str) -> HttpResponse:
    return _shown(request, notice_for(_organisation_ids(request), reference))


def _shown(request: HttpRequest, notice: Notice, *, error: str = "", status: int = 200) -> HttpResponse:
    reason = words_of_reason(notice.reason, at=notice.filed_at)
    context = {
        "notice": notice,
        "items": notice.items.all(),
        "answered": has_answers(notice),
        "reason": reason,
        "error": error,
    }
    return render(request, "reports/notice.html", context, status=status)


@role_required(Role.RIGHTS_HOLDER)
@require_POST
def withdrawals(request: HttpRequest, reference: str) -> HttpResponse:
    mine = notice_for(_organisation_ids(request), reference)
    if not mine.is_open:
        return _shown(
            request, mine, error=_("This notice is closed and can no longer be withdrawn."), status=409
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
