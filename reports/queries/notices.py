"""What pages and calls read of notices, each for somebody who may."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Aggregate, Count, DurationField, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from brands.models import IPRight
from klean.core.policy.queries import calendar_at, policy_at, words_of_code
from klean.core.rows.texts import in_language
from klean.core.web.paging import Page, page_of
from reports.models.notices import Notice, NoticeItem
from reports.rules.notices import NoticeElements, missing_elements, reasons_open_to
from reports.rules.policy import Reports

Outcome = NoticeItem.Outcome
OPEN = (Notice.State.ACKNOWLEDGED, Notice.State.ADMITTED)
MISSING: Mapping[tuple[str, str], Any] = {
    ("listings", "none"): _("Choose at least one listing."),
    ("listings", "too_many"): _(
        "A notice can name up to %(listings_per_notice)d listings. Split it into several notices."
    ),
    ("reason", "unknown"): _("Choose a reason from the list."),
    ("right", "missing"): _("Enter the infringed right: its registration number or its kind."),
    ("explanation", "too_short"): _(
        "In at least %(explanation_characters)d characters, explain why each listing infringes the "
        "right: what is copied, and how you can tell."
    ),
    ("explanation", "too_long"): _("Use up to %(explanation_limit)d characters."),
    ("good_faith", "missing"): _("Confirm in good faith that the information is accurate and complete."),
}


def faults_of_notice(elements: NoticeElements, *, at: datetime) -> dict[str, str]:
    """What is missing, by field, in words that say how to mend it."""
    terms = policy_at(at)[Reports]
    missing = missing_elements(elements, terms)
    return {field: MISSING[field, code] % dict(terms) for field, code in missing.items()}


def notice_reasons(notifier_type: str, *, at: datetime) -> list[tuple[str, str]]:
    """The reasons that this notifier may give, as code and words in the reader's language."""
    terms = policy_at(at)[Reports]
    return [(entry.code, in_language(entry.words)) for entry in reasons_open_to(notifier_type, terms)]


def words_of_reason(code: str, *, at: datetime) -> str:
    """The reason in the reader's language, as the policy of that time has it."""
    return words_of_code(policy_at(at)[Reports].reasons, code)


def rights_of(organisation_ids: list[int]) -> QuerySet[IPRight]:
    return IPRight.objects.filter(rights_holder__organisation__in=organisation_ids).select_related(
        "rights_holder"
    )


def notice_by(reference: str) -> Notice:
    """The notice of this tracking number; 404 alike for a wrong one and for one that never was."""
    items = NoticeItem.objects.select_related("listing", "counter").order_by("pk")
    notice = (
        Notice.objects.prefetch_related(Prefetch("items", items)).filter(reference=reference.upper()).first()
    )
    if notice is None:
        raise Http404
    return notice


def answer_by(notifier_type: str, tier: str, *, at: datetime) -> datetime:
    """When a notice of such a notifier wants its answer, in business hours of the policy's calendar."""
    hours = policy_at(at)[Reports].clocks
    own = min(hours[notifier_type], hours["ADMITTED"]) if tier == "ADMITTED" else hours[notifier_type]
    return calendar_at(at).after_hours(at, own)


def page_of_overdue(after: str, *, at: datetime, size: int = 40) -> Page[Notice]:
    """Open notices whose clock has run out, the longest overdue first."""
    rows = Notice.objects.filter(state__in=OPEN, answer_by__lt=at)
    return page_of(rows, order=("answer_by", "id"), after=after, size=size)


def clocks_kept(*, since: datetime, at: datetime) -> list[dict[str, Any]]:
    """By notifier type: answered listings, how many in time, and the median hours to the answer."""
    items = NoticeItem.objects.filter(
        answered_at__gt=since, answered_at__lte=at, outcome__in=[Outcome.UPHELD, Outcome.DISMISSED]
    )
    rows = items.values("notice__notifier_type").annotate(
        answered=Count("pk"),
        in_time=Count("pk", filter=Q(answered_at__lte=F("notice__answer_by"))),
        median=Median(F("answered_at") - F("notice__filed_at"), output_field=DurationField()),
    )
    words = dict(Notice.NotifierType.choices)
    return [
        {
            "words": words[row["notice__notifier_type"]],
            "answered": row["answered"],
            "in_time": row["in_time"],
            "percent": round(100 * row["in_time"] / row["answered"], 1),
            "median_hours": round(row["median"].total_seconds() / 3600, 1),
        }
        for row in rows.order_by("notice__notifier_type")
    ]


class Median(Aggregate):
    """The middle value, as PostgreSQL's percentile_cont finds it."""

    template = "percentile_cont(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


def has_answers(notice: Notice) -> bool:
    """Whether a person has decided on a listing of the notice, so that there are reasons and an appeal."""
    return any(item.outcome in (Outcome.UPHELD, Outcome.DISMISSED) for item in notice.items.all())


def notice_for(organisation_ids: list[int], reference: str) -> Notice:
    """A notice of one of these organisations, or 404."""
    notice = notice_by(reference)
    if notice.organisation_id not in organisation_ids:
        raise Http404
    return notice


def _items_where(**wanted: Any) -> Coalesce:
    """How many of a notice's items are so; counted for the rows of the page alone."""
    items = NoticeItem.objects.filter(notice=OuterRef("pk"), **wanted).order_by().values("notice")
    return Coalesce(Subquery(items.annotate(n=Count("pk")).values("n")), 0)


def page_of_notices(organisation_ids: list[int], after: str, *, size: int = 30) -> Page[Notice]:
    """Their notices, newest first, with how many listings each names and what is answered of them."""
    notices = Notice.objects.filter(organisation__in=organisation_ids).annotate(
        listing_count=_items_where(),
        answered_count=_items_where(answered_at__isnull=False),
        upheld_count=_items_where(outcome=NoticeItem.Outcome.UPHELD),
    )
    return page_of(notices, order=("-id",), after=after, size=size)


def rows_of_notices(organisation_ids: list[int]) -> Iterator[tuple[Any, ...]]:
    """One row a listing, newest notice first, read in pieces."""
    items = NoticeItem.objects.filter(notice__organisation__in=organisation_ids).order_by("-notice_id", "pk")
    fields = ("reference", "filed_at", "state", "reason")
    return items.values_list(
        *(f"notice__{field}" for field in fields),
        "listing__external_id",
        "listing__title",
        "outcome",
        "answered_at",
    ).iterator(chunk_size=2000)
