"""Prices far below what goods of the brand usually cost."""

import math
from collections.abc import Iterable, Sequence

from screening.batch import Batch, Signals
from screening.checks.brand_mention.find import traded_on
from screening.price.book import BAND, SCOPES, PriceBook
from screening.price.discount import high_price_discount
from screening.price.levels import USED
from screening.signal import Item, Signal

NAME = "price_outlier"
USUAL = 0.75  # share of the median above which a price is a deal like others
FAR = 3.5  # standard deviations at which a price has three quarters of its full strength
# An offer is underpriced when it is new and expensive, and its price an outlier.
MIN_OUTLIER = 0.4  # below, honest sales look the same
MIN_DISCOUNT = 0.25  # of goods expensive enough to be worth copying


def find_outliers(batch: Batch) -> Signals:
    brands = [traded_on(signals) for signals in batch.prior_signals]
    found = outliers(batch.known.prices, batch.items, brands)
    return [[signal] if signal else [] for signal in found]


def outliers(book: PriceBook, items: Sequence[Item], brands: Sequence[str]) -> list[Signal | None]:
    """For each item with the brand that it trades on (empty: none), a signal when its price is far too low."""
    return [outlier(book, item, brand) for item, brand in zip(items, brands, strict=True)]


def outlier(book: PriceBook, item: Item, brand: str) -> Signal | None:
    """One item's signal; none without brand or price, nor for a price that deals or used goods also have."""
    if not brand or not item.price or item.price <= 0:
        return None
    usual = book.usual(item, brand)
    below = (usual.middle - math.log(item.price)) / usual.spread
    ratio = item.price / math.exp(usual.middle)
    listed = book.listed_for(item, brand, usual.group)
    if ratio > USUAL or below <= 0 or (listed and listed[0] <= item.price):
        return None
    evidence = {
        "price": item.price,
        "median": round(math.exp(usual.middle)),
        "low": round(math.exp(usual.middle - BAND * usual.spread)),
        "high": round(math.exp(usual.middle + BAND * usual.spread)),
        "ratio": round(ratio, 3),
        "rows": usual.rows,
        "scope": " × ".join(name for name, value in zip(SCOPES, usual.group, strict=True) if value) or "all",
        "condition": item.condition,
    }
    if listed:
        evidence["list_price"] = listed
    return Signal(NAME, round(math.tanh(below / FAR), 4), evidence, brand)


def discount_of(signal: Signal) -> float:
    """How much is taken off new goods that are dear enough to be copied, in 0..1."""
    evidence = signal.evidence
    return (
        0.0 if evidence["condition"] in USED else high_price_discount(evidence["median"], evidence["ratio"])
    )


def is_underpriced(signals: Iterable[Signal]) -> bool:
    """Whether the listing offers new and dear goods of a brand far below what they cost."""
    return any(
        signal.kind == NAME and signal.value >= MIN_OUTLIER and discount_of(signal) >= MIN_DISCOUNT
        for signal in signals
    )
