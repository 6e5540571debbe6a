"""Price ranges as people write them: ``bag: 90,000 - 150,000``, one for each category, or without a category for all."""

import re
from collections.abc import Iterable

RANGE = re.compile(
    r"(?:(?P<category>[^:]*):)?\s*(?P<low>\d[\d,]*)\s*(?:[-–~]\s*(?P<high>\d[\d,]*))?\s*(?:KRW|원)?", re.ASCII
)
MAX_CATEGORY_LENGTH, MAX_PRICE = 100, 10**12
Range = tuple[str, int, int]


def price_range_of(text: str) -> Range | None:
    """(category, low, high) in won, of a single price twice the same; None when the form is wrong."""
    found = RANGE.fullmatch(text.strip())
    if found is None:
        return None
    low = int(found["low"].replace(",", ""))
    high = int((found["high"] or found["low"]).replace(",", ""))
    category = " ".join((found["category"] or "").split())
    return (
        (category, low, high)
        if 0 < low <= high <= MAX_PRICE and len(category) <= MAX_CATEGORY_LENGTH
        else None
    )


def written(ranges: Iterable[Range]) -> list[str]:
    """Each as ``price_range_of`` reads it."""
    return [f"{category + ': ' if category else ''}{low:,} - {high:,}" for category, low, high in ranges]
