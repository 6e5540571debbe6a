"""Finding one item in any queue: by its number, the marketplace's ids, or words of a title or a shop's name.

Every lookup is answered by one index and stops after ``MOST`` rows, so the cost stays what it is however much there is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from enforcement.models import Appeal, Case, Decision
from enforcement.queries.grants import DESK
from klean.core.models import Role, User
from listings.models import Listing
from mystery_shop.models import TestPurchase
from reports.models import CounterNotice, NoticeItem, RefundClaim
from sellers.models import BrandAuthorisation, Seller

MOST = 300
SHOWN = 10
SHORTEST = 2
LONGEST_NUMBER = 18
FINDERS = (*DESK, Role.PENALTIES)


@dataclass(frozen=True, slots=True)
class Places:
    """What a text names: a number, a reference, listings and shops."""

    text: str
    number: int | None = None
    listings: list[int] = field(default_factory=list)
    sellers: list[int] = field(default_factory=list)

    @property
    def values(self) -> dict[str, Any]:
        """What lookups can be made with."""
        named = {"text": self.text, "number": self.number, "listings": self.listings, "sellers": self.sellers}
        return {name: value for name, value in named.items() if value}


def places_of(text: str) -> Places:
    """What the text names; one that is exactly an id of the marketplace is not searched for as words."""
    is_number = text.isdecimal() and len(text) <= LONGEST_NUMBER
    listings = _first(Listing.objects.filter(external_id=text))
    sellers = _first(Seller.objects.filter(external_id=text))
    if not listings and not sellers and len(text) >= SHORTEST:
        listings = _first(Listing.objects.filter(_reads("title", text)))
        sellers = _first(Seller.objects.filter(_reads("name", text)))
    return Places(text, int(text) if is_number else None, listings, sellers)


def _first(rows: QuerySet[Any]) -> list[int]:
    """In no order, so that the index of what is asked answers, and never the one of an order."""
    return list(rows.order_by().values_list("pk", flat=True)[:MOST])


def _reads(name: str, text: str) -> Q:
    """Words anywhere; of two letters, which give a trigram index nothing to hold on to, the beginnings of words."""
    if len(text) > SHORTEST:
        return Q(**{f"{name}__icontains": text})
    return Q(**{f"{name}__istartswith": text}) | Q(**{f"{name}__icontains": f" {text}"})


@dataclass(frozen=True, slots=True)
class Kind:
    """A queue's items: who sees them, the column that each part of what was asked is compared with, and their page.

    ``called`` is the attribute that names an item, where it is not the ``key`` of its page.
    """

    label: Any
    seen_by: tuple[str, ...]
    rows: QuerySet[Any]
    columns: Mapping[str, str]
    page: str
    key: str
    title: Callable[[Any], str]
    at: str
    shop: Callable[[Any], Seller | None] = lambda row: row.seller
    called: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One item as the page shows it."""

    row: Model
    number: str
    title: str
    shop: Seller | None
    page: str
    key: Any
    at: Any

    @property
    def state(self) -> tuple[str, str]:
        """The state and its words; a shop has a standing, a notice of one listing an outcome."""
        name = next(name for name in ("state", "standing", "outcome") if hasattr(self.row, name))
        return getattr(self.row, name), getattr(self.row, f"get_{name}_display")()


KINDS = (
    Kind(
        _("Cases"),
        FINDERS,
        Case.objects.select_related("listing", "seller"),
        {"number": "pk", "listings": "listing__in", "sellers": "seller__in"},
        "enforcement:case",
        "pk",
        lambda row: row.target,
        "opened_at",
    ),
    Kind(
        _("Decisions"),
        FINDERS,
        Decision.objects.select_related("case__listing", "case__seller", "seller"),
        {"number": "pk", "listings": "case__listing__in", "sellers": "seller__in"},
        "enforcement:case",
        "case_id",
        lambda row: row.case.target,
        "decided_at",
        called="pk",
    ),
    Kind(
        _("Appeals"),
        (Role.SENIOR, Role.PENALTIES),
        Appeal.objects.select_related(
            "decision__case__listing", "decision__case__seller", "decision__seller"
        ),
        {"number": "pk", "listings": "decision__case__listing__in", "sellers": "decision__seller__in"},
        "enforcement:appeal",
        "pk",
        lambda row: row.decision.case.target,
        "filed_at",
        shop=lambda row: row.decision.seller,
    ),
    Kind(
        _("Notices"),
        DESK,
        NoticeItem.objects.select_related("listing__seller", "notice"),
        {
            "text": "notice__reference",
            "number": "notice",
            "listings": "listing__in",
            "sellers": "listing__seller__in",
        },
        "reports:desk_notice",
        "notice_id",
        lambda row: row.listing.title,
        "notice.filed_at",
        shop=lambda row: row.listing.seller,
    ),
    Kind(
        _("Sellers' answers to notices"),
        DESK,
        CounterNotice.objects.select_related("item__listing", "seller"),
        {"number": "pk", "listings": "item__listing__in", "sellers": "seller__in"},
        "reports:desk_counter",
        "pk",
        lambda row: row.item.listing.title,
        "invited_at",
    ),
    Kind(
        _("Refund claims"),
        DESK,
        RefundClaim.objects.select_related("listing", "seller"),
        {"text": "reference", "listings": "listing__in", "sellers": "seller__in"},
        "reports:held_claim",
        "reference",
        lambda row: row.listing.title,
        "opened_at",
    ),
    Kind(
        _("Authorisations"),
        DESK,
        BrandAuthorisation.objects.select_related("brand", "seller"),
        {"number": "pk", "sellers": "seller__in"},
        "sellers:review",
        "pk",
        lambda row: str(row.brand),
        "submitted_at",
    ),
    Kind(
        _("Test purchases"),
        DESK,
        TestPurchase.objects.select_related("listing", "seller"),
        {"number": "pk", "listings": "listing__in", "sellers": "seller__in"},
        "inspections:purchase",
        "pk",
        lambda row: row.listing.title,
        "planned_at",
    ),
    Kind(
        _("Listings"),
        FINDERS,
        Listing.objects.select_related("seller"),
        {"listings": "pk__in", "sellers": "seller__in"},
        "listings:listing",
        "external_id",
        lambda row: row.title,
        "changed_at",
    ),
    Kind(
        _("Shops"),
        FINDERS,
        Seller.objects.all(),
        {"sellers": "pk__in"},
        "enforcement:dossier",
        "external_id",
        lambda row: row.name,
        "joined_at",
        shop=lambda row: None,
    ),
)


def found_for(user: User, text: str) -> list[tuple[Any, list[Found], bool]]:
    """For each kind that the person may see: its newest items that the text names, and whether there are more."""
    asked = places_of(text).values
    found = []
    for kind in KINDS:
        numbers = _numbers(kind, asked) if user.has_role(*kind.seen_by) else []
        if numbers:
            rows = kind.rows.in_bulk(numbers[:SHOWN])
            shown = [_found(kind, rows[number]) for number in numbers[:SHOWN] if number in rows]
            found.append((kind.label, shown, len(numbers) > SHOWN))
    return found


def _numbers(kind: Kind, asked: dict[str, Any]) -> list[int]:
    """The newest first, each part asked by itself, so that each has its index."""
    found: set[int] = set()
    for name, column in kind.columns.items():
        if name in asked:
            found.update(_first(kind.rows.model._default_manager.filter(**{column: asked[name]})))
    return sorted(found, reverse=True)


def _found(kind: Kind, row: Any) -> Found:
    at = row
    for name in kind.at.split("."):
        at = getattr(at, name)
    number = str(getattr(row, kind.called or kind.key))
    return Found(row, number, kind.title(row), kind.shop(row), kind.page, getattr(row, kind.key), at)
