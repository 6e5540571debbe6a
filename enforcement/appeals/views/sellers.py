"""The seller's side: what was decided, why, what it costs, and how to object."""

from functools import partial

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from enforcement.appeals.actions.appeals import file_appeal
from enforcement.appeals.actions.messages import write_message
from enforcement.appeals.forms import AppealForm, MessageForm
from enforcement.appeals.queries.appeals import document_in, has_appealed, own_appeal
from enforcement.appeals.queries.sellers import decision_for, decisions_about, standings_of
from enforcement.appeals.views.documents import document_of, pdf_answer
from enforcement.decisions.models import Decision, Statement
from enforcement.decisions.queries.standings import track_pages
from enforcement.decisions.queries.statements import statement_pdf
from klean.core.access.models import Role
from klean.core.files.store import serve_file
from klean.core.web.attempts import submit
from klean.core.web.paging import page_of
from klean.core.web.permissions import role_required, user_of

sells = role_required(Role.SELLER)


@require_GET
@sells
def decisions(request: HttpRequest) -> HttpResponse:
    user, at = user_of(request), timezone.now()
    page = page_of(decisions_about(user), order=("-id",), after=request.GET.get("after", ""))
    shops = [(standing, track_pages(standing, at=at)) for standing in standings_of(user, at=at)]
    return render(request, "enforcement/seller_decisions.html", {"page": page, "shops": shops})


@require_GET
@sells
def decision(request: HttpRequest, decision_id: int) -> HttpResponse:
    return _show(request, decision_for(user_of(request), decision_id))


@require_POST
@sells
def appeals(request: HttpRequest, decision_id: int) -> HttpResponseBase:
    decision = decision_for(user_of(request), decision_id)
    form = AppealForm(request.POST)
    return submit(
        request,
        form,
        lambda at, actor: file_appeal(decision, grounds=form.cleaned_data["grounds"], at=at, actor=actor),
        show=partial(_show, request, decision),
        then=redirect("enforcement:seller_decision", decision_id),
    )


@require_POST
@sells
def messages(request: HttpRequest, appeal_id: int) -> HttpResponseBase:
    """Write or attach something while one's own appeal is heard."""
    user = user_of(request)
    appeal = own_appeal(user, appeal_id)
    form = MessageForm(request.POST, request.FILES)
    return submit(
        request,
        form,
        lambda at, actor: write_message(
            appeal, form.cleaned_data["text"], document_of(form), from_team=False, at=at, actor=actor
        ),
        show=partial(_show, request, decision_for(user, appeal.decision_id)),
        form_name="message_form",
        then=redirect("enforcement:seller_decision", appeal.decision_id),
    )


@require_GET
@sells
def document(request: HttpRequest, appeal_id: int, message_id: int) -> FileResponse:
    return serve_file(document_in(own_appeal(user_of(request), appeal_id), message_id))


@require_GET
@sells
def statement(request: HttpRequest, decision_id: int) -> HttpResponse:
    """The statement of reasons to print, in each language."""
    decision = decision_for(user_of(request), decision_id)
    return pdf_answer(statement_pdf(decision), f"klean-{decision.pk}.pdf")


def _show(
    request: HttpRequest,
    decision: Decision,
    *,
    form: AppealForm | None = None,
    status: int = 200,
    message_form: MessageForm | None = None,
) -> HttpResponse:
    context = {
        "decision": decision,
        "statements": decision.statements.filter(party=Statement.Party.SELLER),
        "appeal": next(iter(decision.own_appeals), None),  # type: ignore[attr-defined]
        "message_form": message_form or MessageForm(auto_id="message_%s"),
        "appeal_until": decision.appeal_until,
        "may_appeal": decision.may_be_appealed(timezone.now()) and not has_appealed(decision, None),
        "form": form or AppealForm(),
    }
    return render(request, "enforcement/seller_decision.html", context, status=status)
