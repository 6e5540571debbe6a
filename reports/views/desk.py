"""The desk's held claims: a person sees why a claim was held and decides it."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from klean.core.doors import actor_of, attempt, role_required
from klean.core.models import Role
from reports.actions.claim_appeals import decide_claim_appeal
from reports.actions.claims import approve_claim, decline_claim
from reports.actions.payments import retry_payment
from reports.forms.claims import AppealDecisionForm, HeldClaimForm
from reports.models import RefundClaim
from reports.queries.claims import (
    appeal_of,
    claim_by,
    failed_payments,
    open_claim_appeals,
    page_of_held_claims,
    parcel_of,
    payment_of,
    words_of_parts,
)
from reports.queries.notices import words_of_reason

DECIDE: dict[str, Callable[..., Any]] = {"approve": approve_claim, "decline": decline_claim}
STAFF = (Role.MODERATOR, Role.SENIOR)


@role_required(*STAFF)
@require_GET
def held_claims(request: HttpRequest) -> HttpResponse:
    context = {
        "page": page_of_held_claims(request.GET.get("after", "")),
        "failed": failed_payments(),
        "appeals": open_claim_appeals(),
    }
    return render(request, "reports/held_claims.html", context)


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
    appeal_form: AppealDecisionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    reason = words_of_reason("refunds", claim.reason, at=claim.opened_at)
    context = {
        "claim": claim,
        "form": form,
        "parts": words_of_parts(claim),
        "reason": reason,
        "payment": payment_of(claim),
        "retry": retry,
        "appeal": appeal_of(claim),
        "appeal_form": appeal_form or AppealDecisionForm(),
        "parcel": parcel_of(claim),
    }
    return render(request, "reports/held_claim.html", context, status=status)


@role_required(*STAFF)
@require_POST
def decisions(request: HttpRequest, reference: str) -> HttpResponse:
    held, form = claim_by(reference), HeldClaimForm(request.POST)
    status = attempt(
        form,
        lambda: DECIDE[form.cleaned_data["outcome"]](
            held, form.cleaned_data["reasons"], at=timezone.now(), actor=actor_of(request)
        ),
    )
    if status == 201:
        return redirect(f"/desk/claims/{held.reference}")
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
    claim, form = claim_by(reference), AppealDecisionForm(request.POST)
    appeal = appeal_of(claim)
    if appeal is None:
        raise Http404
    status = attempt(
        form,
        lambda: decide_claim_appeal(
            appeal,
            form.cleaned_data["outcome"] == "overturn",
            form.cleaned_data["reasons"],
            at=timezone.now(),
            actor=actor_of(request),
        ),
    )
    if status == 201:
        return redirect(f"/desk/claims/{claim.reference}")
    return _shown(request, claim_by(reference), HeldClaimForm(), appeal_form=form, status=status)
