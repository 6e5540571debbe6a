"""The buyer's money: ask for it, and see where it is."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klean.core.access.models import Role
from klean.core.policy.queries import policy_at
from klean.core.rows.texts import in_language
from klean.core.web.attempts import form_page, submit
from klean.core.web.permissions import role_required, user_of
from refunds.actions.claims import Claimant, open_claim
from refunds.actions.parcels import post_parcel
from refunds.actions.reviews import may_request_review, request_review
from refunds.forms.claims import ClaimForm, ParcelForm, ReviewRequestForm
from refunds.models.claims import RefundClaim
from refunds.queries.claims import claim_for, page_of_claims
from refunds.queries.parcels import parcel_of
from refunds.queries.reviews import review_of
from refunds.queries.status import status_of, timeline_of
from refunds.rules.policy import Refunds

MOVING = (RefundClaim.State.OPENED, RefundClaim.State.APPROVED_PROVISIONALLY)


@role_required(Role.CONSUMER)
@never_cache
@require_http_methods(["GET", "POST"])
def refunds(request: HttpRequest) -> HttpResponseBase:
    """The form, and the buyer's own claims below it."""
    now, user = timezone.now(), user_of(request)
    asked = {name: request.GET.get(name, "")[:2000] for name in ("order", "listing")}
    form = ClaimForm(request.POST or None, initial=asked, at=now, email=user.email)
    page, terms = page_of_claims(user, request.GET.get("after", "")), policy_at(now)[Refunds]
    return submit(
        request,
        form,
        lambda at, actor: open_claim(**form.cleaned_data, by=Claimant.buyer(user), at=at, actor=actor),
        show=form_page(request, "refunds/refunds.html", page=page, terms=terms),
        then=lambda opened: redirect(f"/refunds/{opened[0].reference}{'' if opened[1] else '?again'}"),
    )


@role_required(Role.CONSUMER)
@never_cache
@require_GET
def claim(request: HttpRequest, reference: str) -> HttpResponse:
    """Where it stands, when the money comes, what to do with the parcel; the page asks again while it waits."""
    return _shown(request, claim_for(user_of(request), reference))


def _shown(
    request: HttpRequest,
    mine: RefundClaim,
    *,
    parcel_form: ParcelForm | None = None,
    review_form: ReviewRequestForm | None = None,
    status: int = 200,
) -> HttpResponse:
    at, terms = timezone.now(), (mine.policy or policy_at(mine.opened_at))[Refunds]
    context = {
        "claim": mine,
        "status": status_of(mine),
        "is_waiting": mine.state in MOVING,
        "is_again": "again" in request.GET,
        "timeline": timeline_of(mine),
        "parcel": parcel_of(mine),
        "parcel_form": parcel_form or ParcelForm(),
        "review": review_of(mine),
        "may_request_review": may_request_review(mine, at),
        "review_form": review_form or ReviewRequestForm(),
        "send_to": in_language(terms.returns.address),
    }
    template = "refunds/_claim.html" if request.headers.get("HX-Request") else "refunds/claim.html"
    return render(request, template, context, status=status)


@role_required(Role.CONSUMER)
@require_POST
def parcels(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The buyer has sent the goods."""
    mine, form = claim_for(user_of(request), reference), ParcelForm(request.POST)
    parcel = parcel_of(mine)
    if parcel is None:
        raise Http404
    return submit(
        request,
        form,
        lambda at, actor: post_parcel(parcel, **form.cleaned_data, at=at, actor=actor),
        show=partial(_shown, request, mine),
        form_name="parcel_form",
        then=redirect(f"/refunds/{mine.reference}"),
    )


@role_required(Role.CONSUMER)
@require_POST
def appeals(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The buyer asks another person."""
    mine, form = claim_for(user_of(request), reference), ReviewRequestForm(request.POST)
    return submit(
        request,
        form,
        lambda at, actor: request_review(mine, form.cleaned_data["grounds"], at=at, actor=actor),
        show=partial(_shown, request, mine),
        form_name="review_form",
        then=redirect(f"/refunds/{mine.reference}"),
    )
