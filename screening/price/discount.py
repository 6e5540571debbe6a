"""How much of a price is taken off, weighed by how dear the goods are."""

import math

DEAR_FROM = 100_000  # won; cheaper goods are hardly worth copying


def dear_discount(median: float, ratio: float) -> float:
    """How much is taken off goods that are dear enough to be copied: nothing of goods at 100,000 won, all at a million."""
    dear = min(1.0, max(0.0, math.log10(max(median, 1) / DEAR_FROM)))
    return dear * max(0.0, 1 - ratio)
