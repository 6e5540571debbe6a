"""Brands, in batches."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from brands.facts import BrandChanged, BrandRegistered
from brands.models import Brand, PriceRange, RightsHolder
from brands.rules.prices import Range
from klean.core.events.actors import Actor
from klean.core.events.facts import Fact
from klean.core.events.record import record_all
from klean.core.rows.locks import lock_name
from klean.core.rows.refusals import Refused


@dataclass(frozen=True, kw_only=True)
class NewBrand:
    """What a source tells of a brand; None is what it does not speak of, and stays; a list price of 0 takes it away."""

    name: str
    korean_name: str | None = None
    aliases: list[str] | None = None
    country: str | None = None
    category: str | None = None
    protection: str | None = None
    list_price: int | None = None
    price_ranges: list[Range] | None = None


GIVEN_FIELDS = [field.name for field in fields(NewBrand) if field.name not in {"name", "price_ranges"}]


@dataclass(frozen=True, slots=True)
class Upserted:
    """How many rows a batch registered, changed, and found as they were."""

    new: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: "Upserted") -> "Upserted":
        return Upserted(self.new + other.new, self.changed + other.changed, self.same + other.same)


@transaction.atomic
def register_brands(rows: Sequence[NewBrand], *, at: datetime, actor: Actor) -> Upserted:
    """Register or change brands by name; of a name told twice the later wins, and the same again says nothing."""
    lock_name("brands")
    by_name = {row.name: row for row in rows}
    known = Brand.objects.in_bulk(list(by_name), field_name="name")
    priced = {name: row.price_ranges for name, row in by_name.items() if row.price_ranges is not None}
    repriced = _repriced(priced)
    written: list[Brand] = []
    changes: dict[str, list[str]] = {}
    for name, row in by_name.items():
        brand = known.get(name) or Brand(name=name)
        changed = [*_take(brand, row), *(["price_ranges"] if name in repriced else [])]
        if changed or name not in known:
            written.append(brand)
            changes[name] = changed
    Brand.objects.bulk_create(
        written, update_conflicts=True, unique_fields=["name"], update_fields=GIVEN_FIELDS
    )
    _price({brand: priced[brand.name] for brand in written if brand.name in repriced})
    record_all([(_fact_of(brand, known, changes), brand) for brand in written], at=at, actor=actor)
    new = len(by_name.keys() - known.keys())
    return Upserted(new, len(written) - new, len(by_name) - len(written))


def _repriced(priced: dict[str, list[Range]]) -> set[str]:
    """The names of the brands whose price ranges are told otherwise than they are."""
    known: dict[str, set[Range]] = {name: set() for name in priced}
    for row in PriceRange.objects.filter(brand__name__in=priced).select_related("brand"):
        known[row.brand.name].add((row.category, row.low, row.high))
    return {name for name, ranges in priced.items() if set(ranges) != known[name]}


def _price(ranges: dict[Brand, list[Range]]) -> None:
    PriceRange.objects.filter(brand__in=ranges).delete()
    PriceRange.objects.bulk_create(
        PriceRange(brand=brand, category=category, low=low, high=high)
        for brand, found in ranges.items()
        for category, low, high in found
    )


def _take(brand: Brand, row: NewBrand) -> list[str]:
    changed = []
    for field in GIVEN_FIELDS:
        given: Any = getattr(row, field)
        value = given or None if field == "list_price" else given
        if given is not None and value != getattr(brand, field):
            setattr(brand, field, value)
            changed.append(field)
    return changed


def _fact_of(brand: Brand, known: dict[str, Brand], changes: dict[str, list[str]]) -> Fact:
    if brand.name not in known:
        return BrandRegistered(brand=brand.name, brand_id=brand.pk, protection=brand.protection)
    return BrandChanged(
        brand=brand.name, brand_id=brand.pk, protection=brand.protection, fields=changes[brand.name]
    )


@transaction.atomic
def link_brands(holder: RightsHolder, names: Iterable[str], *, at: datetime, actor: Actor) -> list[Brand]:
    """Let a rights holder speak for brands that are registered and nobody else's."""
    lock_name("brands")
    wanted = list(names)
    brands = list(Brand.objects.filter(name__in=wanted))
    missing = set(wanted) - {brand.name for brand in brands}
    if missing:
        raise Refused(_("No brand is registered as %(names)s.") % {"names": ", ".join(sorted(missing))})
    for brand in brands:
        if brand.rights_holder_id not in {None, holder.pk}:
            raise Refused(_("%(brand)s already belongs to another rights holder.") % {"brand": brand.name})
    linked = [brand for brand in brands if brand.rights_holder_id is None]
    Brand.objects.filter(pk__in=[brand.pk for brand in linked]).update(rights_holder=holder)
    record_all(
        [
            (
                BrandChanged(
                    brand=brand.name, brand_id=brand.pk, protection=brand.protection, fields=["rights_holder"]
                ),
                brand,
            )
            for brand in linked
        ],
        at=at,
        actor=actor,
    )
    return brands


@transaction.atomic
def register_brand_of(holder: RightsHolder, row: NewBrand, *, at: datetime, actor: Actor) -> Brand:
    """Register a rights holder's own brand; a name that is taken is refused, whoever has it."""
    lock_name("brands")
    if Brand.objects.filter(name__iexact=row.name).exists():
        raise Refused(
            _("%(brand)s is already registered. If it is yours, ask the protection team to link it to you.")
            % {"brand": row.name},
            code="duplicate",
        )
    register_brands([row], at=at, actor=actor)
    return link_brands(holder, [row.name], at=at, actor=actor)[0]
