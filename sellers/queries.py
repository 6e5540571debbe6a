"""Reading sellers and authorisations."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from brands.queries import brands_of
from klean.core.models import Role, User
from sellers.models import BrandAuthorisation, Seller


def authorised_brands(seller_ids: Collection[int], *, on: date, country: str = "KR") -> dict[int, set[int]]:
    """For each of the sellers (pks), the brands that it may sell in the country on that day; in one query."""
    rows = BrandAuthorisation.objects.filter(
        seller__in=seller_ids,
        state__in=BrandAuthorisation.IN_FORCE,
        valid_from__lte=on,
        valid_until__gte=on,
        territory__overlap=[country, BrandAuthorisation.WORLD],
    )
    found: dict[int, set[int]] = defaultdict(set, {seller_id: set() for seller_id in seller_ids})
    for seller_id, brand_id in rows.values_list("seller_id", "brand_id"):
        found[seller_id].add(brand_id)
    return dict(found)


def sellers_of(user: User) -> QuerySet[Seller]:
    """The shops that the person may act for."""
    return Seller.objects.filter(organisation__in=user.organisation_ids(Role.SELLER))


def seller_for(user: User, seller_id: int) -> Seller:
    return get_object_or_404(sellers_of(user).select_related("trader_entity"), pk=seller_id)


def sellers_by_external_id(external_ids: Collection[str]) -> dict[str, Seller]:
    return Seller.objects.in_bulk(list(external_ids), field_name="external_id")


def authorisations() -> QuerySet[BrandAuthorisation]:
    return BrandAuthorisation.objects.select_related(
        "seller__trader_entity", "brand__rights_holder", "document"
    )


def authorisation_for(user: User, authorisation_id: int) -> BrandAuthorisation:
    """One of the person's own shops' authorisations."""
    return get_object_or_404(authorisations().filter(seller__in=sellers_of(user)), pk=authorisation_id)


def authorisation_of_own_brand(user: User, authorisation_id: int) -> BrandAuthorisation:
    """One for a brand that the person speaks for."""
    return get_object_or_404(authorisations().filter(brand__in=brands_of(user)), pk=authorisation_id)


def open_authorisations() -> QuerySet[BrandAuthorisation]:
    return authorisations().filter(state__in=BrandAuthorisation.OPEN)


def possible_parents(seller: Seller) -> QuerySet[BrandAuthorisation]:
    """In-force authorisations of other traders, which an indirect letter may rest on."""
    same_trader = Q(seller=seller)
    if seller.trader_entity_id:
        same_trader |= Q(seller__trader_entity=seller.trader_entity_id)
    return authorisations().filter(state__in=BrandAuthorisation.IN_FORCE).exclude(same_trader)
