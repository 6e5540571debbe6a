"""Signals from a seller's past and from its other offers."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from screening.batch import Batch, Signals
from screening.checks.brand_mention.find import NAME as MENTION
from screening.checks.price_outlier.find import is_underpriced
from screening.known import KnownSeller
from screening.signal import Item, Signal

NAME = "seller_history"
STANDING = {"ACTIVE": 0.0, "WARNED": 0.3, "RESTRICTED": 0.5, "SUSPENDED": 0.7, "CLOSED": 0.9}
BY_REMOVED = 0.25  # each removed listing takes so much of what is left of trust
NEW_DAYS = 30  # days for which a shop counts as new
NEWCOMER = 0.1  # strength of being new
MIN_UNDERPRICED = 3  # underpriced offers from which a shop is known by them
OFFERS_DOUBT = 4  # honest offers that every shop is credited with
MAX_UNDERPRICED = 0.45  # below what corroborates: the listing's own price has already spoken


def find_history(batch: Batch) -> Signals:
    return history_signals(batch.items, batch.prior_signals, batch.sellers, at=batch.at)


def history_signals(
    items: Sequence[Item],
    prior_signals: Sequence[Sequence[Signal]],
    sellers: Mapping[str, KnownSeller],
    *,
    at: datetime,
) -> Signals:
    """A signal for a listing whose seller is sanctioned, had listings removed, has just joined or has many underpriced
    offers; the listings themselves count beside the stored ones."""
    offers: dict[str, list[int]] = {}
    for item, signals in zip(items, prior_signals, strict=True):
        if any(signal.kind == MENTION for signal in signals) and item.price:
            counted = offers.setdefault(item.seller, [0, 0])
            counted[0] += 1
            counted[1] += is_underpriced(signals)
    return [
        _signals_of(sellers[item.seller], offers.get(item.seller, [0, 0]), at)
        if item.seller in sellers
        else []
        for item in items
    ]


def _signals_of(seller: KnownSeller, offers: Sequence[int], at: datetime) -> list[Signal]:
    """``offers`` are those of this batch: sold under a brand, and underpriced among them."""
    branded, underpriced = offers[0] + seller.branded, offers[1] + seller.underpriced
    days = (at - seller.joined_at).days
    removed = 1 - (1 - BY_REMOVED) ** seller.removed
    newcomer = NEWCOMER if days < NEW_DAYS else 0.0
    is_known_by_them = underpriced >= MIN_UNDERPRICED
    others = min(MAX_UNDERPRICED, (underpriced - 1) / (branded + OFFERS_DOUBT)) if is_known_by_them else 0.0
    clean = (1 - STANDING[seller.standing]) * (1 - removed) * (1 - newcomer) * (1 - others)
    value = round(1 - clean, 4)
    if not value:
        return []
    evidence = {
        "standing": seller.standing,
        "removed_listings": seller.removed,
        "days_since_joined": days,
        "branded_offers": branded,
        "underpriced_offers": underpriced,
    }
    return [Signal(NAME, value, evidence)]
