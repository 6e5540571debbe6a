"""A seller's pages: the shops, their letters, and what each still needs."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klean.core.doors import actor_of, attempt, role_required, user_of
from klean.core.files import serve_file
from klean.core.models import Role
from klean.core.paging import page_of
from sellers import queries
from sellers.actions import give_info, submit_authorisation, withdraw_authorisation
from sellers.forms.pages import AnswerForm, SubmissionForm
from sellers.models import BrandAuthorisation

sellers_only = role_required(Role.SELLER)


@require_GET
@sellers_only
def home(request: HttpRequest) -> HttpResponse:
    sellers = queries.sellers_of(user_of(request)).select_related("trader_entity")
    letters = queries.authorisations().filter(seller__in=sellers)
    context = {
        "sellers": sellers[:50],
        "letters": page_of(letters, order=("-pk",), after=request.GET.get("after", "")),
    }
    return render(request, "sellers/home.html", context)


@require_http_methods(["GET", "POST"])
@sellers_only
def create_authorisation(request: HttpRequest) -> HttpResponseBase:
    form = SubmissionForm(
        request.POST or None, request.FILES or None, sellers=queries.sellers_of(user_of(request)),
        initial={"brand": request.GET.get("brand", "")},
    )  # fmt: skip
    status = attempt(form, lambda: _submit(request, form)) if request.method == "POST" else 200
    if status == 201:
        messages.success(request, _("The letter is submitted. You hear from us by e-mail."))
        return redirect("sellers:home")
    return render(request, "sellers/create.html", {"form": form}, status=status)


def _submit(request: HttpRequest, form: SubmissionForm) -> BrandAuthorisation:
    said = form.cleaned_data
    return submit_authorisation(
        said["seller"], said["brand"], valid_from=said["valid_from"], valid_until=said["valid_until"],
        territory=said["territory"], document=said["document"].read(), parent=said["parent"], note=said["note"],
        at=timezone.now(), actor=actor_of(request),
    )  # fmt: skip


@require_GET
@sellers_only
def show_authorisation(request: HttpRequest, authorisation_id: int) -> HttpResponse:
    return _show(request, queries.authorisation_for(user_of(request), authorisation_id))


def _show(
    request: HttpRequest, authorisation: BrandAuthorisation, *, status: int = 200, **forms: Any
) -> HttpResponse:
    context = {"authorisation": authorisation, "answer_form": AnswerForm(), "withdraw_form": Form(), **forms}
    return render(request, "sellers/authorisation.html", context, status=status)


@require_GET
@sellers_only
def show_document(request: HttpRequest, authorisation_id: int) -> HttpResponseBase:
    authorisation = queries.authorisation_for(user_of(request), authorisation_id)
    if authorisation.document is None:
        raise Http404
    return serve_file(authorisation.document)


@require_POST
@sellers_only
def create_answer(request: HttpRequest, authorisation_id: int) -> HttpResponseBase:
    authorisation = queries.authorisation_for(user_of(request), authorisation_id)
    form = AnswerForm(request.POST, request.FILES)
    status = attempt(form, lambda: _answer(request, authorisation, form))
    if status == 201:
        messages.success(request, _("Your answer is with the reviewer."))
        return redirect("sellers:authorisation", authorisation.pk)
    return _show(request, authorisation, status=status, answer_form=form)


def _answer(request: HttpRequest, authorisation: BrandAuthorisation, form: AnswerForm) -> None:
    document = form.cleaned_data["document"]
    give_info(
        authorisation, note=form.cleaned_data["note"], document=document.read() if document else None,
        at=timezone.now(), actor=actor_of(request),
    )  # fmt: skip


@require_POST
@sellers_only
def create_withdrawal(request: HttpRequest, authorisation_id: int) -> HttpResponseBase:
    authorisation = queries.authorisation_for(user_of(request), authorisation_id)
    form = Form(request.POST)
    now, actor = timezone.now(), actor_of(request)
    status = attempt(form, lambda: withdraw_authorisation(authorisation, at=now, actor=actor))
    if status == 201:
        messages.success(request, _("The letter is withdrawn."))
        return redirect("sellers:authorisation", authorisation.pk)
    return _show(request, authorisation, status=status, withdraw_form=form)
