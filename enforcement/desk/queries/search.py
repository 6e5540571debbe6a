"""One search over every queue."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from enforcement.appeals.models import Appeal
from enforcement.cases.models import Case
from enforcement.cases.queries.cases import DESK_ROLES
from enforcement.decisions.models import Decision
from enforcement.desk.queries.search_terms import first_of, terms_of
from klean.core.access.models import Role, User
from listings.models import Listing
from mystery_shop.models import TestPurchase
from refunds.models.claims import RefundClaim
from reports.models.counters import CounterNotice
from reports.models.notices import NoticeItem
from sellers.models import BrandAuthorisation, Seller

RESULTS_PER_KIND = 10
SEARCH_ROLES = (*DESK_ROLES, Role.PENALTIES)


@dataclass(frozen=True, slots=True)
class SearchKind:
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
class SearchResult:
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
    SearchKind(
        _("Cases"),
        SEARCH_ROLES,
        Case.objects.select_related("listing", "seller"),
        {"number": "pk", "listings": "listing__in", "sellers": "seller__in"},
        "enforcement:case",
        "pk",
        lambda row: row.target,
        "opened_at",
    ),
    SearchKind(
        _("Decisions"),
        SEARCH_ROLES,
        Decision.objects.select_related("case__listing", "case__seller", "seller"),
        {"number": "pk", "listings": "case__listing__in", "sellers": "seller__in"},
        "enforcement:case",
        "case_id",
        lambda row: row.case.target,
        "decided_at",
        called="pk",
    ),
    SearchKind(
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
    SearchKind(
        _("Notices"),
        DESK_ROLES,
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
    SearchKind(
        _("Sellers' responses to notices"),
        DESK_ROLES,
        CounterNotice.objects.select_related("item__listing", "seller"),
        {"number": "pk", "listings": "item__listing__in", "sellers": "seller__in"},
        "reports:desk_counter",
        "pk",
        lambda row: row.item.listing.title,
        "invited_at",
    ),
    SearchKind(
        _("Refund claims"),
        DESK_ROLES,
        RefundClaim.objects.select_related("listing", "seller"),
        {"text": "reference", "listings": "listing__in", "sellers": "seller__in"},
        "refunds:held_claim",
        "reference",
        lambda row: row.listing.title,
        "opened_at",
    ),
    SearchKind(
        _("Authorisations"),
        DESK_ROLES,
        BrandAuthorisation.objects.select_related("brand", "seller"),
        {"number": "pk", "sellers": "seller__in"},
        "sellers:review",
        "pk",
        lambda row: str(row.brand),
        "submitted_at",
    ),
    SearchKind(
        _("Test purchases"),
        DESK_ROLES,
        TestPurchase.objects.select_related("listing", "seller"),
        {"number": "pk", "listings": "listing__in", "sellers": "seller__in"},
        "inspections:purchase",
        "pk",
        lambda row: row.listing.title,
        "planned_at",
    ),
    SearchKind(
        _("Listings"),
        SEARCH_ROLES,
        Listing.objects.select_related("seller"),
        {"listings": "pk__in", "sellers": "seller__in"},
        "listings:listing",
        "external_id",
        lambda row: row.title,
        "changed_at",
    ),
    SearchKind(
        _("Shops"),
        SEARCH_ROLES,
        Seller.objects.all(),
        {"sellers": "pk__in"},
        "enforcement:dossier",
        "external_id",
        lambda row: row.name,
        "joined_at",
        shop=lambda row: None,
    ),
)


def search_queues(user: User, text: str) -> list[tuple[Any, list[SearchResult], bool]]:
    """For each kind that the person may see: its newest items that the text names, and whether there are more."""
    asked = terms_of(text).values
    found = []
    for kind in KINDS:
        numbers = _numbers(kind, asked) if user.has_role(*kind.seen_by) else []
        if numbers:
            rows = kind.rows.in_bulk(numbers[:RESULTS_PER_KIND])
            shown = [_found(kind, rows[number]) for number in numbers[:RESULTS_PER_KIND] if number in rows]
            found.append((kind.label, shown, len(numbers) > RESULTS_PER_KIND))
    return found


def _numbers(kind: SearchKind, asked: dict[str, Any]) -> list[int]:
    """The newest first, each part asked by itself, so that each has its index."""
    found: set[int] = set()
    for name, column in kind.columns.items():
        if name in asked:
            found.update(first_of(kind.rows.model._default_manager.filter(**{column: asked[name]})))
    return sorted(found, reverse=True)


def _found(kind: SearchKind, row: Any) -> SearchResult:
    at = row
    for name in kind.at.split("."):
        at = getattr(at, name)
    number = str(getattr(row, kind.called or kind.key))
    return SearchResult(row, number, kind.title(row), kind.shop(row), kind.page, getattr(row, kind.key), at)
