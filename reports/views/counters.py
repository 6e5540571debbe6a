"""The counter-notice round: the seller's pages, the notifier's, and the desk's."""

from datetime import datetime
from functools import partial
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from klean.core.access.models import Role
from klean.core.events.actors import Actor
from klean.core.files.store import serve_file
from klean.core.web.attempts import submit
from klean.core.web.permissions import role_required, user_of
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
    return _show_to_seller(request, mine, form=CounterForm(at=mine.invited_at))


def _show_to_seller(
    request: HttpRequest, mine: CounterNotice, *, form: CounterForm, status: int = 200
) -> HttpResponse:
    """The listing, the reason and the words: nothing of who reported."""
    context = _round_context(mine) | {"form": form}
    return render(request, "reports/seller_notice.html", context, status=status)


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
def answers(request: HttpRequest, counter_id: int) -> HttpResponseBase:
    user = user_of(request)
    mine = counter_for_seller(user, counter_id)
    form = CounterForm(request.POST, request.FILES, at=mine.invited_at)
    return submit(
        request,
        form,
        lambda at, actor: answer_counter(
            mine,
            ground=form.cleaned_data["ground"],
            statement=form.cleaned_data["statement"],
            documents=form.documents,
            by=user,
            at=at,
            actor=actor,
        ),
        show=partial(_show_to_seller, request, mine),
        then=redirect(f"/seller/notices/{mine.pk}"),
    )


def _held_by(request: HttpRequest, counter_id: int) -> CounterNotice:
    return counter_for_holder(user_of(request).organisation_ids(Role.RIGHTS_HOLDER), counter_id)


@role_required(Role.RIGHTS_HOLDER)
@never_cache
@require_GET
def counter(request: HttpRequest, counter_id: int) -> HttpResponse:
    """The seller's answer, as the notifier reads it."""
    return _show(request, _held_by(request, counter_id), form=ReplyForm())


def _show(
    request: HttpRequest, found: CounterNotice, *, form: ReplyForm | None = None, status: int = 200
) -> HttpResponse:
    context = {**_round_context(found), "notice": found.item.notice, "form": form}
    return render(request, "reports/counter.html", context, status=status)


@role_required(Role.RIGHTS_HOLDER)
@require_POST
def replies(request: HttpRequest, counter_id: int) -> HttpResponseBase:
    found, form = _held_by(request, counter_id), ReplyForm(request.POST)

    def reply(at: datetime, actor: Actor) -> None:
        if form.cleaned_data["outcome"] == "accept":
            accept_counter(found, at=at, actor=actor)
        else:
            reject_counter(found, form.cleaned_data["reply"], at=at, actor=actor)

    show, then = partial(_show, request, found), redirect(f"/rights/counter-notices/{found.pk}")
    return submit(request, form, reply, show=show, then=then)


@role_required(*STAFF)
@require_GET
def desk_counter(request: HttpRequest, counter_id: int) -> HttpResponse:
    return _show(request, counter_for_desk(counter_id))


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
