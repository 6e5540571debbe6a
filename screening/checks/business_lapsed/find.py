"""Sellers whose business the tax office does not know as active."""

from screening.batch import Batch, Signals
from screening.signal import Signal

NAME = "business_lapsed"


def find_lapsed(batch: Batch) -> Signals:
    lapsed = {name for name, seller in batch.sellers.items() if seller.has_lapsed}
    return [[Signal(NAME, 1.0, {})] if item.seller in lapsed else [] for item in batch.items]
