"""A notice as the protection team reads it, and its refusal when it cannot be taken up."""

from datetime import datetime
from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from klean.core.access.models import Role
from klean.core.events.actors import Actor
from klean.core.web.attempts import submit
from klean.core.web.permissions import role_required
from reports.actions.answers import refuse_notice
from reports.forms.desk import RefusalForm
from reports.queries.intake import notice_for_desk, words_to_mend
from reports.queries.notices import words_of_reason

STAFF = (Role.MODERATOR, Role.SENIOR)


@role_required(*STAFF)
@never_cache
@require_GET
def desk_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    return _show(request, notice_id, status=200, form=RefusalForm(at=timezone.now()))


def _show(request: HttpRequest, notice_id: int, *, status: int, form: RefusalForm) -> HttpResponse:
    notice = notice_for_desk(notice_id)
    reason = words_of_reason(notice.reason, at=notice.filed_at)
    context = {"notice": notice, "reason": reason, "form": form}
    return render(request, "reports/desk_notice.html", context, status=status)


@role_required(*STAFF)
@require_POST
def refusals(request: HttpRequest, notice_id: int) -> HttpResponseBase:
    notice, form = notice_for_desk(notice_id), RefusalForm(request.POST, at=timezone.now())

    def refuse(at: datetime, actor: Actor) -> None:
        explanation = words_to_mend(notice, form.cleaned_data["ground"], form.cleaned_data["words"], at=at)
        refuse_notice(notice, explanation, at=at, actor=actor)

    show, then = partial(_show, request, notice_id), redirect("reports:desk_notice", notice_id)
    return submit(request, form, refuse, show=show, then=then)
