"""Reading sellers and authorisations."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brands.models import Brand
from brands.queries import holders_of
from klean.core.models import Role, User
from klean.core.policy import policy_at
from sellers.models import BrandAuthorisation, Seller
from sellers.rules.nesting import Grant, covers, faults
from sellers.rules.territories import KOREA

CHAIN_END = 20


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


def open_authorisations() -> QuerySet[BrandAuthorisation]:
    return authorisations().filter(state__in=BrandAuthorisation.OPEN)


def authorised_sellers(user: User) -> QuerySet[BrandAuthorisation]:
    """What is in force for the brands that the person speaks for."""
    in_force = BrandAuthorisation.IN_FORCE
    return authorisations().filter(brand__rights_holder__in=holders_of(user), state__in=in_force)


def in_force(number: int, brand: Brand) -> BrandAuthorisation | None:
    """The authorisation that an indirect letter says it rests on."""
    rows = BrandAuthorisation.objects.filter(pk=number, brand=brand, state__in=BrandAuthorisation.IN_FORCE)
    return rows.first()


def faults_of(authorisation: BrandAuthorisation, *, at: datetime) -> list[str]:
    """Codes of what forbids to grant it at that time; it need not be saved yet."""
    parent = authorisation.parent
    return faults(
        _grant_of(authorisation),
        _grant_of(parent) if parent else None,
        on=timezone.localdate(at),
        max_depth=policy_at(at).section("authorisations")["max_depth"],
    )


def _grant_of(authorisation: BrandAuthorisation) -> Grant:
    return Grant(
        brand_id=authorisation.brand_id,
        valid_from=authorisation.valid_from,
        valid_until=authorisation.valid_until,
        territory=authorisation.territory,
        depth=_depth(authorisation),
    )


def _depth(authorisation: BrandAuthorisation) -> int:
    depth, above = 1, authorisation.parent
    while above and depth < CHAIN_END:
        depth, above = depth + 1, above.parent
    return depth


@dataclass(frozen=True)
class Check:
    """One thing that a reviewer looks for, and whether Klean found it."""

    words: Promise
    is_met: bool


def checks_of(authorisation: BrandAuthorisation, *, at: datetime) -> list[Check]:
    """What can be checked beside the document, each on its own."""
    found = set(faults_of(authorisation, at=at))
    brand, parent, trader = authorisation.brand, authorisation.parent, authorisation.seller.trader_entity
    holder, day = brand.rights_holder, timezone.localdate(at)
    rights = list(holder.ip_rights.all()) if holder else []
    nested = {"other_brand", "dates_outside", "territory_outside", "too_deep"}
    return [
        Check(_("The last day has not passed"), not found & {"already_over", "dates_reversed"}),
        Check(_("It covers Korea"), covers(authorisation.territory, KOREA)),
        Check(_("The brand has a rights holder here"), holder is not None),
        Check(_("The rights holder was verified"), bool(holder and holder.verified_at)),
        Check(_("The rights holder has a right in force"), any(right.is_live(day) for right in rights)),
        Check(_("The seller's business registration number is known"), trader is not None),
        Check(
            _("The letter it rests on is in force and covers it"),
            parent is None or (parent.state in BrandAuthorisation.IN_FORCE and not found & nested),
        ),
    ]
