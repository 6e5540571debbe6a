"""Refund claims by the marketplace on a buyer's behalf, or by the buyer."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import CharField, EmailField, RegexField, Serializer
from rest_framework.views import APIView

from klean.core.access.authentication import Machine
from klean.core.access.models import Role
from klean.core.policy.rules.catalogues import catalogued
from klean.core.rows.texts import in_language
from klean.core.rows.validators import refuse_resident_number
from klean.core.web.idempotency import idempotent
from klean.core.web.language import LanguageField
from klean.core.web.permissions import allow, api_actor
from listings.queries.named import listings_named
from refunds.actions.claims import Claimant, open_claim
from refunds.models.claims import RefundClaim
from refunds.queries.claims import claim_by, payment_of
from refunds.queries.reasons import claim_reasons
from refunds.rules.eligibility import ORDER_NUMBER


class ClaimInput(Serializer[Any]):
    order = RegexField(rf"^{ORDER_NUMBER}$", max_length=64)
    listing = CharField(max_length=2000)
    reason = CharField(max_length=200, help_text="The code of a reason, or a text of your own.")
    explanation = CharField(
        max_length=5000, required=False, default="", allow_blank=True, validators=[refuse_resident_number]
    )
    contact_email = EmailField(required=False, default="", allow_blank=True)
    language = LanguageField()


def claim_body(claim: RefundClaim) -> dict[str, Any]:
    """A claim as the API tells of it; ``id`` is its tracking number, money is whole won."""
    payment = payment_of(claim)
    return {
        "id": claim.reference,
        "state": claim.state,
        "order": claim.order,
        "listing": claim.listing.external_id,
        "reason": claim.reason,
        "amount": claim.amount,
        "ineligible_because": claim.ineligible_because,
        "decision_reasons": in_language(claim.decision_reasons, claim.language),
        "opened_at": claim.opened_at,
        "decided_at": claim.decided_at,
        "refunded_at": claim.refunded_at,
        "payment": {"state": payment.state, "reference": payment.gateway_reference} if payment else None,
    }


class Claims(APIView):
    """Ask for a refund without evidence. The same order and listing again answers with the claim that stands."""

    permission_classes = [allow(roles={Role.CONSUMER}, scope="claims:write")]

    @extend_schema(request=ClaimInput, responses={201: dict, 200: dict})
    @idempotent
    def post(self, request: Request) -> Response:
        at = timezone.now()
        body = ClaimInput(data=request.data)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        listing = listings_named([given["listing"]]).get(given["listing"])
        if listing is None:
            raise ValidationError({"listing": ["Unknown listing."]})
        reason, explanation = catalogued(given, [code for code, _words in claim_reasons(at=at)])
        claim, is_new = open_claim(
            given["order"],
            listing,
            _claimant(request, given),
            reason=reason,
            explanation=explanation,
            at=at,
            actor=api_actor(request),
        )
        return Response(claim_body(claim), status=201 if is_new else 200)


def _claimant(request: Request, given: dict[str, Any]) -> Claimant:
    user: Any = request.user
    if isinstance(user, Machine):
        return Claimant.on_behalf(
            user.organisation, contact=given["contact_email"], language=given["language"]
        )
    return Claimant.buyer(user)


class OneClaim(APIView):
    """Where a claim of yours stands."""

    permission_classes = [allow(roles={Role.CONSUMER}, scope="claims:read")]

    @extend_schema(responses={200: dict})
    def get(self, request: Request, reference: str) -> Response:
        claim = claim_by(reference)
        user: Any = request.user
        is_mine = (
            claim.organisation_id == user.organisation.pk
            if isinstance(user, Machine)
            else claim.claimant_id == user.pk
        )
        if not is_mine:
            raise Http404
        return Response(claim_body(claim))
