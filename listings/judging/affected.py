"""Which listings a new brand, reference or policy affects, found without screening them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from django.utils import timezone

from brands.facts import BrandChanged, BrandRegistered, ReferenceAdded
from brands.models import Brand, ReferenceImage
from klean.core.events.models import Event
from klean.core.policy.facts import PolicyPublished
from klean.core.policy.models import PolicyVersion
from listings.judging.items import item_of
from listings.judging.known import known_sellers
from listings.judging.screener import engine_policy, screener_at
from listings.models import Listing, ListingPicture, Rescreening, Screening
from listings.queries.similar import clear_pictures, nearest_pictures
from screening.checks.authorisation.find import NAME as AUTHORISATION
from screening.checks.authorisation.find import authorisation_signals
from screening.checks.authorisation.settings import AuthorisationWeights
from screening.checks.brand_mention.find import brand_signals
from screening.checks.image_match.settings import PictureSettings
from screening.images.match import MIN_QUALITY
from screening.known import KnownBrand
from screening.model.features import features_of
from screening.policy import Policy
from screening.signal import Signal
from screening.stored import read_signals
from screening.text.brands import BrandIndex
from screening.text.names import BrandName
from screening.verdicts import rules_met, verdict_of

FACTS = {
    Rescreening.Cause.BRAND: (BrandRegistered.name, BrandChanged.name),
    Rescreening.Cause.REFERENCE: (ReferenceAdded.name,),
}


def affected_listings(again: Rescreening, listings: Sequence[Listing]) -> list[int]:
    """The pks of those of the listings that should be screened again."""
    return BY_CAUSE[Rescreening.Cause(again.cause)](again, listings)


def awaits_description(again: Rescreening) -> bool:
    """Whether a reference that it is about has no hash yet."""
    if again.cause != Rescreening.Cause.REFERENCE:
        return False
    return ReferenceImage.objects.filter(
        pk__in=_ids(again, "reference_id"), hash=None, retired_at=None
    ).exists()


def _ids(again: Rescreening, key: str) -> list[int]:
    """What the facts that it joins are about."""
    events = Event.objects.filter(
        pk__gte=again.first_id,
        pk__lte=again.last_id or again.first_id,
        name__in=FACTS[Rescreening.Cause(again.cause)],
    )
    return list(events.values_list(f"data__{key}", flat=True).distinct())


def _by_brand(again: Rescreening, listings: Sequence[Listing]) -> list[int]:
    index = _index_of(again.pk, again.last_id)
    found = brand_signals(index, [item_of(listing, []) for listing in listings])
    return [listing.pk for listing, signals in zip(listings, found, strict=True) if signals]


@lru_cache(maxsize=1)
def _index_of(pk: int, last: int) -> BrandIndex:
    names = "name", "korean_name", "aliases", "category", "country", "protection"
    brand_ids = _ids(Rescreening.objects.get(pk=pk), "brand_id")
    return BrandIndex.build(
        [
            BrandName(name, korean, tuple(aliases), category, country, protection.lower())
            for name, korean, aliases, category, country, protection in Brand.objects.filter(pk__in=brand_ids)
            .values_list(*names)
            .iterator(5000)
        ]
    )


def _by_reference(again: Rescreening, listings: Sequence[Listing]) -> list[int]:
    references = ReferenceImage.objects.filter(
        pk__in=_ids(again, "reference_id"), retired_at=None, quality__gte=MIN_QUALITY
    )
    hashes = [bytes(one) for one in references.values_list("hash", flat=True) if one]
    pictures = clear_pictures().filter(listing__in=listings).values_list("listing_id", "hash").iterator(5000)
    return sorted({pk for pk, _distance in nearest_pictures(hashes, pictures)}) if hashes else []


def _by_policy(again: Rescreening, listings: Sequence[Listing]) -> list[int]:
    """Those that the new policy judges otherwise, or weighs otherwise, by the signals that were found before."""
    policy = engine_policy(
        PolicyVersion.objects.get(name=PolicyPublished.from_payload(again.first.data).policy)
    )
    judged = [
        listing for listing in listings if listing.current_screening and listing.current_screening.verdict
    ]
    before = [read_signals(_run(listing).signals) for listing in judged]
    now = timezone.now()
    screener = screener_at(now)
    after = _weighed_anew(judged, before, policy, screener.known.brands, now)
    read_otherwise = _read_otherwise(judged, policy)
    scores = screener.model.scores(features_of(after)).tolist()
    return [
        listing.pk
        for listing, old, new, score in zip(judged, before, after, scores, strict=True)
        if _strengths(old) != _strengths(new)
        or verdict_of(new, score, policy.screening, rules_met(new, policy.screening.rules))
        != _run(listing).verdict
        or listing.pk in read_otherwise
    ]


def _run(listing: Listing) -> Screening:
    if listing.current_screening is None:
        raise ValueError(f"listing {listing.pk} has no run")
    return listing.current_screening


def _weighed_anew(
    listings: Sequence[Listing],
    found: Sequence[list[Signal]],
    policy: Policy,
    brands: Mapping[str, KnownBrand],
    at: datetime,
) -> list[list[Signal]]:
    """What was found, with what a missing authorisation weighs in the policy."""
    kept = [[signal for signal in signals if signal.kind != AUTHORISATION] for signals in found]
    items = [item_of(listing, []) for listing in listings]
    sellers = known_sellers({item.seller for item in items}, at=at)
    missing = authorisation_signals(items, kept, brands, sellers, policy.table(AuthorisationWeights))
    return [one + more for one, more in zip(kept, missing, strict=True)]


def _strengths(signals: Sequence[Signal]) -> set[tuple[str, str, float]]:
    return {(signal.kind, signal.brand, signal.value) for signal in signals}


def _read_otherwise(listings: Sequence[Listing], policy: Policy) -> set[int]:
    """Those with pictures that were read, or left unread, under other limits."""
    names = {_run(listing).policy_version for listing in listings}
    wanted = policy.table(PictureSettings)
    limits = {
        version.name: engine_policy(version).table(PictureSettings)
        for version in PolicyVersion.objects.filter(name__in=names)
    }
    changed = [
        listing.pk for listing in listings if limits.get(_run(listing).policy_version, wanted) != wanted
    ]
    shown = ListingPicture.objects.filter(listing__in=changed, replaced_at=None)
    return set(shown.values_list("listing_id", flat=True)) if changed else set()


BY_CAUSE: dict[Rescreening.Cause, Callable[[Rescreening, Sequence[Listing]], list[int]]] = {
    Rescreening.Cause.BRAND: _by_brand,
    Rescreening.Cause.REFERENCE: _by_reference,
    Rescreening.Cause.POLICY: _by_policy,
}
