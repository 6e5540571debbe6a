"""Whether open reports on a listing corroborate one another."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from klean.core.policy.queries import policy_at
from listings.models import Listing
from reports.models.notices import Notice, NoticeItem
from reports.models.reporters import ReporterTier
from reports.queries.reporters import figures_of
from reports.rules.accuracy import IndependentReports, may_quarantine
from reports.rules.notices import is_formal
from reports.rules.policy import Reports

AUTHORITIES = (Notice.NotifierType.AUTHORITY, Notice.NotifierType.TRUSTED_FLAGGER)
ReportRows = set[tuple[int, str, str]]


def corroborated(listings: Collection[Listing], *, at: datetime) -> set[int]:
    """The ids of those listings that the policy has stopped while they are examined, by who reports them now."""
    terms = policy_at(at)[Reports]
    open_items = NoticeItem.objects.filter(listing__in=listings, outcome="")
    rows: ReportRows = set(open_items.values_list("listing_id", "reporter_key", "notice__notifier_type"))
    keys = {key for _listing, key, _type in rows}
    admitted = set(
        ReporterTier.objects.filter(reporter_key__in=keys, state=ReporterTier.State.ADMITTED).values_list(
            "reporter_key", flat=True
        )
    )
    if not (terms.interim.stops_on_filing or admitted or _authorities(rows)):
        return set()
    reliable = {key for key, figures in figures_of(keys, at=at).items() if figures.is_reliable(terms.tiers)}
    by_listing: dict[int, ReportRows] = defaultdict(set)
    for row in rows:
        by_listing[row[0]].add(row)
    reports = {one.pk: _independent_reports(one, by_listing[one.pk], admitted, reliable) for one in listings}
    return {pk for pk, independent in reports.items() if may_quarantine(independent, terms.interim)}


def listings_of_notice(notice_id: int) -> list[int]:
    return list(NoticeItem.objects.filter(notice=notice_id).values_list("listing", flat=True))


def is_corroborated(listing: Listing, at: datetime) -> bool:
    """Whether this listing stays in quarantine for what was reported."""
    return bool(corroborated([listing], at=at))


def _authorities(rows: ReportRows) -> set[str]:
    return {key for _listing, key, kind in rows if kind in AUTHORITIES}


def _independent_reports(
    listing: Listing, mine: ReportRows, admitted: set[str], reliable: set[str]
) -> IndependentReports:
    reporters, authorities = {key for _listing, key, _type in mine}, _authorities(mine)
    return IndependentReports(
        formal=sum(is_formal(kind) for _listing, _key, kind in mine),
        authorities=len(authorities),
        admitted=len(admitted & reporters - authorities),
        reliable_others=len(reliable & reporters - admitted - authorities),
        screening=listing.score or 0.0,
    )
