"""Signals as numbers that a model weighs."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from screening.checks.registry import FEATURES, KINDS
from screening.signal import Signal

Rows = NDArray[np.float64]

PRODUCTS = {feature.product: feature.name for feature in FEATURES if feature.product}
NAMES = (*(feature.name for feature in FEATURES), *PRODUCTS)
PLACE = {name: place for place, name in enumerate(NAMES)}
NAMES_BRAND = [PLACE[feature.name] for feature in FEATURES if feature.names_brand]


def features_of(listings: Sequence[Sequence[Signal]]) -> Rows:
    """An (n, features) matrix, each value in 0..1; signals of a kind that no check finds are left out."""
    rows = np.zeros((len(listings), len(NAMES)))
    for row, signals in enumerate(listings):
        for signal in signals:
            kind = KINDS.get(signal.kind)
            for feature in kind.features if kind else ():
                place = PLACE[feature.name]
                rows[row, place] = max(rows[row, place], feature.of(signal))
    return with_products(rows)


def with_products(rows: Rows) -> Rows:
    """The rows with what only counts together filled in: a brand's name, and what is odd about how it is sold."""
    named = rows[:, NAMES_BRAND].max(axis=1)
    for product, factor in PRODUCTS.items():
        rows[:, PLACE[product]] = named * rows[:, PLACE[factor]]
    return rows
