"""What the database knows of brands and sellers, as the checks read it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils import timezone

from brands.models import Brand
from sellers.models import Seller, TraderEntity
from sellers.queries import authorised_brands


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

    ``has_lapsed`` is what the tax office says of the business.
    """

    id: int
    standing: str
    days: int
    removed: int
    brands: frozenset[int]
    has_lapsed: bool = False


def known_brands() -> dict[str, KnownBrand]:
    """Every brand by its name."""
    rows = Brand.objects.values_list("name", "pk", "protection", "category", "list_price")
    return {
        name: KnownBrand(pk, name, protection.lower(), category, price)
        for name, pk, protection, category, price in rows.iterator(5000)
    }


def known_sellers(external_ids: Collection[str], *, at: datetime) -> dict[str, KnownSeller]:
    """Those of the sellers that are registered, by their marketplace's id; four queries for any number."""
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
    may_sell = authorised_brands(pks, on=timezone.localdate(at))
    return {
        external_id: KnownSeller(
            pk,
            standing,
            (at - joined_at).days,
            gone.get(pk, 0),
            frozenset(may_sell.get(pk, ())),
            pk in lapsed,
        )
        for pk, external_id, standing, joined_at in found
    }
