"""Many claims are a signal: each approved one is weighed at once, and an alarm is raised once an epoch."""

from datetime import datetime, timedelta

from django.db.models import Q

from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.policy.queries import policy_at
from klean.core.rows.locks import lock_name
from refunds.facts.alarms import ClaimSurgeDetected
from refunds.models.claims import RefundClaim
from refunds.models.watches import ClaimWatch
from refunds.rules.policy import ClaimAlarm, Rate, Refunds
from refunds.rules.sequential import evidence, expected_claims

MILLION = 1_000_000
WATCH = Actor("system", "claims-watch")


def weigh_claim(claim: RefundClaim, *, at: datetime, actor: Actor) -> None:
    """Count an approved claim against its listing and its shop, once for each buyer."""
    terms = policy_at(at)[Refunds].signal
    lock_name(f"claim watch {claim.seller_id}")
    listing = _watch_on(claim, claim.listing_id, since=claim.listing.first_seen_at, at=at)
    _weigh(listing, claim, claim.sold, terms, terms.listing, at=at, actor=actor)
    seller = _watch_on(claim, None, since=claim.seller.joined_at, at=at)
    _weigh(seller, claim, claim.seller_sold, terms, terms.seller, at=at, actor=actor)


def _watch_on(claim: RefundClaim, listing_id: int | None, *, since: datetime, at: datetime) -> ClaimWatch:
    """The watch on the listing, or with none on the shop; the first begins when its target was first on sale."""
    watch = ClaimWatch.objects.filter(seller=claim.seller_id, listing=listing_id).first()
    return watch or ClaimWatch(
        seller_id=claim.seller_id,
        listing_id=listing_id,
        started_at=min(since, at),
        sales_baseline=0,
        sales_at_start=0,
    )


def _weigh(
    watch: ClaimWatch,
    claim: RefundClaim,
    sold: int | None,
    terms: ClaimAlarm,
    honest: Rate,
    *,
    at: datetime,
    actor: Actor,
) -> None:
    if at - watch.started_at > timedelta(days=terms.epoch_days):
        # The claim that begins an epoch is not counted: an epoch must not begin because of what it weighs.
        _begin_epoch(watch, sold, at)
    elif not _counts_already(claim, watch):
        watch.claims += 1
        days = (at - watch.started_at) / timedelta(days=1)
        watch.expected = expected_claims(_sold_since(watch.sales_baseline, sold), days, honest)
        watch.evidence = evidence(watch.claims, watch.expected, terms.ratios)
    is_alarm = watch.alarmed_at is None and watch.evidence >= MILLION / terms.false_alarms_per_million
    if is_alarm:
        watch.alarmed_at = at
    watch.save()
    if is_alarm:
        _raise_alarm(watch, claim, at=at, actor=actor)


def _raise_alarm(watch: ClaimWatch, claim: RefundClaim, *, at: datetime, actor: Actor) -> None:
    fact = ClaimSurgeDetected(
        listing=claim.listing.external_id if watch.listing_id else "",
        listing_id=watch.listing_id,
        seller=claim.seller.external_id,
        seller_id=claim.seller_id,
        claims=watch.claims,
        expected=round(watch.expected, 4),
        evidence=round(watch.evidence, 1),
    )
    record(fact, about=watch, at=at, actor=actor)


def _begin_epoch(watch: ClaimWatch, sold: int | None, at: datetime) -> None:
    watch.started_at, watch.alarmed_at = at, None
    watch.sales_baseline, watch.sales_at_start = watch.sales_at_start, sold
    watch.claims, watch.expected, watch.evidence = 0, 0.0, 1.0


def _sold_since(baseline: int | None, sold: int | None) -> int | None:
    """How much was sold since the baseline, where the marketplace tells its sales."""
    return None if baseline is None or sold is None else max(0, sold - baseline)


def _counts_already(claim: RefundClaim, watch: ClaimWatch) -> bool:
    """Whether the same buyer's claim counts already in this epoch."""
    target = Q(listing=watch.listing_id) if watch.listing_id else Q(seller=watch.seller_id)
    earlier = RefundClaim.objects.filter(target, buyer=claim.buyer, state__in=RefundClaim.COMMITTED)
    return earlier.filter(decided_at__gte=watch.started_at).exclude(pk=claim.pk).exists()
