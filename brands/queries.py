"""Reading brands and rights for pages."""

from collections.abc import Iterator

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from brands.models import Brand, IPRight, PriceRange, ReferenceImage, RightsHolder
from brands.rules.prices import Range
from klean.core.access.models import Organisation, Role, User


def holders_of(user: User) -> QuerySet[RightsHolder]:
    """The rights holders that the person speaks for."""
    return RightsHolder.objects.filter(organisation__in=user.organisation_ids(Role.RIGHTS_HOLDER))


def holder_for(user: User, holder_id: int) -> RightsHolder:
    return get_object_or_404(holders_of(user), pk=holder_id)


def applicants(user: User) -> QuerySet[Organisation]:
    """The person's organisations that may ask to speak for brands and have not yet."""
    mine = user.organisation_ids(Role.RIGHTS_HOLDER)
    kind = Organisation.Kind.RIGHTS_HOLDER
    return Organisation.objects.filter(pk__in=mine, kind=kind, rights_holder=None).order_by("pk")


def unverified() -> QuerySet[RightsHolder]:
    return RightsHolder.objects.filter(verified_at=None).select_related("organisation")


def unjudged() -> QuerySet[IPRight]:
    """Rights that are not granted yet or that no register holds, whose evidence nobody has looked at."""
    waiting = Q(standing=IPRight.Standing.UNKNOWN, due_at=None) | Q(standing=IPRight.Standing.PENDING)
    rows = IPRight.objects.filter(waiting, evidence_decision="").exclude(evidence=None)
    return rows.select_related("rights_holder")


def brands_of(user: User) -> QuerySet[Brand]:
    """The brands that the person may speak for."""
    return Brand.objects.filter(rights_holder__in=holders_of(user))


def brand_for(user: User, brand_id: int) -> Brand:
    return get_object_or_404(brands_of(user).select_related("rights_holder"), pk=brand_id)


def ip_rights_of(user: User) -> QuerySet[IPRight]:
    rows = IPRight.objects.filter(rights_holder__in=holders_of(user))
    return rows.select_related("rights_holder").prefetch_related("brands")


def brands_of_right(right_id: int) -> list[int]:
    """The pks of the brands that the right is tied to."""
    return list(Brand.objects.filter(ip_rights=right_id).order_by("pk").values_list("pk", flat=True))


def rights_behind(brand: Brand) -> QuerySet[IPRight]:
    """The rights of the brand's own holder that are tied to it."""
    return brand.ip_rights.filter(rights_holder=brand.rights_holder_id)


def reference_for(user: User, reference_id: int) -> ReferenceImage:
    references = ReferenceImage.objects.filter(brand__in=brands_of(user)).select_related("brand", "file")
    return get_object_or_404(references, pk=reference_id)


def with_reference_counts(brands: QuerySet[Brand]) -> QuerySet[Brand]:
    """The brands, each with ``reference_count``: its pictures in use."""
    return brands.annotate(reference_count=Count("references", filter=Q(references__retired_at=None)))


def brands_by_name(names: set[str]) -> dict[str, Brand]:
    return Brand.objects.in_bulk(list(names), field_name="name")


def brand_named(text: str) -> Brand | None:
    """The one brand of that name, Latin or Korean, in whatever case; None when there is none or several."""
    found = list(Brand.objects.filter(Q(name__iexact=text) | Q(korean_name=text))[:2])
    exact = [brand for brand in found if brand.name == text] or found
    return exact[0] if len(exact) == 1 else None


def brand_called(number_or_name: str) -> str:
    """The name of a brand that a link gives by its number, else what the link says."""
    is_number = number_or_name.isascii() and number_or_name.isdigit() and len(number_or_name) < 18
    found = Brand.objects.filter(pk=int(number_or_name)).first() if is_number else None
    return found.name if found else number_or_name


def price_ranges_of(brand: Brand) -> list[Range]:
    """What its holder says that its goods cost, by category; that of all goods has none."""
    return list(brand.price_ranges.values_list("category", "low", "high"))


def list_prices() -> Iterator[tuple[str, Range]]:
    """What holders say that goods cost, by the brand's name: each range told, and a single price where none speaks of all goods."""
    rows = PriceRange.objects.values_list("brand__name", "category", "low", "high")
    for name, category, low, high in rows.iterator(5000):
        yield name, (category, low, high)
    single = Brand.objects.filter(list_price__gt=0).exclude(price_ranges__category="")
    for name, price in single.values_list("name", "list_price").iterator(5000):
        yield name, ("", price or 0, price or 0)
