"""What the seller's past says about a listing."""

from collections.abc import Mapping, Sequence

from listings.screening.known import KnownSeller
from listings.screening.signal import Item, Signal

STANDING = {"ACTIVE": 0.0, "WARNED": 0.3, "RESTRICTED": 0.5, "SUSPENDED": 0.7, "CLOSED": 0.9}
# Each removed listing doubles the odds again, up to what a known dealer in fakes deserves.
BY_REMOVED = 0.25
NEW_DAYS, NEWCOMER = 30, 0.1


def history_signals(items: Sequence[Item], sellers: Mapping[str, KnownSeller]) -> list[list[Signal]]:
    """A signal for a listing whose seller is sanctioned, had listings removed or has just joined, and one for a lapsed business."""
    return [_of(sellers[item.seller]) if item.seller in sellers else [] for item in items]


def _of(seller: KnownSeller) -> list[Signal]:
    removed = 1 - (1 - BY_REMOVED) ** seller.removed
    newcomer = NEWCOMER if seller.days < NEW_DAYS else 0.0
    clean = (1 - STANDING[seller.standing]) * (1 - removed) * (1 - newcomer)
    value = round(1 - clean, 4)
    lapsed = [Signal("business_lapsed", 1.0, {})] if seller.has_lapsed else []
    if not value:
        return lapsed
    evidence = {
        "standing": seller.standing,
        "removed_listings": seller.removed,
        "days_since_joined": seller.days,
    }
    return [Signal("seller_history", value, evidence), *lapsed]
