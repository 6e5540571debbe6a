"""The queue of the desk, in a fixed number of queries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enforcement.cases.models import Case, CaseAssignment, Mention, Source
from enforcement.cases.queries.cases import pending_cases
from enforcement.decisions.models import Decision
from enforcement.decisions.rules.policy import EVERYTHING, Grant
from enforcement.desk.queries.search_terms import MAX_ROWS, terms_of
from klean.core.access.models import User
from klean.core.web.paging import Page, page_of

PAGE_SIZE = 40
COUNT_LIMIT = 100  # of more the page says "100+"
DUE_SOON = timedelta(hours=2)
VIEWS = {
    "all": _("All"),
    "mine": _("Assigned to me"),
    "escalated": _("Escalated"),
    "overdue": _("Overdue"),
    "skipped": _("Skipped"),
    "mentioned": _("Mentions me"),
}
STATES = {
    "": _("Waiting"),
    "RULED": _("Decided, not in force"),
    "DECIDED": pgettext_lazy("case", "Decided"),
    "any": _("Any state"),
}
AGES = ("", "1", "7", "30")


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What of the queue somebody looks at, of the queues that they work; nonsense in an address is all of it."""

    view: str = "all"
    source: str = ""
    text: str = ""
    state: str = ""
    seller: str = ""
    days: str = ""
    grant: Grant = EVERYTHING

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "QueueFilter":
        def known(name: str, values: Collection[str], default: str = "") -> str:
            value = query.get(name, default)
            return value if value in values else default

        return cls(
            view=known("view", VIEWS, "all"),
            source=known("source", Source.values),
            text=clean(query.get("q", "")),
            state=known("state", STATES),
            seller=clean(query.get("seller", "")),
            days=known("days", AGES),
        )

    @property
    def parameters(self) -> dict[str, str]:
        """What an address must say of the filter."""
        fields = {
            "view": self.view if self.view != "all" else "",
            "source": self.source,
            "q": self.text,
            "state": self.state,
            "seller": self.seller,
            "days": self.days,
        }
        return {name: value for name, value in fields.items() if value}

    @property
    def is_narrowed(self) -> bool:
        """By more than a view or words."""
        return bool(self.source or self.state or self.seller or self.days)


def clean(text: str) -> str:
    return text.replace("\0", "").strip()[:100]


def query_of(wanted: QueueFilter) -> str:
    """The filter as the query of an address; ``""`` for the whole queue."""
    return f"?{urlencode(wanted.parameters)}" if wanted.parameters else ""


def queue_of(user: User, wanted: QueueFilter, *, at: datetime) -> QuerySet[Case]:
    """The cases that a person looks at, with what a row shows of them; the pending ones unless others are asked for."""
    cases = _in_state(wanted.state).select_related("seller", "listing", "assigned_to")
    skipped = Exists(
        CaseAssignment.objects.filter(user=user, case=OuterRef("pk"), ending=CaseAssignment.Ending.SKIPPED)
    )
    cases = cases.filter(skipped) if wanted.view == "skipped" else cases.filter(~skipped)
    cases = _in_view(cases, wanted.view, user, at=at)
    if len(wanted.grant.queues) < len(Source):
        cases = cases.filter(source__in=wanted.grant.queues)
    if wanted.source:
        cases = cases.filter(source=wanted.source)
    if wanted.seller:
        cases = cases.filter(seller__external_id=wanted.seller)
    if wanted.days:
        cases = cases.filter(opened_at__gte=at - timedelta(days=int(wanted.days)))
    return cases.filter(_matches(wanted.text)) if wanted.text else cases


def _in_state(state: str) -> QuerySet[Case]:
    if state == "any":
        return Case.objects.all()
    return Case.objects.filter(state=state) if state else pending_cases()


def _in_view(cases: QuerySet[Case], view: str, user: User, *, at: datetime) -> QuerySet[Case]:
    if view == "mine":
        return cases.filter(assigned_to=user, assigned_until__gt=at)
    if view == "escalated":
        return cases.filter(state=Case.State.ESCALATED)
    if view == "overdue":
        return cases.filter(answer_by__lte=at)
    if view == "mentioned":
        return cases.filter(Exists(Mention.objects.filter(user=user, note__case=OuterRef("pk"))))
    return cases


def _matches(text: str) -> Q:
    """By number, id or words; where many titles have the words, the queue itself is read until a page is full."""
    terms = terms_of(text)
    many = len(terms.listings) == MAX_ROWS
    by_listing = Q(listing__title__icontains=text) if many else Q(listing__in=terms.listings)
    found = by_listing | Q(seller__in=terms.sellers)
    return found | Q(pk=terms.number) if terms.number else found


def queue_page(user: User, wanted: QueueFilter, *, after: str = "", at: datetime) -> Page[Case]:
    return page_of(queue_of(user, wanted, at=at), order=Case.ORDER, after=after, size=PAGE_SIZE)


def next_case(user: User, wanted: QueueFilter, *, at: datetime) -> Case | None:
    """The most urgent case that is assigned to nobody else."""
    free = Q(assigned_until=None) | Q(assigned_until__lte=at) | Q(assigned_to=user)
    page = page_of(queue_of(user, wanted, at=at).filter(free), order=Case.ORDER, size=1)
    return page.rows[0] if page.rows else None


def queue_counts(user: User, grant: Grant = EVERYTHING, *, at: datetime) -> dict[str, int]:
    """How many wait in each view, counted up to ``COUNT_LIMIT``."""
    return {
        view: len(
            queue_of(user, QueueFilter(view, grant=grant), at=at).values_list("pk", flat=True)[:COUNT_LIMIT]
        )
        for view in ("mine", "escalated", "overdue", "mentioned")
    }


@dataclass(frozen=True, slots=True)
class Health:
    """How the queue stands: the oldest case, how many are soon late, how many decisions wait for a second person."""

    oldest: datetime | None
    at_risk: int
    unapproved: int


def queue_health(*, at: datetime) -> Health:
    """Counted up to ``COUNT_LIMIT``, each from its own index."""
    soon = pending_cases().filter(answer_by__gt=at, answer_by__lte=at + DUE_SOON).order_by("answer_by")
    unapproved = Decision.objects.filter(state=Decision.State.UNAPPROVED)
    return Health(
        oldest=pending_cases().order_by("opened_at").values_list("opened_at", flat=True).first(),
        at_risk=len(soon.values_list("pk", flat=True)[:COUNT_LIMIT]),
        unapproved=len(unapproved.values_list("pk", flat=True)[:COUNT_LIMIT]),
    )
