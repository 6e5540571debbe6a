"""Hearing appeals."""

from datetime import datetime
from functools import partial

from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from enforcement.appeals.actions.appeals import assign_appeal, overturn_appeal, uphold_appeal
from enforcement.appeals.actions.messages import write_message
from enforcement.appeals.forms import AppealOutcomeForm, MessageForm
from enforcement.appeals.models import Appeal
from enforcement.appeals.queries.appeals import appeal_for, appeal_page, appeals_of, document_in
from enforcement.appeals.views.documents import document_of
from enforcement.decisions.queries.participants import had_a_part
from klean.core.access.models import Role
from klean.core.events.actors import Actor
from klean.core.files.store import serve_file
from klean.core.web.attempts import submit
from klean.core.web.paging import page_of
from klean.core.web.permissions import role_required, user_of

decides_appeals = role_required(Role.SENIOR)
reads_appeals = role_required(Role.SENIOR, Role.PENALTIES)


@require_GET
@reads_appeals
def appeals(request: HttpRequest) -> HttpResponse:
    view = request.GET.get("view", "open")
    rows = appeals_of(user_of(request), view)
    order = ("answer_by", "id") if view != "closed" else ("-id",)
    page = page_of(rows, order=order, after=request.GET.get("after", ""))
    return render(request, "enforcement/appeals.html", {"page": page, "view": view, "at": timezone.now()})


@require_GET
@reads_appeals
def appeal(request: HttpRequest, appeal_id: int) -> HttpResponse:
    return _show(request, appeal_for(user_of(request), appeal_id))


@require_POST
@decides_appeals
def assignments(request: HttpRequest, appeal_id: int) -> HttpResponseBase:
    """Take the appeal oneself."""
    user = user_of(request)
    appeal = appeal_for(user, appeal_id)
    return submit(
        request,
        Form(request.POST),
        lambda at, actor: assign_appeal(appeal, user, at=at, actor=actor),
        show=partial(_show, request, appeal),
        form_name="refusal",
        then=redirect("enforcement:appeal", appeal_id),
    )


@require_POST
@decides_appeals
def outcomes(request: HttpRequest, appeal_id: int) -> HttpResponseBase:
    appeal = appeal_for(user_of(request), appeal_id)
    form = AppealOutcomeForm(request.POST)

    def close(at: datetime, actor: Actor) -> None:
        reasons = form.cleaned_data["reasons"]
        if form.cleaned_data["outcome"] == Appeal.State.UPHELD:
            uphold_appeal(appeal, reasons=reasons, at=at, actor=actor)
        else:
            ruling = form.ruling(appeal.decision)
            overturn_appeal(appeal, reasons=reasons, ruling=ruling, at=at, actor=actor)

    show, then = partial(_show, request, appeal), redirect("enforcement:appeal", appeal_id)
    return submit(request, form, close, show=show, then=then)


@require_POST
@decides_appeals
def messages(request: HttpRequest, appeal_id: int) -> HttpResponseBase:
    """Ask or tell whoever appealed; the one who hears the appeal does."""
    appeal = appeal_for(user_of(request), appeal_id)
    form = MessageForm(request.POST, request.FILES)
    return submit(
        request,
        form,
        lambda at, actor: write_message(
            appeal, form.cleaned_data["text"], document_of(form), from_team=True, at=at, actor=actor
        ),
        show=partial(_show, request, appeal),
        form_name="message_form",
        then=redirect("enforcement:appeal", appeal_id),
    )


@require_GET
@reads_appeals
def document(request: HttpRequest, appeal_id: int, message_id: int) -> FileResponse:
    return serve_file(document_in(appeal_for(user_of(request), appeal_id), message_id))


def _show(
    request: HttpRequest,
    appeal: Appeal,
    *,
    form: AppealOutcomeForm | None = None,
    status: int = 200,
    refusal: Form | None = None,
    message_form: MessageForm | None = None,
) -> HttpResponse:
    user = user_of(request)
    context = {
        "appeal": appeal,
        "page": appeal_page(appeal, at=timezone.now()),
        "form": form or AppealOutcomeForm(),
        "message_form": message_form or MessageForm(auto_id="message_%s"),
        "refusal": refusal,
        "may_decide": user.has_role(Role.SENIOR) and not had_a_part(appeal.decision, user),
        "is_mine": appeal.assigned_to_id == user.pk,
    }
    return render(request, "enforcement/appeal.html", context, status=status)
