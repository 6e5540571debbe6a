"""Which listings something new touches, told without screening them."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from brands.facts import BrandChanged, BrandRegistered, ReferenceAdded
from brands.models import Brand, ReferenceImage
from klean.core.models import Event, PolicyVersion
from listings.models import Listing, Rescreening
from listings.queries.likes import clear_pictures, nearest_pictures
from listings.rules.verdicts import rules_met, verdict_of
from listings.screening.items import item_of
from listings.screening.signal import Signal
from listings.screening.text.brands import BrandIndex, BrandName, brand_signals

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
    """Those of which the new rules and thresholds say something else, by the signals that were found before."""
    policy = PolicyVersion.objects.get(name=again.first.data["policy"]).section("screening")
    touched = []
    for listing in listings:
        run = listing.current_screening
        if run is None or not run.verdict:
            continue
        signals = [Signal(one["kind"], one["value"], one["evidence"], one["brand"]) for one in run.signals]
        verdict = verdict_of(signals, run.score or 0.0, policy, rules_met(signals, policy["rules"]))
        if verdict != run.verdict:
            touched.append(listing.pk)
    return touched


TOUCHED: dict[Rescreening.Cause, Callable[[Rescreening, Sequence[Listing]], list[int]]] = {
    Rescreening.Cause.BRAND: _by_brand,
    Rescreening.Cause.REFERENCE: _by_reference,
    Rescreening.Cause.POLICY: _by_policy,
}
