"""A seller's pages: the shops, their letters, and what each still needs."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from brands.queries import brand_called
from klean.core.access.models import Role
from klean.core.events.actors import Actor
from klean.core.files.store import serve_file
from klean.core.web.attempts import form_page, submit
from klean.core.web.paging import page_of
from klean.core.web.permissions import role_required, user_of
from sellers.actions.submissions import (
    add_document,
    draft_authorisation,
    give_info,
    submit_draft,
    withdraw_authorisation,
)
from sellers.forms.pages import AnswerForm, DocumentForm, SubmissionForm
from sellers.models import BrandAuthorisation
from sellers.queries.needs import needs_of
from sellers.queries.shops import authorisation_for, authorisations, sellers_of, usual_review_days

sellers_only = role_required(Role.SELLER)
State = BrandAuthorisation.State
STEPS = (
    gettext_lazy("What the letter says"),
    gettext_lazy("The document"),
    gettext_lazy("Send it"),
    gettext_lazy("Review"),
    gettext_lazy("Decision"),
)


def _step_of(authorisation: BrandAuthorisation) -> int:
    if authorisation.state == State.DRAFT:
        return 3 if authorisation.document_id else 2
    return 4 if authorisation.is_open else 5


@require_GET
@sellers_only
def home(request: HttpRequest) -> HttpResponse:
    sellers = sellers_of(user_of(request)).select_related("trader_entity")
    letters = authorisations().filter(seller__in=sellers)
    now = timezone.now()
    shown = sellers.prefetch_related("payout_accounts", "permits")[:50]
    context = {
        "shops": [(seller, needs_of(seller, at=now)) for seller in shown],
        "letters": page_of(letters, order=("-pk",), after=request.GET.get("after", "")),
    }
    return render(request, "sellers/home.html", context)


@require_http_methods(["GET", "POST"])
@sellers_only
def create_authorisation(request: HttpRequest) -> HttpResponseBase:
    """The first step of the wizard: what the letter says; the document comes next."""
    form = SubmissionForm(
        request.POST or None,
        sellers=sellers_of(user_of(request)),
        initial={"brand": brand_called(request.GET.get("brand", ""))},
    )
    return submit(
        request,
        form,
        lambda at, actor: draft_authorisation(
            form.cleaned_data["seller"], form.cleaned_data["brand"], form.letter(), at=at, actor=actor
        ),
        show=form_page(request, "sellers/create.html", steps=STEPS, usual_days=usual_review_days()),
        then=lambda drafted: redirect("sellers:authorisation", drafted.pk),
    )


@require_GET
@sellers_only
def show_authorisation(request: HttpRequest, authorisation_id: int) -> HttpResponse:
    return _show(request, authorisation_for(user_of(request), authorisation_id))


def _show(
    request: HttpRequest, authorisation: BrandAuthorisation, *, status: int = 200, **forms: Any
) -> HttpResponse:
    context = {
        "authorisation": authorisation,
        "answer_form": AnswerForm(),
        "withdraw_form": Form(),
        "document_form": DocumentForm(),
        "send_form": Form(),
        "steps": STEPS,
        "step": _step_of(authorisation),
        "usual_days": usual_review_days(),
        **forms,
    }
    return render(request, "sellers/authorisation.html", context, status=status)


@require_POST
@sellers_only
def create_document(request: HttpRequest, authorisation_id: int) -> HttpResponseBase:
    """The second step: the document itself."""
    authorisation = authorisation_for(user_of(request), authorisation_id)
    form = DocumentForm(request.POST, request.FILES)
    return _change(
        request,
        authorisation,
        form,
        lambda at, actor: add_document(
            authorisation, form.cleaned_data["document"].read(), at=at, actor=actor
        ),
        form_name="document_form",
    )


@require_POST
@sellers_only
def create_submission(request: HttpRequest, authorisation_id: int) -> HttpResponseBase:
    """The last step: send it."""
    authorisation = authorisation_for(user_of(request), authorisation_id)
    return _change(
        request,
        authorisation,
        Form(request.POST),
        lambda at, actor: submit_draft(authorisation, at=at, actor=actor),
        form_name="send_form",
        message=_("The letter is submitted. You hear from us by e-mail."),
    )


@require_GET
@sellers_only
def show_document(request: HttpRequest, authorisation_id: int) -> HttpResponseBase:
    authorisation = authorisation_for(user_of(request), authorisation_id)
    if authorisation.document is None:
        raise Http404
    return serve_file(authorisation.document)


@require_POST
@sellers_only
def create_answer(request: HttpRequest, authorisation_id: int) -> HttpResponseBase:
    authorisation = authorisation_for(user_of(request), authorisation_id)
    form = AnswerForm(request.POST, request.FILES)

    def answer(at: datetime, actor: Actor) -> None:
        document = form.cleaned_data["document"]
        note, data = form.cleaned_data["note"], document.read() if document else None
        give_info(authorisation, note=note, document=data, at=at, actor=actor)

    message = _("Your answer is with the reviewer.")
    return _change(request, authorisation, form, answer, form_name="answer_form", message=message)


@require_POST
@sellers_only
def create_withdrawal(request: HttpRequest, authorisation_id: int) -> HttpResponseBase:
    authorisation = authorisation_for(user_of(request), authorisation_id)
    return _change(
        request,
        authorisation,
        Form(request.POST),
        lambda at, actor: withdraw_authorisation(authorisation, at=at, actor=actor),
        form_name="withdraw_form",
        message=_("The letter is withdrawn."),
    )


def _change(
    request: HttpRequest,
    authorisation: BrandAuthorisation,
    form: Form,
    action: Callable[[datetime, Actor], Any],
    *,
    form_name: str,
    message: str = "",
) -> HttpResponseBase:
    """Do something to the letter and come back to its page."""
    show, then = partial(_show, request, authorisation), redirect("sellers:authorisation", authorisation.pk)
    return submit(request, form, action, show=show, then=then, form_name=form_name, message=message)
