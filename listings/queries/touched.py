"""Which listings something new touches, told without screening them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.utils import timezone

from brands.facts import BrandChanged, BrandRegistered, ReferenceAdded
from brands.models import Brand, ReferenceImage
from klean.core.events.models import Event
from klean.core.policy.models import PolicyVersion
from listings.judging.artefacts import artefacts_at
from listings.judging.items import item_of
from listings.judging.known import KnownBrand, known_sellers
from listings.models import Listing, ListingPicture, Rescreening, Screening
from listings.queries.likes import clear_pictures, nearest_pictures
from screening.checks.authorisation.find import authorisation_signals
from screening.model.score import features_of
from screening.signal import Signal
from screening.text.brands import BrandIndex, BrandName, brand_signals
from screening.verdicts import rules_met, verdict_of

HEARD = {
    Rescreening.Cause.BRAND: (BrandRegistered.name, BrandChanged.name),
    Rescreening.Cause.REFERENCE: (ReferenceAdded.name,),
}


def touched_by(again: Rescreening, listings: Sequence[Listing]) -> list[int]:
    """The pks of those of the listings that should be screened again."""
    return TOUCHED[Rescreening.Cause(again.cause)](again, listings)


def undescribed(again: Rescreening) -> bool:
    """Whether a reference that it is about has no hash yet."""
    if again.cause != Rescreening.Cause.REFERENCE:
        return False
    return ReferenceImage.objects.filter(
        pk__in=_told(again, "reference_id"), hash=None, retired_at=None
    ).exists()


def _told(again: Rescreening, key: str) -> list[int]:
    events = Event.objects.filter(
        pk__gte=again.first_id,
        pk__lte=again.last_id or again.first_id,
        name__in=HEARD[Rescreening.Cause(again.cause)],
    )
    return list(events.values_list(f"data__{key}", flat=True).distinct())


def _by_brand(again: Rescreening, listings: Sequence[Listing]) -> list[int]:
    index = _index_of(again.pk, again.last_id)
    found = brand_signals(index, [item_of(listing, []) for listing in listings])
    return [listing.pk for listing, signals in zip(listings, found, strict=True) if signals]


@lru_cache(maxsize=1)
def _index_of(pk: int, last: int) -> BrandIndex:
    names = "name", "korean_name", "aliases", "category", "country", "protection"
    rows = Brand.objects.filter(pk__in=_told(Rescreening.objects.get(pk=pk), "brand_id")).values_list(*names)
    return BrandIndex.build(
        [
            BrandName(name, korean, tuple(aliases), category, country, protection.lower())
            for name, korean, aliases, category, country, protection in rows.iterator(5000)
        ]
    )


def _by_reference(again: Rescreening, listings: Sequence[Listing]) -> list[int]:
    references = ReferenceImage.objects.filter(
        pk__in=_told(again, "reference_id"), retired_at=None, quality__gte=50
    )
    hashes = [bytes(one) for one in references.values_list("hash", flat=True) if one]
    pictures = clear_pictures().filter(listing__in=listings).values_list("listing_id", "hash").iterator(5000)
    return sorted({pk for pk, _distance in nearest_pictures(hashes, pictures)}) if hashes else []


def _by_policy(again: Rescreening, listings: Sequence[Listing]) -> list[int]:
    """Those that the new policy judges otherwise, or weighs otherwise, by the signals that were found before."""
    policy = PolicyVersion.objects.get(name=again.first.data["policy"]).section("screening")
    judged = [
        listing for listing in listings if listing.current_screening and listing.current_screening.verdict
    ]
    before = [
        [Signal(one["kind"], one["value"], one["evidence"], one["brand"]) for one in _run(listing).signals]
        for listing in judged
    ]
    now = timezone.now()
    known = artefacts_at(now)
    after = _weighed_anew(judged, before, policy, known.brands, now)
    seen_otherwise = _seen_otherwise(judged, policy)
    scores = known.model.scores(features_of(after)).tolist()
    return [
        listing.pk
        for listing, old, new, score in zip(judged, before, after, scores, strict=True)
        if _strengths(old) != _strengths(new)
        or verdict_of(new, score, policy, rules_met(new, policy["rules"])) != _run(listing).verdict
        or listing.pk in seen_otherwise
    ]


def _run(listing: Listing) -> Screening:
    if listing.current_screening is None:
        raise ValueError(f"listing {listing.pk} has no run")
    return listing.current_screening


def _weighed_anew(
    listings: Sequence[Listing],
    found: Sequence[list[Signal]],
    policy: Mapping[str, Any],
    brands: Mapping[str, KnownBrand],
    at: datetime,
) -> list[list[Signal]]:
    """What was found, with what a missing authorisation weighs in the policy."""
    kept = [[signal for signal in signals if signal.kind != "authorisation"] for signals in found]
    mentions = [[signal for signal in signals if signal.kind == "brand_mention"] for signals in kept]
    items = [item_of(listing, []) for listing in listings]
    sellers = known_sellers({item.seller for item in items}, at=at)
    missing = authorisation_signals(items, mentions, brands, sellers, policy["authorisation_weights"])
    return [one + more for one, more in zip(kept, missing, strict=True)]


def _strengths(signals: Sequence[Signal]) -> set[tuple[str, str, float]]:
    return {(signal.kind, signal.brand, signal.value) for signal in signals}


def _seen_otherwise(listings: Sequence[Listing], policy: Mapping[str, Any]) -> set[int]:
    """Those with pictures that were read, or left unread, under other limits."""
    names = {_run(listing).policy_version for listing in listings}
    limits = {
        version.name: version.section("screening")["pictures"]
        for version in PolicyVersion.objects.filter(name__in=names)
    }
    changed = [
        listing.pk
        for listing in listings
        if limits.get(_run(listing).policy_version, policy["pictures"]) != policy["pictures"]
    ]
    shown = ListingPicture.objects.filter(listing__in=changed, replaced_at=None)
    return set(shown.values_list("listing_id", flat=True)) if changed else set()


TOUCHED: dict[Rescreening.Cause, Callable[[Rescreening, Sequence[Listing]], list[int]]] = {
    Rescreening.Cause.BRAND: _by_brand,
    Rescreening.Cause.REFERENCE: _by_reference,
    Rescreening.Cause.POLICY: _by_policy,
}
