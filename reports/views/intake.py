"""A notice as the protection team reads it, and its refusal when it cannot be taken up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from klean.core.access.models import Role
from klean.core.web.attempts import attempt
from klean.core.web.permissions import actor_of, role_required
from reports.actions.answers import refuse_notice
from reports.forms.desk import RefusalForm
from reports.models.notices import Notice
from reports.queries.intake import notice_for_desk, words_to_mend
from reports.queries.notices import words_of_reason

STAFF = (Role.MODERATOR, Role.SENIOR)


@role_required(*STAFF)
@never_cache
@require_GET
def desk_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    return _shown(request, notice_for_desk(notice_id), RefusalForm(at=timezone.now()))


def _shown(request: HttpRequest, notice: Notice, form: RefusalForm, *, status: int = 200) -> HttpResponse:
    reason = words_of_reason(notice.reason, at=notice.filed_at)
    context = {"notice": notice, "reason": reason, "form": form}
    return render(request, "reports/desk_notice.html", context, status=status)


@role_required(*STAFF)
@require_POST
def refusals(request: HttpRequest, notice_id: int) -> HttpResponse:
    at, notice = timezone.now(), notice_for_desk(notice_id)
    form = RefusalForm(request.POST, at=at)

    def refuse() -> None:
        explanation = words_to_mend(notice, form.cleaned_data["ground"], form.cleaned_data["words"], at=at)
        refuse_notice(notice, explanation, at=at, actor=actor_of(request))

    status = attempt(form, refuse)
    if status == 201:
        return redirect("reports:desk_notice", notice_id)
    return _shown(request, notice_for_desk(notice_id), form, status=status)
