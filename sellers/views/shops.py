"""A seller's pages: the shops, their letters, and what each still needs."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from brands.queries import brand_called
from klean.core.doors import actor_of, attempt, role_required, user_of
from klean.core.files import serve_file
from klean.core.models import Role
from klean.core.paging import page_of
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
    drafted: list[BrandAuthorisation] = []
    status = attempt(form, lambda: drafted.append(_draft(request, form))) if request.method == "POST" else 200
    if status == 201:
        return redirect("sellers:authorisation", drafted[0].pk)
    context = {"form": form, "steps": STEPS, "usual_days": usual_review_days()}
    return render(request, "sellers/create.html", context, status=status)


def _draft(request: HttpRequest, form: SubmissionForm) -> BrandAuthorisation:
    said = form.cleaned_data
    return draft_authorisation(
        said["seller"], said["brand"], form.letter(), at=timezone.now(), actor=actor_of(request)
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
    now, actor = timezone.now(), actor_of(request)
    status = attempt(
        form,
        lambda: add_document(authorisation, form.cleaned_data["document"].read(), at=now, actor=actor),
    )
    if status == 201:
        return redirect("sellers:authorisation", authorisation.pk)
    return _show(request, authorisation, status=status, document_form=form)


@require_POST
@sellers_only
def create_submission(request: HttpRequest, authorisation_id: int) -> HttpResponseBase:
    """The last step: send it."""
    authorisation = authorisation_for(user_of(request), authorisation_id)
    form = Form(request.POST)
    now, actor = timezone.now(), actor_of(request)
    status = attempt(form, lambda: submit_draft(authorisation, at=now, actor=actor))
    if status == 201:
        messages.success(request, _("The letter is submitted. You hear from us by e-mail."))
        return redirect("sellers:authorisation", authorisation.pk)
    return _show(request, authorisation, status=status, send_form=form)


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
    status = attempt(form, lambda: _answer(request, authorisation, form))
    if status == 201:
        messages.success(request, _("Your answer is with the reviewer."))
        return redirect("sellers:authorisation", authorisation.pk)
    return _show(request, authorisation, status=status, answer_form=form)


def _answer(request: HttpRequest, authorisation: BrandAuthorisation, form: AnswerForm) -> None:
    document = form.cleaned_data["document"]
    give_info(
        authorisation,
        note=form.cleaned_data["note"],
        document=document.read() if document else None,
        at=timezone.now(),
        actor=actor_of(request),
    )


@require_POST
@sellers_only
def create_withdrawal(request: HttpRequest, authorisation_id: int) -> HttpResponseBase:
    authorisation = authorisation_for(user_of(request), authorisation_id)
    form = Form(request.POST)
    now, actor = timezone.now(), actor_of(request)
    status = attempt(form, lambda: withdraw_authorisation(authorisation, at=now, actor=actor))
    if status == 201:
        messages.success(request, _("The letter is withdrawn."))
        return redirect("sellers:authorisation", authorisation.pk)
    return _show(request, authorisation, status=status, withdraw_form=form)
