"""Which brands a listing names, through whatever disguise, and how it means them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from screening.signal import Item

from .candidates import Candidate, Finder
from .context import fits, use_of
from .names import BrandName, Name, names_of
from .weighing import Reading, weigh

SURE = 0.97  # confidence of a name that fills the brand field
LONG = 10  # letters of a name whose misspelling is believed beside another brand's plain name
ALIKE = 3  # brands that may share one written name
FIELDS = ("title", "description", "brand")


@dataclass(frozen=True, slots=True)
class Mention:
    """A brand named in a field; `start` and `end` are offsets into the field as given."""

    brand: str
    field: str
    start: int
    end: int
    text: str
    reads_as: str
    how: tuple[str, ...]
    confidence: float
    use: str


class BrandIndex:
    """A brand file made ready to be found in listings."""

    def __init__(self, brands: Sequence[BrandName], names: Sequence[Name], finder: Finder) -> None:
        self.brands, self.names, self.finder = brands, names, finder

    @classmethod
    def build(cls, brands: Sequence[BrandName]) -> "BrandIndex":
        """An index of every name of these brands."""
        names = names_of(brands)
        return cls(tuple(brands), names, Finder(names))

    def mentions(self, items: Sequence[Item]) -> list[list[Mention]]:
        """The mentions of each item, in the order of its fields and of the text."""
        places = [
            (i, field, text)
            for i, item in enumerate(items)
            for field in FIELDS
            if (text := getattr(item, field))
        ]
        out: list[list[Mention]] = [[] for _ in items]
        candidates = sorted(self.finder.find([text for _, _, text in places]), key=itemgetter(0))
        for text_index, group in groupby(candidates, key=itemgetter(0)):
            item_index, field, text = places[text_index]
            out[item_index] += self.in_field(items[item_index], field, text, list(group))
        return out

    def in_field(self, item: Item, field: str, text: str, candidates: list[Candidate]) -> list[Mention]:
        """The mentions of one field, those that overlap settled."""
        if field == "brand":
            readings = self.whole(text, candidates)
        else:
            readings = self.vouched([r for c in candidates if (r := self.weighed(text, item.category, c))])
        return [
            self.mention(brand, field, text, reading)
            for reading in settled(readings, self.names)
            for brand in self.owners(self.names[reading.name], item.category)
        ]

    def weighed(self, text: str, category: str, candidate: Candidate) -> Reading | None:
        """A candidate's reading."""
        name = self.names[candidate.name]
        return weigh(text, category, self.brands[name.brands[0]].category, name, candidate)

    def whole(self, text: str, candidates: list[Candidate]) -> list[Reading]:
        """Readings that fill the brand field: those need no context."""
        size = len(text.strip())
        readings = (self.weighed(text, "", c) for c in candidates if c.end - c.start == size)
        return [
            r._replace(lacks=0, confidence=max(r.confidence, SURE)) if not r.how else r for r in readings if r
        ]

    def vouched(self, readings: list[Reading]) -> list[Reading]:
        """Readings with context enough, and those whose brand another of its names beside them vouches for."""
        if any(not r.how and r.lacks <= 0 and not self.names[r.name].common for r in readings):
            readings = [
                r for r in readings if "typo" not in r.how or self.names[r.name].letters > LONG or r.first
            ]
        if all(reading.lacks <= 0 for reading in readings):
            return readings
        seen: dict[int, set[str]] = {}
        for reading in readings:
            name = self.names[reading.name]
            for brand in name.brands:
                seen.setdefault(brand, set()).add(name.deep)
        return [
            r._replace(lacks=0) if any(len(seen[b]) > 1 for b in self.names[r.name].brands) else r
            for r in readings
        ]

    def mention(self, brand: int, field: str, text: str, reading: Reading) -> Mention:
        """A reading as a mention of one of the brands that bear its name."""
        start, end = reading.start, reading.end
        use = "trade" if field == "brand" else use_of(text, start, end)
        reads_as = self.names[reading.name].text
        piece = text[start:end]
        return Mention(
            self.brands[brand].brand, field, start, end, piece, reads_as, reading.how, reading.confidence, use
        )

    def owners(self, name: Name, category: str) -> list[int]:
        """The brands that bear a name, those that make such goods first."""
        if len(name.brands) == 1:
            return list(name.brands)
        return sorted(name.brands, key=lambda brand: -fits(category, self.brands[brand].category))[:ALIKE]


def settled(readings: list[Reading], names: Sequence[Name]) -> list[Reading]:
    """Of readings with context enough that overlap, the one that explains most letters at least cost; equal ones together."""
    standing = [r for r in readings if r.lacks <= 0]
    if len(standing) < 2:
        return standing
    worth = [(names[r.name].letters - 2 * r.cost, r) for r in standing]
    kept: list[tuple[float, Reading]] = []
    for value, reading in sorted(worth, key=lambda pair: (-pair[0], pair[1].start - pair[1].end)):
        rivals = [(v, r) for v, r in kept if r.start < reading.end and reading.start < r.end]
        if len(rivals) < ALIKE and all(is_equal(v, r, value, reading, names) for v, r in rivals):
            kept.append((value, reading))
    return sorted((reading for _, reading in kept), key=lambda reading: reading.start)


def is_equal(value: float, one: Reading, other_value: float, other: Reading, names: Sequence[Name]) -> bool:
    """Whether two readings of one piece are worth the same and name different brands."""
    same = one.start == other.start and one.end == other.end
    same = same and (value == other_value or ("typo" in one.how and "typo" in other.how))
    return same and not set(names[one.name].brands) & set(names[other.name].brands)
