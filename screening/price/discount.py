"""How much of a price is taken off, weighed by how dear the goods are."""

import math

HIGH_PRICE_FROM = 100_000  # won; cheaper goods are hardly worth copying


def high_price_discount(median: float, ratio: float) -> float:
    """How much is taken off goods that are dear enough to be copied: nothing of goods at 100,000 won, all at a million."""
    share = min(1.0, max(0.0, math.log10(max(median, 1) / HIGH_PRICE_FROM)))
    return share * max(0.0, 1 - ratio)
