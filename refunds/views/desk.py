"""The desk's held claims: a person sees why a claim was held and decides it."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from klean.core.access.models import Role
from klean.core.policy.queries import policy_at
from klean.core.web.attempts import attempt
from klean.core.web.permissions import actor_of, role_required
from refunds.actions.approvals import approve_claim, decline_claim
from refunds.actions.payments import retry_payment
from refunds.actions.reviews import decide_review
from refunds.forms.claims import HeldClaimForm, ReviewDecisionForm
from refunds.models.claims import RefundClaim
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
    return _shown(request, claim_by(reference), HeldClaimForm())


def _shown(
    request: HttpRequest,
    claim: RefundClaim,
    form: HeldClaimForm,
    *,
    retry: Form | None = None,
    review_form: ReviewDecisionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    reason = words_of_reason(claim.reason, at=claim.opened_at)
    context = {
        "claim": claim,
        "form": form,
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
def decisions(request: HttpRequest, reference: str) -> HttpResponse:
    claim, form = claim_by(reference), HeldClaimForm(request.POST)
    status = attempt(
        form,
        lambda: DECIDE[form.cleaned_data["outcome"]](
            claim, form.cleaned_data["reasons"], at=timezone.now(), actor=actor_of(request)
        ),
    )
    if status == 201:
        return redirect(f"/desk/claims/{claim.reference}")
    return _shown(request, claim_by(reference), form, status=status)


@role_required(*STAFF)
@require_POST
def payments(request: HttpRequest, reference: str) -> HttpResponse:
    """Send a refused payment again."""
    claim, retry = claim_by(reference), Form({})
    payment = payment_of(claim)
    if payment is None:
        raise Http404
    status = attempt(retry, lambda: retry_payment(payment, at=timezone.now(), actor=actor_of(request)))
    if status == 201:
        return redirect(f"/desk/claims/{claim.reference}")
    return _shown(request, claim_by(reference), HeldClaimForm(), retry=retry, status=status)


@role_required(*STAFF)
@require_POST
def appeals(request: HttpRequest, reference: str) -> HttpResponse:
    """Another person's answer to a buyer's appeal."""
    claim, form = claim_by(reference), ReviewDecisionForm(request.POST)
    review = review_of(claim)
    if review is None:
        raise Http404
    status = attempt(
        form,
        lambda: decide_review(
            review,
            form.cleaned_data["outcome"] == "overturn",
            form.cleaned_data["reasons"],
            at=timezone.now(),
            actor=actor_of(request),
        ),
    )
    if status == 201:
        return redirect(f"/desk/claims/{claim.reference}")
    return _shown(request, claim_by(reference), HeldClaimForm(), review_form=form, status=status)
