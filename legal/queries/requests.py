"""What an authority's request would give out."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from legal.models import AuthorityRequest
from refunds.models.claims import RefundClaim
from reports.models.notices import Notice

Item = AuthorityRequest.Item


def all_requests() -> QuerySet[AuthorityRequest]:
    return AuthorityRequest.objects.select_related("case__seller__trader_entity", "case__listing")


def request_for(request_id: int) -> AuthorityRequest:
    return get_object_or_404(all_requests(), pk=request_id)


def disclosure_of(request: AuthorityRequest, items: list[str]) -> dict[str, Any]:
    """The personal data of these kinds in the request's case, and nothing else."""
    ways = {Item.SELLER: _seller, Item.REPORTERS: _reporters, Item.BUYERS: _buyers}
    return {str(item): ways[Item(item)](request) for item in sorted(items)}


def _seller(request: AuthorityRequest) -> dict[str, Any]:
    seller = request.case.seller
    entity = seller.trader_entity
    return {
        "shop": seller.name,
        "id": seller.external_id,
        "trader": entity.name if entity else "",
        "business_registration_number": entity.business_registration_number if entity else "",
        "representative": entity.representative if entity else "",
    }


def _reporters(request: AuthorityRequest) -> list[dict[str, Any]]:
    notices = Notice.objects.filter(items__listing=request.case.listing).select_related("reporter").distinct()
    return [{"notice": notice.pk, "contact": notice.address} for notice in notices.order_by("pk")]


def _buyers(request: AuthorityRequest) -> list[dict[str, Any]]:
    claims = RefundClaim.objects.filter(listing=request.case.listing).select_related("claimant")
    return [
        {"claim": claim.pk, "order": claim.order, "contact": claim.address} for claim in claims.order_by("pk")
    ]
