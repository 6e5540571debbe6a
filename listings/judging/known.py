"""What the database knows of brands and sellers, as the checks read it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count
from django.utils import timezone

from brands.models import Brand
from sellers.models import Seller, TraderEntity
from sellers.queries.shops import authorised_brands

NEWEST = 50
OFFERS = """
SELECT seller.id, count(*) FILTER (WHERE offer.trades_on <> ''), count(*) FILTER (WHERE offer.is_underpriced)
FROM unnest(%s::bigint[]) AS seller (id), LATERAL (
    SELECT trades_on, is_underpriced FROM listings_listing
    WHERE seller_id = seller.id AND NOT external_id = ANY(%s) ORDER BY id DESC LIMIT %s
) AS offer GROUP BY seller.id
"""


@dataclass(frozen=True, slots=True)
class KnownBrand:
    """``protection`` is open, monitored or gated."""

    id: int
    name: str
    protection: str
    category: str
    list_price: int | None


@dataclass(frozen=True, slots=True)
class KnownSeller:
    """``brands`` may be sold, ``removed`` listings were taken down, ``days`` have passed since it joined.

    ``has_lapsed`` is what the tax office says of the business. Of its newest offers ``branded`` are sold under a brand,
    and ``underpriced`` of these far below what such goods cost.
    """

    id: int
    standing: str
    days: int
    removed: int
    brands: frozenset[int]
    has_lapsed: bool = False
    branded: int = 0
    underpriced: int = 0


def known_brands() -> dict[str, KnownBrand]:
    """Every brand by its name."""
    rows = Brand.objects.values_list("name", "pk", "protection", "category", "list_price")
    return {
        name: KnownBrand(pk, name, protection.lower(), category, price)
        for name, pk, protection, category, price in rows.iterator(5000)
    }


def known_sellers(
    external_ids: Collection[str], *, at: datetime, apart_from: Collection[str] = ()
) -> dict[str, KnownSeller]:
    """Those of the sellers that are registered, by their marketplace's id; five queries for any number.

    Listings ``apart_from`` are not counted among a seller's offers.
    """
    rows = Seller.objects.filter(external_id__in=set(external_ids))
    found = list(rows.values_list("pk", "external_id", "standing", "joined_at"))
    pks = [pk for pk, *_ in found]
    lapsed = set(
        rows.filter(trader_entity__business_status__in=TraderEntity.LAPSED).values_list("pk", flat=True)
    )
    gone = dict(
        Seller.objects.filter(pk__in=pks, listings__state="REMOVED")
        .values_list("pk")
        .annotate(Count("listings"))
    )
    offers = _newest_offers(pks, apart_from)
    may_sell = authorised_brands(pks, on=timezone.localdate(at))
    return {
        external_id: KnownSeller(
            pk,
            standing,
            (at - joined_at).days,
            gone.get(pk, 0),
            frozenset(may_sell.get(pk, ())),
            pk in lapsed,
            *offers.get(pk, (0, 0)),
        )
        for pk, external_id, standing, joined_at in found
    }


def _newest_offers(pks: Collection[int], apart_from: Collection[str]) -> dict[int, tuple[int, int]]:
    """Of each seller's newest offers, how many are sold under a brand and how many of these are underpriced."""
    with connection.cursor() as cursor:
        cursor.execute(OFFERS, [list(pks), list(apart_from), NEWEST])
        return {pk: (branded, underpriced) for pk, branded, underpriced in cursor.fetchall()}
