"""The queue of the desk and one case of it, in a fixed number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from enforcement.models import Case, CaseClaim, Source
from klean.core.models import Role, User
from klean.core.paging import Page, page_of
from listings.models import Listing
from sellers.models import Seller

DESK = (Role.MODERATOR, Role.SENIOR)
ROWS = 40
COUNTED = 100
MOST_FOUND = 1000
VIEWS = {
    "all": _("All"),
    "mine": _("Mine"),
    "escalated": _("Escalated"),
    "overdue": _("Overdue"),
    "skipped": _("Skipped"),
}


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What of the queue somebody looks at; nonsense in a query string is the whole queue."""

    view: str = "all"
    source: str = ""
    text: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "QueueFilter":
        view, source = query.get("view", "all"), query.get("source", "")
        return cls(
            view=view if view in VIEWS else "all",
            source=source if source in Source.values else "",
            text=query.get("q", "").replace("\0", "").strip()[:100],
        )


def pending_cases() -> QuerySet[Case]:
    return Case.objects.filter(state__in=Case.PENDING)


def queue_of(user: User, wanted: QueueFilter, *, at: datetime) -> QuerySet[Case]:
    """The pending cases that a person looks at, with what a row shows of them."""
    cases = pending_cases().select_related("seller", "listing", "claimed_by")
    skipped = Exists(
        CaseClaim.objects.filter(user=user, case=OuterRef("pk"), ending=CaseClaim.Ending.SKIPPED)
    )
    cases = cases.filter(skipped) if wanted.view == "skipped" else cases.filter(~skipped)
    if wanted.view == "mine":
        cases = cases.filter(claimed_by=user, claimed_until__gt=at)
    elif wanted.view == "escalated":
        cases = cases.filter(state=Case.State.ESCALATED)
    elif wanted.view == "overdue":
        cases = cases.filter(answer_by__lte=at)
    if wanted.source:
        cases = cases.filter(source=wanted.source)
    return cases.filter(_matches(wanted.text)) if wanted.text else cases


def _matches(text: str) -> Q:
    """By the number of the case, the marketplace's ids, or words of the title; ids first, so that indexes answer."""
    by_words = Listing.objects.filter(Q(external_id=text) | Q(title__icontains=text))
    listings = list(by_words.values_list("pk", flat=True)[:MOST_FOUND])
    sellers = list(Seller.objects.filter(external_id=text).values_list("pk", flat=True))
    found = Q(listing__in=listings) | Q(seller__in=sellers)
    return found | Q(pk=int(text)) if text.isdecimal() and len(text) < 19 else found


def queue_page(user: User, wanted: QueueFilter, *, after: str = "", at: datetime) -> Page[Case]:
    return page_of(queue_of(user, wanted, at=at), order=Case.ORDER, after=after, size=ROWS)


def next_case(user: User, wanted: QueueFilter, *, at: datetime) -> Case | None:
    """The most urgent case that nobody else has in hand."""
    free = Q(claimed_until=None) | Q(claimed_until__lte=at) | Q(claimed_by=user)
    page = page_of(queue_of(user, wanted, at=at).filter(free), order=Case.ORDER, size=1)
    return page.rows[0] if page.rows else None


def queue_counts(user: User, *, at: datetime) -> dict[str, int]:
    """How many wait in each saved filter, counted up to ``COUNTED``."""
    return {
        view: len(queue_of(user, QueueFilter(view), at=at).values_list("pk", flat=True)[:COUNTED])
        for view in ("mine", "escalated", "overdue")
    }


def case_for(user: User, case_id: int) -> Case:
    """The case, for people of the desk; 404 for everybody else."""
    rows = Case.objects.select_related(
        "seller__trader_entity",
        "listing__current_screening",
        "right__rights_holder",
        "claimed_by",
        "opened_by",
    )
    return get_object_or_404(rows if user.has_role(*DESK, Role.PENALTIES) else rows.none(), pk=case_id)


def colleagues_of(user: User) -> QuerySet[User]:
    """Whom a case can be handed to."""
    return (
        User.objects.filter(memberships__role__in=DESK, is_active=True)
        .exclude(pk=user.pk)
        .distinct()
        .order_by("name")
    )
