"""What goods of a brand usually cost, and which prices are far below it."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from listings.screening.signal import Item, Signal

Key = tuple[str, str, str, str]  # brand, category, condition, market; "" for all of them

ROWS = 6.0  # rows of its own at which a group's statistics weigh as much as those of the wider group
LISTED = 8.0  # rows that a list price counts for
WIDE = 0.7  # spread of log prices when nothing is known
NARROW = 0.2  # least spread believed
SCALED = 1.4826  # median absolute deviation → standard deviation of a normal distribution
BAND = 1.645  # standard deviations either side that hold nine prices of ten
USUAL = 0.75  # share of the median above which a price is a deal like others
FAR = 4.0  # standard deviations at which a price says all that a price can say
SCOPES = ("brand", "category", "condition", "market")
USED = {"used", "refurbished"}


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A price asked for goods of a brand, in KRW."""

    brand: str
    category: str
    condition: str
    market: str
    price: int


@dataclass(frozen=True, slots=True)
class Usual:
    """The log price that is usual in a group, how far prices spread, and the rows of its own behind it."""

    middle: float
    spread: float
    rows: int


@dataclass(slots=True)
class PriceBook:
    """Robust price statistics by brand, category, condition and market, narrow groups leaning on wide ones."""

    groups: dict[Key, tuple[float, float, int]]
    listed: dict[str, float] = field(default_factory=dict)
    known: dict[Key, Usual] = field(default_factory=dict, repr=False)

    @classmethod
    def build(cls, rows: Iterable[PriceRow], list_prices: Mapping[str, int] = {}) -> "PriceBook":
        """A book of these prices and of what rights holders say their goods cost."""
        prices: dict[Key, list[float]] = {}
        for row in rows:
            if row.price > 0:
                value = math.log(row.price)
                for key in wider(full_key(row.brand, row.category, row.condition, row.market)):
                    prices.setdefault(key, []).append(value)
        groups = {key: (*robust(values), len(values)) for key, values in prices.items()}
        return cls(
            groups, {brand.casefold(): math.log(price) for brand, price in list_prices.items() if price > 0}
        )

    def usual(self, brand: str, category: str, condition: str, market: str) -> tuple[Usual, Key]:
        """What is usual for such goods, and the narrowest group with rows of its own that says so."""
        key = full_key(brand, category, condition, market)
        if key not in self.known:
            self.known[key] = self.estimate(key)
        narrowest = next((one for one in wider(key) if one in self.groups), ("", "", "", ""))
        return self.known[key], narrowest

    def estimate(self, key: Key) -> Usual:
        """A group's statistics, shrunk towards those of the wider groups."""
        brand, category, condition, market = key
        if not any(key):
            return self.shrunk(key, Usual(math.log(50_000), WIDE * 2, 0))
        if market:
            return self.shrunk(key, self.part((brand, category, condition, "")))
        if brand and category:
            return self.shrunk(key, self.crossed(brand, category, condition))
        if brand:
            return self.shrunk(key, self.with_list_price(brand, condition, self.borrowed(brand, condition)))
        if category:
            return self.shrunk(key, self.part(("", parent(category), condition, "")))
        return self.shrunk(key, self.part(("", "", "", "")))

    def part(self, key: Key) -> Usual:
        """A wider group's estimate, kept."""
        if key not in self.known:
            self.known[key] = self.estimate(key)
        return self.known[key]

    def crossed(self, brand: str, category: str, condition: str) -> Usual:
        """What a brand's goods of a kind would cost if brand and kind each moved the price of the wider kind by itself."""
        above = parent(category)
        of_brand, of_kind = self.part((brand, above, condition, "")), self.part(("", category, condition, ""))
        of_all = self.part(("", above, condition, ""))
        weight = 1.0 if above else self.weight_of_brand(brand, condition)
        middle = of_kind.middle + weight * (of_brand.middle - of_all.middle)
        return Usual(middle, max(NARROW, min(of_brand.spread, of_kind.spread)), 0)

    def weight_of_brand(self, brand: str, condition: str) -> float:
        """How far what is known of a brand's prices moves those of a kind."""
        known = self.groups.get((brand, "", condition, ""), (0.0, 0.0, 0))[2]
        known += min(int(LISTED), self.other_condition(brand, condition)[2])
        weight = known / (known + ROWS)
        return (
            max(weight, LISTED / (LISTED + 1)) if brand in self.listed and condition not in USED else weight
        )

    def borrowed(self, brand: str, condition: str) -> Usual:
        """The wider group, moved to what the brand's goods cost in the other condition while it has none in this."""
        wide = self.part(("", "", condition, ""))
        middle, spread, rows = self.other_condition(brand, condition)
        weight = rows / (rows + ROWS)
        return Usual(weight * middle + (1 - weight) * wide.middle, max(spread, WIDE), 0) if rows else wide

    def other_condition(self, brand: str, condition: str) -> tuple[float, float, int]:
        """The brand's own statistics in the other condition; 0 rows where it has some in this one."""
        here, there = ("used", "new") if condition in USED else ("new", "used")
        if (brand, "", here, "") in self.groups:
            return 0.0, 0.0, 0
        return self.groups.get((brand, "", there, ""), (0.0, 0.0, 0))

    def with_list_price(self, brand: str, condition: str, wide: Usual) -> Usual:
        """The wider group, moved to the brand's list price where the goods are new and there is one."""
        if brand not in self.listed or condition in USED:
            return wide
        weight = LISTED / (LISTED + 1)
        return Usual(weight * self.listed[brand] + (1 - weight) * wide.middle, min(wide.spread, WIDE), 0)

    def shrunk(self, key: Key, wide: Usual) -> Usual:
        """A group's own statistics and the wider group's, weighed by the rows of its own."""
        if key not in self.groups:
            return wide
        middle, spread, rows = self.groups[key]
        weight = rows / (rows + ROWS)
        own = weight * middle + (1 - weight) * wide.middle
        variance = weight * spread**2 + (1 - weight) * wide.spread**2
        variance += weight * (1 - weight) * (middle - wide.middle) ** 2
        return Usual(own, max(NARROW, math.sqrt(variance)), rows)

    def outliers(self, items: Sequence[Item], brands: Sequence[str]) -> list[Signal | None]:
        """For each item with the brand that it trades on (empty: none), a signal when its price is far too low."""
        return [self.outlier(item, brand) for item, brand in zip(items, brands, strict=True)]

    def outlier(self, item: Item, brand: str) -> Signal | None:
        """One item's signal; none without brand or price, nor for a price that deals or used goods also have."""
        if not brand or not item.price or item.price <= 0:
            return None
        usual, group = self.usual(brand, item.category, item.condition, item.market)
        below = (usual.middle - math.log(item.price)) / usual.spread
        ratio = item.price / math.exp(usual.middle)
        if ratio > USUAL or below <= 0:
            return None
        evidence = {
            "price": item.price,
            "median": round(math.exp(usual.middle)),
            "low": round(math.exp(usual.middle - BAND * usual.spread)),
            "high": round(math.exp(usual.middle + BAND * usual.spread)),
            "ratio": round(ratio, 3),
            "rows": self.groups.get(group, (0, 0, 0))[2],
            "scope": " × ".join(name for name, value in zip(SCOPES, group, strict=True) if value) or "all",
            "condition": item.condition,
        }
        return Signal("price_outlier", round(min(1.0, below / FAR), 4), evidence, brand)

    def to_dict(self) -> dict[str, Any]:
        """The book as JSON-ready values."""
        groups = [[*key, m, s, n] for key, (m, s, n) in self.groups.items()]
        return {"groups": groups, "listed": self.listed}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "PriceBook":
        """A book kept by `to_dict`."""
        groups = {(b, c, o, m): (middle, spread, n) for b, c, o, m, middle, spread, n in data["groups"]}
        return cls(groups, dict(data["listed"]))


def full_key(brand: str, category: str, condition: str, market: str) -> Key:
    """The narrowest group of a row; refurbished goods are priced as used ones, unsaid ones as new."""
    return brand.casefold(), category.casefold(), "used" if condition in USED else "new", market.casefold()


def wider(key: Key) -> Iterator[Key]:
    """A group and those that hold it, narrowest first."""
    brand, category, condition, _ = key
    kinds = list(path(category))
    yield from dict.fromkeys([
        key,
        *((brand, kind, condition, "") for kind in kinds),
        (brand, "", condition, ""),
        *(("", kind, condition, "") for kind in kinds),
        ("", "", condition, ""),
        ("", "", "", ""),
    ])  # fmt: skip


def path(category: str) -> Iterator[str]:
    """A category and the wider ones that its path names ("bag>handbag" lies in "bag")."""
    while category:
        yield category
        category = parent(category)


def parent(category: str) -> str:
    """The category that holds this one, empty when its path names none."""
    return category.rpartition(">")[0]


def robust(values: Sequence[float]) -> tuple[float, float]:
    """Median, and the spread that the median absolute deviation implies."""
    middle = median(values)
    return round(middle, 6), round(SCALED * median(abs(value - middle) for value in values), 6)
