"""The rights holder's watchlist, drafts and impact."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, DurationField, F, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.shortcuts import get_object_or_404

from brands.queries import brands_of
from klean.core.access.models import Role, User
from klean.core.web.paging import Page, page_of
from listings.judging.evidence import Findings, evidence_of
from listings.models import Listing, ListingPicture, Screening
from reports.models.notices import NoticeItem
from reports.models.portal import NoticeDraft, WatchItem
from reports.queries.notices import Median

Outcome = NoticeItem.Outcome


def watchlist_of(user: User, after: str, *, size: int = 30) -> Page[WatchItem]:
    """What waits for the person's answer, newest first; what was removed meanwhile is left out."""
    rows = WatchItem.objects.filter(brand__in=brands_of(user), state=WatchItem.State.WAITING)
    rows = rows.exclude(listing__state=Listing.State.REMOVED).select_related("listing__seller", "brand")
    return page_of(rows, order=("-id",), after=after, size=size)


@dataclass(frozen=True, slots=True)
class Watched:
    """A watchlist item with what its holder judges it by."""

    item: WatchItem
    picture: int | None
    evidence: Findings


def watched(items: Sequence[WatchItem]) -> list[Watched]:
    """Each item with the listing's first picture and, in words, why it was flagged."""
    listings = [item.listing_id for item in items]
    pictures, why = first_pictures(listings), flags_of(listings)
    return [Watched(item, pictures.get(item.listing_id), why[item.listing_id]) for item in items]


def flags_of(listings: Iterable[int]) -> dict[int, Findings]:
    """Why screening last flagged each of these listings; what was found twice is said once."""
    runs = Screening.objects.filter(listing__in=listings, state=Screening.State.FLAGGED)
    latest = dict(runs.order_by("listing", "-pk").distinct("listing").values_list("listing", "signals"))
    found = {listing: evidence_of(latest.get(listing, []), []) for listing in listings}
    for evidence in found.values():
        evidence.reasons = list(dict.fromkeys(evidence.reasons))
    return found


def first_pictures(listings: Iterable[int]) -> dict[int, int]:
    """The first picture of each listing of which a copy is kept."""
    kept = ListingPicture.objects.filter(listing__in=listings, replaced_at=None, file__isnull=False)
    return dict(kept.order_by("listing", "position").distinct("listing").values_list("listing", "pk"))


def watch_item_for(user: User, item_id: int) -> WatchItem:
    return get_object_or_404(WatchItem.objects.filter(brand__in=brands_of(user)), pk=item_id)


def holder_labels() -> tuple[QuerySet[Listing], QuerySet[Listing]]:
    """Fakes and harmless listings by their brand's holder, in the revision that was flagged, where no person of the
    desk has decided."""
    open_ones = Listing.objects.filter(judged_revision=F("revision")).exclude(state=Listing.State.REMOVED)
    open_ones = open_ones.exclude(cleared_revision=F("revision"))
    same = open_ones.filter(watch_items__revision=F("revision"))
    fakes = same.filter(watch_items__state=WatchItem.State.CONFIRMED)
    harmless = same.filter(watch_items__state=WatchItem.State.WAVED_OFF)
    return fakes.distinct(), harmless.exclude(pk__in=fakes.values("pk")).distinct()


def drafts_of(user: User) -> QuerySet[NoticeDraft]:
    mine = NoticeDraft.objects.filter(organisation__in=user.organisation_ids(Role.RIGHTS_HOLDER))
    return mine.order_by("is_template", "-saved_at")


def draft_for(user: User, draft_id: int) -> NoticeDraft:
    return get_object_or_404(drafts_of(user), pk=draft_id)


def impact_of(user: User, *, at: datetime) -> dict[str, Any]:
    """The last twelve months of the person's brands: time to decision, share confirmed, proactive share, repeaters."""
    since = at - timedelta(days=365)
    mine = NoticeItem.objects.filter(
        notice__organisation__in=user.organisation_ids(Role.RIGHTS_HOLDER),
        answered_at__gt=since,
        outcome__in=[Outcome.UPHELD, Outcome.DISMISSED],
    )
    took = F("answered_at") - F("notice__filed_at")
    months = list(
        mine.annotate(month=TruncMonth("answered_at"))
        .values("month")
        .annotate(
            answered=Count("pk"),
            upheld=Count("pk", filter=Q(outcome=Outcome.UPHELD)),
            median=Median(took, output_field=DurationField()),
        )
        .order_by("month")
    )
    removed = Listing.objects.filter(
        state=Listing.State.REMOVED, removed_at__gt=since, trades_on__in=brands_of(user).values("name")
    )
    reported = removed.filter(
        notice_items__notice__organisation__in=user.organisation_ids(Role.RIGHTS_HOLDER)
    )
    total, after_notice = removed.count(), reported.distinct().count()
    repeaters = (
        mine.filter(outcome=Outcome.UPHELD)
        .values(name=F("listing__seller__name"))
        .annotate(n=Count("listing", distinct=True))
        .filter(n__gt=1)
        .order_by("-n", "name")[:10]
    )
    answered, upheld = (sum(row[name] for row in months) for name in ("answered", "upheld"))
    return {
        "answered": answered,
        "upheld": upheld,
        "upheld_percent": round(100 * upheld / answered, 1) if answered else None,
        "labels": [f"{row['month']:%Y-%m}" for row in months],
        "hours": [round(row["median"].total_seconds() / 3600, 1) for row in months],
        "shares": [round(100 * row["upheld"] / row["answered"]) for row in months],
        "removed": total,
        "proactive": total - after_notice,
        "proactive_percent": round(100 * (total - after_notice) / total, 1) if total else None,
        "seller_names": [row["name"] for row in repeaters],
        "seller_counts": [row["n"] for row in repeaters],
    }
