"""What goods of a brand usually cost, and which prices are far below it."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from screening.signal import Item

from .kinds import kind_of
from .levels import USED, Levels, PriceRow, fit_levels, state_of

Key = tuple[str, str, str, str]  # brand, category, condition, market; "" for all of them
Band = tuple[float, float]  # the lowest and the highest of log prices
ListPrice = tuple[
    str, tuple[str, int, int]
]  # brand, and what its holder says: category or "", lowest, highest

ROWS = 6.0  # rows of its own at which a group's statistics weigh as much as those of the wider group
LISTED = 8.0  # rows that a list price counts for
WITHIN = 0.45  # spread of log prices within a brand's goods
BETWEEN = 0.5  # and between brands of which nothing is known
NARROW = 0.2  # least spread believed
SCALED = 1.4826  # median absolute deviation → standard deviation of a normal distribution
BAND = 1.645  # standard deviations either side that hold nine prices of ten
SCOPES = ("brand", "category", "condition", "market")
ALL: Key = ("", "", "", "")
MAX_KNOWN = 100_000  # estimates kept, which bounds the memory whatever categories shops write


@dataclass(frozen=True, slots=True)
class Usual:
    """How far a group's log prices lie from their level, how far they spread, and the narrowest group that says so."""

    middle: float
    spread: float
    group: Key
    rows: int


@dataclass(slots=True)
class PriceBook:
    """What each feature of goods makes of a price, and robust statistics of what is left by brand, category, condition
    and market, narrow groups leaning on wide ones."""

    levels: Levels
    groups: dict[Key, tuple[float, float, int]]
    listed: dict[tuple[str, str], Band] = field(default_factory=dict)
    known: dict[tuple[str, str, str, str, str], Usual] = field(default_factory=dict, repr=False)

    @classmethod
    def build(cls, rows: Iterable[PriceRow], list_prices: Iterable[ListPrice] = ()) -> "PriceBook":
        """A book of these prices and of what rights holders say their goods cost."""
        rows, list_prices = [row for row in rows if row.price > 0], list(list_prices)
        levels = fit_levels([*rows, *map(as_row, list_prices)])
        left: dict[Key, list[float]] = {}
        for row in rows:
            if row.brand:
                level = levels.of(row.brand, row.kind, row.condition, f"{row.title} {row.category}")
                for key in wider(full_key(row.brand, row.category, row.condition, row.market), row.kind):
                    left.setdefault(key, []).append(math.log(row.price) - level)
        return cls(
            levels,
            {key: (*robust(values), len(values)) for key, values in left.items()},
            listed_of(list_prices),
        )

    def usual(self, item: Item, brand: str) -> Usual:
        """What is usual for such goods of a brand."""
        kind = kind_of(item.category) or kind_of(item.title)
        goods = brand, item.category, item.condition, item.market, kind
        left = self.known.get(goods)
        if left is None:
            if len(self.known) >= MAX_KNOWN:
                self.known.clear()
            left = self.known[goods] = self.estimate(full_key(*goods[:4]), kind)
        level = self.levels.of(brand, kind, item.condition, f"{item.title} {item.category}") + left.middle
        band = self.band_of(item, brand, kind) if self.listed and item.condition not in USED else None
        if band is None:
            return Usual(level, left.spread, left.group, left.rows)
        weight = LISTED / (LISTED + left.rows)
        spread = max(left.spread, weight * (band[1] - band[0]) / 2 / BAND)
        return Usual(weight * sum(band) / 2 + (1 - weight) * level, spread, left.group, left.rows)

    def estimate(self, key: Key, kind: str) -> Usual:
        """What is left of a group's prices, each group leaning on the one that holds it."""
        of_brand = self.groups.get((key[0], "", "", ""), (0.0, 0.0, 0))[2]
        middle, spread, narrowest, count = 0.0, math.hypot(WITHIN, BETWEEN * ROWS / (of_brand + ROWS)), ALL, 0
        for group in reversed(list(wider(key, kind))):
            if group in self.groups:
                own, own_spread, count = self.groups[group]
                weight, narrowest = count / (count + ROWS), group
                variance = (
                    weight * own_spread**2
                    + (1 - weight) * spread**2
                    + weight * (1 - weight) * (middle - own) ** 2
                )
                middle, spread = weight * own + (1 - weight) * middle, math.sqrt(variance)
        return Usual(middle, max(NARROW, spread), narrowest, count)

    def band_of(self, item: Item, brand: str, kind: str) -> Band | None:
        """What the holder says that such goods cost, the narrowest kind first."""
        kinds = (*path(item.category), kind, "")
        return next(filter(None, (self.listed.get((brand.casefold(), one)) for one in kinds)), None)

    def listed_for(self, item: Item, brand: str, group: Key) -> tuple[int, int] | None:
        """The list prices of such new goods; one for all goods of a brand gives way to prices of its own."""
        if not self.listed or item.condition in USED:
            return None
        kinds = [*path(item.category), *([] if group[0] else [""])]
        bands = (self.listed.get((brand.casefold(), kind)) for kind in kinds)
        return next(
            ((round(math.exp(low)), round(math.exp(high))) for low, high in filter(None, bands)), None
        )


def as_row(list_price: ListPrice) -> PriceRow:
    """A list price as prices that were asked for."""
    brand, (category, low, high) = list_price
    return PriceRow(brand, category, "new", "", round(math.sqrt(low * high)) or 1, weight=LISTED)


def listed_of(list_prices: Iterable[ListPrice]) -> dict[tuple[str, str], Band]:
    """List prices by brand and category as the book keeps them."""
    return {
        (brand.casefold(), tidy(category)): (math.log(low), math.log(high))
        for brand, (category, low, high) in list_prices
        if low > 0
    }


def full_key(brand: str, category: str, condition: str, market: str) -> Key:
    """The narrowest group of a row."""
    return brand.casefold(), tidy(category), state_of(condition), market.casefold()


def wider(key: Key, kind: str) -> Iterator[Key]:
    """A group and those of the same brand that hold it, narrowest first."""
    brand, category, condition, _ = key
    yield from dict.fromkeys(
        [
            key,
            *((brand, one, condition, "") for one in (*path(category), kind, "")),
            (brand, "", "", ""),
        ]
    )


def path(category: str) -> Iterator[str]:
    """A category and the wider ones that its path names ("bag>handbag" lies in "bag")."""
    category = tidy(category)
    while category:
        yield category
        category = category.rpartition(">")[0]


def tidy(category: str) -> str:
    """A category as groups name it, without case and without spaces around the marks of its path."""
    return ">".join(part.strip() for part in category.casefold().split(">")) if category else ""


def robust(values: Sequence[float]) -> tuple[float, float]:
    """Median, and the spread that the median absolute deviation implies."""
    middle = median(values)
    return round(middle, 6), round(SCALED * median(abs(value - middle) for value in values), 6)
