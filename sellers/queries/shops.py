"""Reading sellers and authorisations."""

import math
from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from statistics import median

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from brands.models import Brand
from brands.queries import holders_of
from klean.core.access.models import Role, User
from sellers.models import BrandAuthorisation, PayoutAccount, Seller
from sellers.rules.lists import Line, written

LATEST = 100


def authorised_brands(seller_ids: Collection[int], *, on: date, country: str = "KR") -> dict[int, set[int]]:
    """For each of the sellers (pks), the brands that it may sell in the country on that day; in one query."""
    rows = BrandAuthorisation.objects.filter(
        seller__in=seller_ids,
        state__in=BrandAuthorisation.IN_FORCE,
        valid_from__lte=on,
        valid_until__gte=on,
        territory__overlap=[country, BrandAuthorisation.WORLD],
    ).filter(Q(channels=[]) | Q(channels__contains=[BrandAuthorisation.Channel.MARKETPLACE]))
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
        "seller__trader_entity", "brand__rights_holder__organisation", "document"
    )


def authorisation_for(user: User, authorisation_id: int) -> BrandAuthorisation:
    """One of the person's own shops' authorisations."""
    return get_object_or_404(authorisations().filter(seller__in=sellers_of(user)), pk=authorisation_id)


def open_authorisations() -> QuerySet[BrandAuthorisation]:
    return authorisations().filter(state__in=BrandAuthorisation.OPEN)


def usual_review_days() -> int | None:
    """Within how many days half of the latest letters were decided; None while nobody knows."""
    decided = BrandAuthorisation.objects.filter(decided_at__isnull=False, document__isnull=False)
    latest = decided.order_by("-pk").values_list("submitted_at", "decided_at")[:LATEST]
    took = [(until - since) / timedelta(days=1) for since, until in latest if until]
    return max(1, math.ceil(median(took))) if took else None


def letters_for_brands_of(user: User) -> QuerySet[BrandAuthorisation]:
    """What is in force, suspended or being reviewed for the brands that the person speaks for."""
    state = BrandAuthorisation.State
    shown = [*BrandAuthorisation.IN_FORCE, state.SUSPENDED, state.SUBMITTED, state.IN_REVIEW]
    return authorisations().filter(brand__rights_holder__in=holders_of(user), state__in=shown)


def with_list_counts(brands: QuerySet[Brand]) -> QuerySet[Brand]:
    """The brands, each with ``listed_count``: the names on its holder's list of authorised sellers."""
    return brands.annotate(listed_count=Count("listed_sellers"))


def written_list(brand: Brand) -> list[str]:
    """The holder's list of a brand, line by line as it is written."""
    rows = brand.listed_sellers.values_list("name", "business_registration_number", "valid_until")
    return [written(Line(*row)) for row in rows]


def in_force(number: int, brand: Brand) -> BrandAuthorisation | None:
    """The authorisation that an indirect letter says it rests on."""
    rows = BrandAuthorisation.objects.filter(pk=number, brand=brand, state__in=BrandAuthorisation.IN_FORCE)
    return rows.first()


def payout_for(user: User, payout_id: int) -> PayoutAccount:
    rows = PayoutAccount.objects.filter(seller__in=sellers_of(user)).select_related("seller")
    return get_object_or_404(rows, pk=payout_id)
