"""The desk's held claims: a person sees why a claim was held and decides it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from klean.core.access.models import Role
from klean.core.policy.queries import policy_at
from klean.core.web.attempts import submit
from klean.core.web.permissions import role_required
from refunds.actions.approvals import approve_claim, decline_claim
from refunds.actions.payments import retry_payment
from refunds.actions.reviews import decide_review
from refunds.forms.claims import HeldClaimForm, ReviewDecisionForm
from refunds.queries.abuse import abuse_reasons
from refunds.queries.books import failed_payments
from refunds.queries.claims import claim_by, page_of_held_claims, payment_of
from refunds.queries.parcels import parcel_of
from refunds.queries.reasons import words_of_reason
from refunds.queries.reviews import open_reviews, review_of
from refunds.rules.policy import Refunds

DECIDE: dict[str, Callable[..., Any]] = {"approve": approve_claim, "decline": decline_claim}
STAFF = (Role.MODERATOR, Role.SENIOR)


@role_required(*STAFF)
@require_GET
def held_claims(request: HttpRequest) -> HttpResponse:
    context = {
        "page": page_of_held_claims(request.GET.get("after", "")),
        "failed": failed_payments(),
        "reviews": open_reviews(),
    }
    return render(request, "refunds/held_claims.html", context)


@role_required(*STAFF)
@never_cache
@require_GET
def held_claim(request: HttpRequest, reference: str) -> HttpResponse:
    return _show(request, reference)


def _show(
    request: HttpRequest,
    reference: str,
    *,
    form: HeldClaimForm | None = None,
    retry: Form | None = None,
    review_form: ReviewDecisionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    claim = claim_by(reference)
    reason = words_of_reason(claim.reason, at=claim.opened_at)
    context = {
        "claim": claim,
        "form": form or HeldClaimForm(),
        "parts": abuse_reasons(claim),
        "hold_from": (claim.policy or policy_at(claim.opened_at))[Refunds].abuse.hold_from,
        "reason": reason,
        "payment": payment_of(claim),
        "retry": retry,
        "review": review_of(claim),
        "review_form": review_form or ReviewDecisionForm(),
        "parcel": parcel_of(claim),
    }
    return render(request, "refunds/held_claim.html", context, status=status)


@role_required(*STAFF)
@require_POST
def decisions(request: HttpRequest, reference: str) -> HttpResponseBase:
    claim, form = claim_by(reference), HeldClaimForm(request.POST)
    return submit(
        request,
        form,
        lambda at, actor: DECIDE[form.cleaned_data["outcome"]](
            claim, form.cleaned_data["reasons"], at=at, actor=actor
        ),
        show=partial(_show, request, reference),
        then=redirect(f"/desk/claims/{claim.reference}"),
    )


@role_required(*STAFF)
@require_POST
def payments(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Send a refused payment again."""
    claim = claim_by(reference)
    payment = payment_of(claim)
    if payment is None:
        raise Http404
    return submit(
        request,
        Form({}),
        lambda at, actor: retry_payment(payment, at=at, actor=actor),
        show=partial(_show, request, reference),
        form_name="retry",
        then=redirect(f"/desk/claims/{claim.reference}"),
    )


@role_required(*STAFF)
@require_POST
def appeals(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Another person's answer to a buyer's appeal."""
    claim, form = claim_by(reference), ReviewDecisionForm(request.POST)
    review = review_of(claim)
    if review is None:
        raise Http404
    return submit(
        request,
        form,
        lambda at, actor: decide_review(
            review,
            form.cleaned_data["outcome"] == "overturn",
            form.cleaned_data["reasons"],
            at=at,
            actor=actor,
        ),
        show=partial(_show, request, reference),
        form_name="review_form",
        then=redirect(f"/desk/claims/{claim.reference}"),
    )
