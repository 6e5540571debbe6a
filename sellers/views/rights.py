"""A rights holder's list of who may sell its brands."""

from functools import partial

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from brands.queries import brand_for, brands_of
from klean.core.access.models import Role
from klean.core.files.store import serve_file
from klean.core.web.attempts import form_page, submit
from klean.core.web.paging import page_of
from klean.core.web.permissions import role_required, user_of
from sellers.actions.chains import confirm_authorisation, contest_authorisation
from sellers.actions.lists import list_authorised_sellers
from sellers.actions.reviews import revoke_authorisation
from sellers.forms.pages import ListForm, RevocationForm
from sellers.queries.shops import letters_for_brands_of, with_list_counts, written_list

rights_holders_only = role_required(Role.RIGHTS_HOLDER)


@require_GET
@rights_holders_only
def list_sellers(request: HttpRequest) -> HttpResponse:
    return _list(request)


def _list(request: HttpRequest, *, status: int = 200, form: Form | None = None) -> HttpResponse:
    page = page_of(
        letters_for_brands_of(user_of(request)), order=("-pk",), after=request.GET.get("after", "")
    )
    brands = with_list_counts(brands_of(user_of(request)))[:100]
    context = {"page": page, "form": form, "brands": brands}
    return render(request, "sellers/authorised.html", context, status=status)


ANSWERS = {"confirmed": confirm_authorisation, "contested": contest_authorisation}


@require_POST
@rights_holders_only
def create_answer(request: HttpRequest, authorisation_id: int) -> HttpResponseBase:
    """The rights holder says whether a letter is its own."""
    authorisation = get_object_or_404(letters_for_brands_of(user_of(request)), pk=authorisation_id)
    answer = ANSWERS.get(request.POST.get("answer", ""))
    if answer is None:
        return _list(request, status=422)
    return submit(
        request,
        Form(request.POST),
        lambda at, actor: answer(authorisation, at=at, actor=actor),
        show=partial(_list, request),
        then=redirect("sellers:authorised_sellers"),
        message=_("Your answer is noted."),
    )


@require_GET
@rights_holders_only
def show_document(request: HttpRequest, authorisation_id: int) -> HttpResponseBase:
    """The letter, so that the rights holder can say whether it is its own."""
    authorisation = get_object_or_404(letters_for_brands_of(user_of(request)), pk=authorisation_id)
    if authorisation.document is None:
        raise Http404
    return serve_file(authorisation.document)


@require_http_methods(["GET", "POST"])
@rights_holders_only
def change_list(request: HttpRequest, brand_id: int) -> HttpResponseBase:
    """The rights holder's own list of who may sell a brand."""
    brand = brand_for(user_of(request), brand_id)
    known = "\n".join(written_list(brand))
    form = ListForm(request.POST if request.method == "POST" else None, initial={"lines": known})
    return submit(
        request,
        form,
        lambda at, actor: list_authorised_sellers(brand, form.cleaned_data["lines"], at=at, actor=actor),
        show=form_page(request, "sellers/list.html", brand=brand),
        then=redirect("sellers:authorised_sellers"),
        message=_("Saved."),
    )


@require_http_methods(["GET", "POST"])
@rights_holders_only
def create_revocation(request: HttpRequest, authorisation_id: int) -> HttpResponseBase:
    authorisation = get_object_or_404(letters_for_brands_of(user_of(request)), pk=authorisation_id)
    form = RevocationForm(request.POST if request.method == "POST" else None)
    return submit(
        request,
        form,
        lambda at, actor: revoke_authorisation(authorisation, **form.cleaned_data, at=at, actor=actor),
        show=form_page(request, "sellers/revoke.html", authorisation=authorisation),
        then=redirect("sellers:authorised_sellers"),
        message=_("The authorisation is revoked."),
    )
