"""Stopping a listing while it is examined: proportionate, corroborated, and never by filing alone."""

from collections.abc import Sequence
from datetime import datetime

from klean.core.actors import Actor
from klean.core.policy import policy_at
from listings.actions import quarantine_listing
from reports.models import Notice, NoticeItem, ReporterTier
from reports.queries.reporters import figures_of
from reports.rules.accuracy import Voices, may_quarantine
from reports.rules.notices import is_formal

INTERIM_REASON = "reported and corroborated"
INTERIM = Actor("system", "interim-measures")
AUTHORITIES = (Notice.NotifierType.AUTHORITY, Notice.NotifierType.TRUSTED_FLAGGER)


def stop_corroborated(notice: Notice, items: Sequence[NoticeItem], *, at: datetime) -> list[NoticeItem]:
    """Quarantine those of the notice's listings against which enough independent voices speak."""
    terms = policy_at(at).section("reports")
    listing_ids = [item.listing_id for item in items]
    spoken = NoticeItem.objects.filter(listing__in=listing_ids, outcome="")
    rows = set(spoken.values_list("listing_id", "reporter_key", "notice__notifier_type"))
    if not terms["interim"]["stops_on_filing"] and not _is_answerable(rows):
        return []
    keys = {key for _listing, key, _type in rows}
    admitted = set(
        ReporterTier.objects.filter(reporter_key__in=keys, state=ReporterTier.State.ADMITTED).values_list(
            "reporter_key", flat=True
        )
    )
    reliable = {
        key for key, figures in figures_of(keys, at=at).items() if figures.is_reliable(terms["tiers"])
    }
    stopped = []
    for item in items:
        speakers = {key: kind for listing_id, key, kind in rows if listing_id == item.listing_id}
        authorities = {key for key, kind in speakers.items() if kind in AUTHORITIES}
        voices = Voices(
            authorities=len(authorities), admitted=len(admitted & set(speakers) - authorities),
            reliable_others=len(reliable & set(speakers) - admitted - authorities),
            screening=item.listing.score or 0.0,
        )  # fmt: skip
        if may_quarantine(voices, terms["interim"], is_formal=is_formal(notice.notifier_type)):
            quarantine_listing(item.listing, reason=INTERIM_REASON, at=at, actor=INTERIM)
            stopped.append(item)
    return stopped


def _is_answerable(rows: set[tuple[int, str, str]]) -> bool:
    """Whether anybody who answers for it speaks at all, so that most filings cost one query more."""
    keys = {key for _listing, key, _type in rows}
    return (
        any(kind in AUTHORITIES for _listing, _key, kind in rows)
        or ReporterTier.objects.filter(reporter_key__in=keys, state=ReporterTier.State.ADMITTED).exists()
    )
