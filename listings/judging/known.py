"""What the database knows of brands and sellers, as the engine reads it."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection
from django.db.models import Count

from brands.models import Brand
from klean.core.policy.queries import day_of
from screening.known import KnownBrand, KnownSeller
from sellers.models import Seller, TraderEntity
from sellers.queries.needs import permits_held
from sellers.queries.shops import authorised_brands

NEWEST_OFFERS = 50  # of a seller; older ones are no guide to what it offers now
OFFERS = """
SELECT seller.id, count(*) FILTER (WHERE offer.trades_on <> ''), count(*) FILTER (WHERE offer.is_underpriced)
FROM unnest(%s::bigint[]) AS seller (id), LATERAL (
    SELECT trades_on, is_underpriced FROM listings_listing
    WHERE seller_id = seller.id AND NOT external_id = ANY(%s) ORDER BY id DESC LIMIT %s
) AS offer GROUP BY seller.id
"""


def known_brands() -> dict[str, KnownBrand]:
    """Every brand by its name."""
    rows = Brand.objects.values_list("name", "pk", "protection", "category", "list_price")
    return {
        name: KnownBrand(pk, name, protection.lower(), category, price)
        for name, pk, protection, category, price in rows.iterator(5000)
    }


def known_sellers(
    external_ids: Collection[str],
    *,
    at: datetime,
    apart_from: Collection[str] = (),
    with_permits: Collection[str] = (),
) -> dict[str, KnownSeller]:
    """Those of the sellers that are registered, by their marketplace's id; six queries at most for any number.

    Listings ``apart_from`` are not counted among a seller's offers. Permits are read of sellers ``with_permits`` alone.
    """
    rows = Seller.objects.filter(external_id__in=set(external_ids))
    found = list(rows.values_list("pk", "external_id", "standing", "joined_at"))
    pks = [pk for pk, *_ in found]
    lapsed = set(
        rows.filter(trader_entity__business_status__in=TraderEntity.LAPSED).values_list("pk", flat=True)
    )
    removed = dict(
        Seller.objects.filter(pk__in=pks, listings__state="REMOVED")
        .values_list("pk")
        .annotate(Count("listings"))
    )
    offers = _newest_offers(pks, apart_from)
    today = day_of(at)
    brands = authorised_brands(pks, on=today)
    asked = [pk for pk, external_id, *_ in found if external_id in with_permits]
    permits = permits_held(asked, on=today) if asked else {}
    return {
        external_id: KnownSeller(
            pk,
            standing,
            joined_at,
            removed.get(pk, 0),
            frozenset(brands.get(pk, ())),
            pk in lapsed,
            *offers.get(pk, (0, 0)),
            frozenset(permits.get(pk, ())),
        )
        for pk, external_id, standing, joined_at in found
    }


def _newest_offers(pks: Collection[int], apart_from: Collection[str]) -> dict[int, tuple[int, int]]:
    """Of each seller's newest offers, how many are sold under a brand and how many of these are underpriced."""
    with connection.cursor() as cursor:
        cursor.execute(OFFERS, [list(pks), list(apart_from), NEWEST_OFFERS])
        return {pk: (branded, underpriced) for pk, branded, underpriced in cursor.fetchall()}
