"""Pictures of listings that are known: by hashes first, and a second time where everything else leaves a doubt."""

from collections.abc import Sequence

from screening.batch import Batch, Signals
from screening.checks.authorisation.find import may_sell
from screening.images.match import FindSightings, Match, References
from screening.images.pdq import Hashed
from screening.settings import Thresholds
from screening.signal import Item, Signal

from .settings import PictureSettings

NAME = "image_match"


def find_known_pictures(batch: Batch) -> Signals:
    """What hashes leave open is matched again, in the listings that the rest leaves in doubt."""
    known = batch.known
    found = image_signals(known.references, [item.pictures for item in batch.items])
    if known.secondary_match is not None:
        again = [place for place in _in_doubt(batch) if batch.items[place].pictures and not found[place]]
        pictures = [batch.items[place].pictures for place in again]
        matched = image_signals(known.references, pictures, known.secondary_match)
        for place, signals in zip(again, matched, strict=True):
            found[place] = signals
    return [
        [signal for signal in signals if not _is_own(signal, item, batch)]
        for item, signals in zip(batch.items, found, strict=True)
    ]


def image_signals(
    references: References,
    pictures_per_item: Sequence[Sequence[bytes | Hashed]],
    find_sightings: FindSightings | None = None,
) -> Signals:
    """For each listing one signal a brand, of its strongest match; a picture nearest to a genuine one gives none."""
    pictures = [picture for own in pictures_per_item for picture in own]
    found = iter(references.matches(pictures, find_sightings))
    return [_strongest([next(found) for _ in own]) for own in pictures_per_item]


def _is_own(signal: Signal, item: Item, batch: Batch) -> bool:
    """Who may sell a brand may show its own pictures."""
    brand = batch.known.brands.get(signal.brand)
    is_official = signal.evidence["reference_kind"] == "official"
    return is_official and brand is not None and may_sell(item, brand, batch.sellers)


def _in_doubt(batch: Batch) -> list[int]:
    """The places of the listings that neither are harmless nor would be blocked without their pictures."""
    low, high = batch.settings(PictureSettings).second_match_from, batch.settings(Thresholds).block_from
    return [place for place, score in enumerate(batch.score(batch.prior_signals)) if low <= score < high]


def _strongest(matches: Sequence[Sequence[Match]]) -> list[Signal]:
    best: dict[str, Signal] = {}
    for picture, nearest_first in enumerate(matches):
        if not nearest_first or nearest_first[0].kind == "genuine":
            continue
        for match in nearest_first:
            if match.kind != "genuine" and match.value > getattr(best.get(match.brand), "value", 0.0):
                best[match.brand] = _signal(match, picture)
    return list(best.values())


def _signal(match: Match, picture: int) -> Signal:
    evidence = {
        "reference": match.label,
        "reference_id": match.reference_id,
        "reference_kind": match.kind,
        "picture": picture,
        "method": match.method,
        "distance": match.distance,
        "region": list(match.region),
        "transform": match.transform,
    }
    return Signal(NAME, match.value, evidence, match.brand)
