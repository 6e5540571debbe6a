"""Pictures of listings against the banks of reference pictures, cheapest way first."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from screening.images.decode import BadPicture
from screening.images.index import HashIndex
from screening.images.pdq import TRANSFORMS, Hashed, dihedral, pdq_of

ReferenceKind = Literal["official", "counterfeit", "genuine", "removed"]
Region = tuple[float, float, float, float]

RADIUS = 31  # bits of 256, PDQ's own recommendation
MIN_QUALITY = 50  # PDQ's own; flatter pictures all look alike
MAX_MATCHES = 20
WHOLE: Region = (0.0, 0.0, 1.0, 1.0)

# What a certain match means. A known fake or a removed picture shown again is nearly a verdict; a brand's own photo
# says only that the seller did not photograph what is sold, which honest resellers do as well.
WEIGHT: dict[ReferenceKind, float] = {"counterfeit": 1.0, "removed": 0.95, "official": 0.7, "genuine": 0.0}
CERTAIN_WITHIN = (
    10  # recompressed and resized copies stay within; at 31, half of them are look-alike packshots
)


@dataclass(frozen=True, slots=True)
class Reference:
    id: int
    brand: str
    kind: ReferenceKind
    label: str
    hash: bytes
    quality: int
    sha256: bytes = b""


@dataclass(frozen=True, slots=True)
class Match:
    """`region` is [x0, y0, x1, y1] as shares of the listing's picture; `distance` is in bits, or 1 − probability."""

    reference_id: int
    brand: str
    kind: ReferenceKind
    label: str
    method: Literal["sha256", "pdq", "embedding+features"]
    distance: float
    region: Region
    transform: str
    value: float


@dataclass(frozen=True, slots=True)
class Sighting:
    """A reference seen in a part of a picture by the later tiers, with the clues that its probability rests on."""

    reference_id: int
    probability: float
    region: Region
    mirrored: bool
    clues: tuple[float, ...] = ()


FindSightings = Callable[
    [bytes], Sequence[Sighting]
]  # likeliest first; secondary_match.SecondaryMatcher is one


def strength(kind: ReferenceKind, distance: float) -> float:
    """Full weight up to CERTAIN_WITHIN bits, then falling in a line to half of it at the radius."""
    beyond = max(0.0, distance - CERTAIN_WITHIN) / (RADIUS - CERTAIN_WITHIN)
    return round(WEIGHT[kind] * (1 - 0.5 * min(1.0, beyond)), 4)


class References:
    """The banks to match against; immutable, `added` gives a larger one cheaply."""

    def __init__(self, rows: dict[int, Reference], index: HashIndex, by_sha256: dict[bytes, int]) -> None:
        self.rows, self.index, self.by_sha256 = rows, index, by_sha256

    @classmethod
    def build(cls, rows: Sequence[Reference]) -> "References":
        return cls({}, HashIndex(*_hashes([])), {}).added(rows)

    def added(self, rows: Sequence[Reference]) -> "References":
        """These and `rows`, whose ids are new."""
        return References(
            self.rows | {row.id: row for row in rows},
            self.index.add(*_hashes([row for row in rows if row.quality >= MIN_QUALITY])),
            self.by_sha256 | {row.sha256: row.id for row in rows if row.sha256},
        )

    def __len__(self) -> int:
        return len(self.rows)

    def matches(
        self, pictures: Sequence[bytes | Hashed], find_sightings: FindSightings | None = None
    ) -> list[list[Match]]:
        """For each picture its matches, nearest first, `find_sightings` asked where hashes find none; raises BadPicture."""
        hashed = [_hashed(place, picture) for place, picture in enumerate(pictures)]
        clear = [place for place, picture in enumerate(hashed) if picture.quality >= MIN_QUALITY]
        found: list[list[Match]] = [self._same_bytes(picture) for picture in hashed]
        turned = b"".join(turn for place in clear for turn in dihedral(hashed[place].hash))
        near = self.index.search(np.frombuffer(turned, np.uint8).reshape(-1, 32), RADIUS)
        for n, place in enumerate(clear):
            known = {match.reference_id for match in found[place]}
            hits = self._nearest(near[8 * n : 8 * n + 8])
            found[place] += [match for match in hits if match.reference_id not in known]
        if find_sightings is None:
            return found
        return [
            near or self._sighted_in(find_sightings, picture)
            for near, picture in zip(found, hashed, strict=True)
        ]

    def _sighted_in(self, find_sightings: FindSightings, picture: Hashed) -> list[Match]:
        try:
            seen = (
                [one for one in find_sightings(picture.data) if one.reference_id in self.rows]
                if picture.data
                else []
            )
        except BadPicture:  # hashing read no further than it needed; who keeps a copy notes the fault
            return []
        return [self._sighting_match(self.rows[one.reference_id], one) for one in seen[:MAX_MATCHES]]

    def _sighting_match(self, row: Reference, one: Sighting) -> Match:
        turn, unlike = TRANSFORMS[one.mirrored], round(1 - one.probability, 4)
        value = round(WEIGHT[row.kind] * one.probability, 4)
        return Match(
            row.id, row.brand, row.kind, row.label, "embedding+features", unlike, one.region, turn, value
        )

    def _same_bytes(self, picture: Hashed) -> list[Match]:
        if not self.by_sha256 or not picture.data:
            return []
        known = self.by_sha256.get(hashlib.sha256(picture.data).digest())
        return [] if known is None else [self._match(known, "sha256", 0, TRANSFORMS[0])]

    def _nearest(self, turns: Iterable[list[tuple[int, int]]]) -> list[Match]:
        best: dict[int, tuple[int, int]] = {}
        for turn, hits in enumerate(turns):
            for ref, distance in hits:
                best[ref] = min(best.get(ref, (distance, turn)), (distance, turn))
        # Of equally near ones the genuine comes first: doubt is for the seller.
        order = sorted(best, key=lambda ref: (best[ref][0], self.rows[ref].kind != "genuine", ref))
        return [
            self._match(ref, "pdq", best[ref][0], TRANSFORMS[best[ref][1]]) for ref in order[:MAX_MATCHES]
        ]

    def _match(self, ref: int, method: Literal["sha256", "pdq"], distance: int, transform: str) -> Match:
        row = self.rows[ref]
        value = strength(row.kind, distance)
        return Match(ref, row.brand, row.kind, row.label, method, distance, WHOLE, transform, value)


def _hashed(place: int, picture: bytes | Hashed) -> Hashed:
    if isinstance(picture, Hashed):
        return picture
    try:
        return pdq_of(picture)
    except BadPicture as error:
        raise BadPicture(f"Picture {place + 1}: {error}") from None


def _hashes(rows: Sequence[Reference]) -> tuple[np.ndarray, np.ndarray]:
    joined = np.frombuffer(b"".join(row.hash for row in rows), np.uint8).reshape(-1, 32)
    return joined, np.array([row.id for row in rows], dtype=np.int64)
