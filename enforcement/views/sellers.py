"""The seller's side: what was decided, why, what it costs, and how to object."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from enforcement.actions.appeals import file_appeal
from enforcement.actions.hearings import write_message
from enforcement.forms import AppealForm, MessageForm
from enforcement.models import Decision, Statement
from enforcement.queries.appeals import document_in, has_been_heard, own_appeal
from enforcement.queries.penalties import decision_for, decisions_about, standings_of, track_pages
from enforcement.queries.statements import statement_pdf
from enforcement.views.answers import document_of, pdf_answer
from klean.core.doors import actor_of, attempt, role_required, user_of
from klean.core.files import serve_file
from klean.core.models import Role
from klean.core.paging import page_of

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
    return _show(request, decision_for(user_of(request), decision_id), AppealForm())


@require_POST
@sells
def appeals(request: HttpRequest, decision_id: int) -> HttpResponse:
    decision = decision_for(user_of(request), decision_id)
    form = AppealForm(request.POST)
    status = attempt(
        form,
        lambda: file_appeal(
            decision, grounds=form.cleaned_data["grounds"], at=timezone.now(), actor=actor_of(request)
        ),
    )
    return (
        redirect("enforcement:seller_decision", decision_id)
        if status == 201
        else _show(request, decision, form, status=status)
    )


@require_POST
@sells
def messages(request: HttpRequest, appeal_id: int) -> HttpResponse:
    """Say or show something while the own appeal is heard."""
    user = user_of(request)
    appeal = own_appeal(user, appeal_id)
    form = MessageForm(request.POST, request.FILES)
    status = attempt(
        form,
        lambda: write_message(
            appeal,
            form.cleaned_data["text"],
            document_of(form),
            from_team=False,
            at=timezone.now(),
            actor=actor_of(request),
        ),
    )
    if status == 201:
        return redirect("enforcement:seller_decision", appeal.decision_id)
    return _show(
        request, decision_for(user, appeal.decision_id), AppealForm(), status=status, message_form=form
    )


@require_GET
@sells
def document(request: HttpRequest, appeal_id: int, message_id: int) -> FileResponse:
    return serve_file(document_in(own_appeal(user_of(request), appeal_id), message_id))


@require_GET
@sells
def statement(request: HttpRequest, decision_id: int) -> HttpResponse:
    """The statement of reasons to print, in both languages."""
    decision = decision_for(user_of(request), decision_id)
    return pdf_answer(statement_pdf(decision), f"klean-{decision.pk}.pdf")


def _show(
    request: HttpRequest,
    decision: Decision,
    form: AppealForm,
    *,
    status: int = 200,
    message_form: MessageForm | None = None,
) -> HttpResponse:
    language = get_language() or "en"
    told = decision.statements.filter(party=Statement.Party.SELLER)
    context = {
        "decision": decision,
        "statements": [(row, row.text(language)) for row in told],
        "appeal": next(iter(decision.own_appeals), None),  # type: ignore[attr-defined]
        "message_form": message_form or MessageForm(auto_id="message_%s"),
        "appeal_until": decision.appeal_until,
        "may_appeal": decision.may_be_appealed(timezone.now()) and not has_been_heard(decision, None),
        "form": form,
    }
    return render(request, "enforcement/seller_decision.html", context, status=status)
