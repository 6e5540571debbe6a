"""The reporter's side of a decision: what was answered, and an appeal, by the reference of the notice alone."""

from functools import partial

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from enforcement.appeals.actions.appeals import file_appeal
from enforcement.appeals.actions.messages import write_message
from enforcement.appeals.forms import MessageForm, ReporterAppealForm
from enforcement.appeals.queries.appeals import document_in, has_appealed, notice_named, reported_decisions
from enforcement.appeals.views.documents import document_of
from enforcement.decisions.models import Decision, Statement
from klean.core.events.actors import Actor
from klean.core.files.store import serve_file
from klean.core.web.attempts import submit
from reports.models.notices import Notice


@require_GET
def notice(request: HttpRequest, reference: str) -> HttpResponse:
    return _show(request, notice_named(reference))


@require_POST
def appeals(request: HttpRequest, reference: str, decision_id: int) -> HttpResponseBase:
    notice = notice_named(reference)
    decision = get_object_or_404(reported_decisions(notice), pk=decision_id)
    form = ReporterAppealForm(request.POST)
    return submit(
        request,
        form,
        lambda at, actor: file_appeal(
            decision, grounds=form.cleaned_data["grounds"], notice=notice, at=at, actor=actor
        ),
        show=partial(_show, request, notice, wrong=decision),
        then=redirect("enforcement:reporter_appeals", reference),
        actor=reporter_of(notice),
    )


@require_POST
def messages(request: HttpRequest, reference: str, appeal_id: int) -> HttpResponseBase:
    notice = notice_named(reference)
    appeal = get_object_or_404(notice.appeals, pk=appeal_id)
    form = MessageForm(request.POST, request.FILES)
    return submit(
        request,
        form,
        lambda at, actor: write_message(
            appeal, form.cleaned_data["text"], document_of(form), from_team=False, at=at, actor=actor
        ),
        show=partial(_show, request, notice),
        form_name="message_form",
        then=redirect("enforcement:reporter_appeals", reference),
        actor=reporter_of(notice),
    )


@require_GET
def document(request: HttpRequest, reference: str, appeal_id: int, message_id: int) -> FileResponse:
    return serve_file(
        document_in(get_object_or_404(notice_named(reference).appeals, pk=appeal_id), message_id)
    )


def reporter_of(notice: Notice) -> Actor:
    """Whoever holds the reference acts as the notice's reporter, who may have no account."""
    return (
        Actor("person", str(notice.reporter_id))
        if notice.reporter_id
        else Actor("system", f"notice-{notice.pk}")
    )


def _show(
    request: HttpRequest,
    notice: Notice,
    *,
    status: int = 200,
    form: ReporterAppealForm | None = None,
    message_form: MessageForm | None = None,
    wrong: Decision | None = None,
) -> HttpResponse:
    at = timezone.now()
    open_to_appeal = [
        decision
        for decision in reported_decisions(notice)
        if decision.may_be_appealed(at) and not has_appealed(decision, notice)
    ]
    statements = Statement.objects.filter(
        party=Statement.Party.REPORTER, decision__case__listing__in=_listings(notice)
    )
    context = {
        "notice": notice,
        "statements": statements.filter(issued_at__gte=notice.filed_at),
        "decisions": [
            (
                decision,
                form
                if decision == wrong and form
                else ReporterAppealForm(auto_id=f"appeal_{decision.pk}_%s"),
            )
            for decision in open_to_appeal
        ],
        "appeals": notice.appeals.select_related("decision__case__listing").prefetch_related(
            "messages__file"
        ),
        "message_form": message_form or MessageForm(auto_id="message_%s"),
    }
    return render(request, "enforcement/reporter_appeals.html", context, status=status)


def _listings(notice: Notice) -> list[int]:
    return list(notice.items.exclude(outcome="").values_list("listing_id", flat=True))
