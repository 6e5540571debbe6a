"""The review desk: the document beside the facts, and the decision."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST

from brands.queries import rights_behind
from klean.core.access.models import Role
from klean.core.events.actors import Actor
from klean.core.files.store import PICTURES, serve_file
from klean.core.web.attempts import submit
from klean.core.web.paging import page_of
from klean.core.web.permissions import role_required
from sellers.actions import reviews
from sellers.forms.pages import DecisionForm, TicksForm
from sellers.models import BrandAuthorisation, Seller
from sellers.queries.checks import checks_of
from sellers.queries.copies import copies_of
from sellers.queries.links import came_back, linked_sellers, may_be_twins_of_suspended, twins_of
from sellers.queries.shops import authorisations

State = BrandAuthorisation.State
DECIDE: dict[str, Callable[..., BrandAuthorisation]] = {
    State.APPROVED: reviews.approve_authorisation,
    State.INFO_REQUESTED: reviews.request_info,
    State.REJECTED: reviews.reject_authorisation,
    State.REJECTED_FORGED: reviews.reject_as_forged,
    State.REVOKED: reviews.revoke_authorisation,
}
reviewers_only = role_required(Role.MODERATOR, Role.SENIOR)


def _found(authorisation_id: int) -> BrandAuthorisation:
    rows = authorisations().select_related(
        "parent__seller__trader_entity", "parent__brand", "document__reading"
    )
    return get_object_or_404(rows, pk=authorisation_id)


@require_GET
@reviewers_only
def list_authorisations(request: HttpRequest) -> HttpResponse:
    states = {
        "open": BrandAuthorisation.OPEN,
        "in_force": BrandAuthorisation.IN_FORCE,
        "suspended": (State.SUSPENDED,),
    }
    tab = request.GET.get("tab", "open")
    rows = authorisations().filter(state__in=states.get(tab, BrandAuthorisation.OPEN))
    context = {"page": page_of(rows, order=("pk",), after=request.GET.get("after", "")), "tab": tab}
    return render(request, "sellers/desk.html", context)


@require_GET
@reviewers_only
def show_authorisation(request: HttpRequest, authorisation_id: int) -> HttpResponse:
    return _show(request, _found(authorisation_id))


def _show(
    request: HttpRequest, authorisation: BrandAuthorisation, *, status: int = 200, **forms: Any
) -> HttpResponse:
    document = authorisation.document
    now = timezone.now()
    context = {
        "authorisation": authorisation,
        "checks": checks_of(authorisation, at=now),
        "shows_picture": document is not None and document.media_type in PICTURES,
        "text": document.reading.text if document and hasattr(document, "reading") else "",
        "copies": copies_of(authorisation),
        "rights": rights_behind(authorisation.brand)[:50],
        "twins": may_be_twins_of_suspended(authorisation.seller_id, at=now),
        "ticks_form": TicksForm(authorisation=authorisation),
        "form": DecisionForm(authorisation=authorisation),
        **forms,
    }
    return render(request, "sellers/review.html", context, status=status)


@require_GET
@reviewers_only
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})  # type: ignore[arg-type]
def show_document(request: HttpRequest, authorisation_id: int) -> HttpResponseBase:
    """The document as the desk shows it beside the facts: nothing active gets this far (klean.core.files.documents)."""
    document = _found(authorisation_id).document
    if document is None:
        raise Http404
    response = serve_file(document)
    response["Content-Disposition"] = "inline"
    return response


@require_GET
@role_required(Role.MODERATOR, Role.SENIOR, Role.PENALTIES)
def list_returned(request: HttpRequest) -> HttpResponse:
    """Shops that sell and are certainly one with a suspended or closed one; the newest first."""
    page = page_of(came_back(), order=("-pk",), after=request.GET.get("after", ""))
    twins = twins_of(page.rows)
    shops = [(seller, twins[seller.pk]) for seller in page]
    return render(request, "sellers/returned.html", {"page": page, "shops": shops})


@require_GET
@role_required(Role.MODERATOR, Role.SENIOR, Role.PENALTIES)
def show_links(request: HttpRequest, seller_id: int) -> HttpResponse:
    """The other shops of the same people, and what shows it."""
    seller = get_object_or_404(Seller.objects.select_related("trader_entity"), pk=seller_id)
    links = linked_sellers(seller.pk, at=timezone.now())
    return render(request, "sellers/links.html", {"seller": seller, "links": links})


@require_POST
@reviewers_only
def create_ticks(request: HttpRequest, authorisation_id: int) -> HttpResponseBase:
    """What the reviewer saw in the document, check by check."""
    authorisation = _found(authorisation_id)
    form = TicksForm(request.POST, authorisation=authorisation)
    return submit(
        request,
        form,
        lambda at, actor: reviews.tick_checks(authorisation, form.ticks(), at=at, actor=actor),
        show=partial(_show, request, authorisation),
        form_name="ticks_form",
        then=redirect("sellers:review", authorisation.pk),
        message=_("Noted."),
    )


@require_POST
@reviewers_only
def create_review(request: HttpRequest, authorisation_id: int) -> HttpResponseBase:
    authorisation = _found(authorisation_id)
    return submit(
        request,
        Form(request.POST),
        lambda at, actor: reviews.review_authorisation(authorisation, at=at, actor=actor),
        show=partial(_show, request, authorisation),
        form_name="review_form",
        then=redirect("sellers:review", authorisation.pk),
    )


@require_POST
@reviewers_only
def create_decision(request: HttpRequest, authorisation_id: int) -> HttpResponseBase:
    authorisation = _found(authorisation_id)
    form = DecisionForm(request.POST, authorisation=authorisation)

    def decide(at: datetime, actor: Actor) -> None:
        action = DECIDE[form.cleaned_data["outcome"]]
        action(authorisation, reasons=form.cleaned_data["reasons"], at=at, actor=actor)

    return submit(
        request,
        form,
        decide,
        show=partial(_show, request, authorisation),
        then=redirect("sellers:desk"),
        message=_("Decided."),
    )
