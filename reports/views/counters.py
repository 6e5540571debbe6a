"""The counter-notice round: the seller's pages, the notifier's, and the desk's."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from klean.core.access.models import Role
from klean.core.files.store import serve_file
from klean.core.web.attempts import attempt
from klean.core.web.permissions import actor_of, role_required, user_of
from reports.actions.counters import accept_counter, answer_counter, reject_counter
from reports.forms.counters import CounterForm, ReplyForm
from reports.models.counters import CounterNotice
from reports.queries.counters import (
    counter_for_desk,
    counter_for_holder,
    counter_for_seller,
    counters_of_seller,
    documents_of,
    words_of_ground,
)
from reports.queries.notices import words_of_reason

STAFF = (Role.MODERATOR, Role.SENIOR)


@role_required(Role.SELLER)
@require_GET
def seller_notices(request: HttpRequest) -> HttpResponse:
    page = counters_of_seller(user_of(request), request.GET.get("after", ""))
    return render(request, "reports/seller_notices.html", {"page": page})


@role_required(Role.SELLER)
@never_cache
@require_GET
def seller_notice(request: HttpRequest, counter_id: int) -> HttpResponse:
    mine = counter_for_seller(user_of(request), counter_id)
    return _shown_to_seller(request, mine, CounterForm(at=mine.invited_at))


def _shown_to_seller(
    request: HttpRequest, mine: CounterNotice, form: CounterForm, *, status: int = 200
) -> HttpResponse:
    """The listing, the reason and the words: nothing of who reported."""
    return render(
        request, "reports/seller_notice.html", {**_round_context(mine), "form": form}, status=status
    )


def _round_context(counter: CounterNotice) -> dict[str, Any]:
    """What was reported and what was answered, without who reported."""
    notice = counter.item.notice
    return {
        "counter": counter,
        "listing": counter.item.listing,
        "explanation": notice.explanation,
        "right_kind": notice.get_right_kind_display(),
        "outcome": counter.item.get_outcome_display(),
        "reason": words_of_reason(notice.reason, at=counter.invited_at),
        "ground": words_of_ground(counter),
        "documents": documents_of(counter),
    }


@role_required(Role.SELLER)
@require_POST
def answers(request: HttpRequest, counter_id: int) -> HttpResponse:
    user = user_of(request)
    mine = counter_for_seller(user, counter_id)
    form = CounterForm(request.POST, request.FILES, at=mine.invited_at)
    status = attempt(
        form,
        lambda: answer_counter(
            mine,
            ground=form.cleaned_data["ground"],
            statement=form.cleaned_data["statement"],
            documents=form.documents,
            by=user,
            at=timezone.now(),
            actor=actor_of(request),
        ),
    )
    if status == 201:
        return redirect(f"/seller/notices/{mine.pk}")
    return _shown_to_seller(request, mine, form, status=status)


def _held_by(request: HttpRequest, counter_id: int) -> CounterNotice:
    return counter_for_holder(user_of(request).organisation_ids(Role.RIGHTS_HOLDER), counter_id)


@role_required(Role.RIGHTS_HOLDER)
@never_cache
@require_GET
def counter(request: HttpRequest, counter_id: int) -> HttpResponse:
    """The seller's answer, as the notifier reads it."""
    return _shown(request, _held_by(request, counter_id), ReplyForm())


def _shown(
    request: HttpRequest, found: CounterNotice, form: ReplyForm | None, *, status: int = 200
) -> HttpResponse:
    context = {**_round_context(found), "notice": found.item.notice, "form": form}
    return render(request, "reports/counter.html", context, status=status)


@role_required(Role.RIGHTS_HOLDER)
@require_POST
def replies(request: HttpRequest, counter_id: int) -> HttpResponse:
    found, form = _held_by(request, counter_id), ReplyForm(request.POST)
    at, actor = timezone.now(), actor_of(request)

    def reply() -> None:
        if form.cleaned_data["outcome"] == "accept":
            accept_counter(found, at=at, actor=actor)
        else:
            reject_counter(found, form.cleaned_data["reply"], at=at, actor=actor)

    status = attempt(form, reply)
    if status == 201:
        return redirect(f"/rights/counter-notices/{found.pk}")
    return _shown(request, found, form, status=status)


@role_required(*STAFF)
@require_GET
def desk_counter(request: HttpRequest, counter_id: int) -> HttpResponse:
    return _shown(request, counter_for_desk(counter_id), None)


@role_required(Role.RIGHTS_HOLDER, Role.SELLER, *STAFF)
@require_GET
def document(request: HttpRequest, counter_id: int, document_id: int) -> FileResponse:
    """A document, for the seller who sent it, the notifier who is to judge it, and the desk."""
    user = user_of(request)
    if user.has_role(*STAFF):
        found = counter_for_desk(counter_id)
    elif user.has_role(Role.SELLER):
        found = counter_for_seller(user, counter_id)
    else:
        found = _held_by(request, counter_id)
    one = found.documents.filter(pk=document_id).select_related("file").first()
    if one is None:
        raise Http404
    return serve_file(one.file)
