"""What the seller's past, and what else it offers, says about a listing."""

from collections.abc import Iterable, Mapping, Sequence

from listings.judging.known import KnownSeller
from screening.price.book import USED, dear_discount
from screening.signal import Item, Signal

STANDING = {"ACTIVE": 0.0, "WARNED": 0.3, "RESTRICTED": 0.5, "SUSPENDED": 0.7, "CLOSED": 0.9}
# Each removed listing doubles the odds again, up to what a known dealer in fakes deserves.
BY_REMOVED = 0.25
NEW_DAYS, NEWCOMER = 30, 0.1
# An offer is underpriced when it is new, dear, and its price odd; a shop is known by such offers when it has three of them.
# That says less than what corroborates, as the listing's own price has already spoken.
ODD, DISCOUNT, SOME, DOUBT, MOST = 0.4, 0.25, 3, 4, 0.45


def is_underpriced(signals: Iterable[Signal]) -> bool:
    """Whether the listing offers new and dear goods of a brand far below what they cost."""
    return any(
        signal.kind == "price_outlier"
        and signal.value >= ODD
        and signal.evidence["condition"] not in USED
        and dear_discount(signal.evidence["median"], signal.evidence["ratio"]) >= DISCOUNT
        for signal in signals
    )


def history_signals(
    items: Sequence[Item], said: Sequence[Sequence[Signal]], sellers: Mapping[str, KnownSeller]
) -> list[list[Signal]]:
    """A signal for a listing whose seller is sanctioned, had listings removed, has just joined or has many underpriced
    offers, and one for a lapsed business; ``said`` is what is known of the listings, which count beside stored ones."""
    offers: dict[str, list[int]] = {}
    for item, signals in zip(items, said, strict=True):
        if any(signal.kind == "brand_mention" for signal in signals) and item.price:
            counted = offers.setdefault(item.seller, [0, 0])
            counted[0] += 1
            counted[1] += is_underpriced(signals)
    return [
        _of(sellers[item.seller], *offers.get(item.seller, (0, 0))) if item.seller in sellers else []
        for item in items
    ]


def _of(seller: KnownSeller, branded: int, underpriced: int) -> list[Signal]:
    branded, underpriced = branded + seller.branded, underpriced + seller.underpriced
    removed = 1 - (1 - BY_REMOVED) ** seller.removed
    newcomer = NEWCOMER if seller.days < NEW_DAYS else 0.0
    company = min(MOST, (underpriced - 1) / (branded + DOUBT)) if underpriced >= SOME else 0.0
    clean = (1 - STANDING[seller.standing]) * (1 - removed) * (1 - newcomer) * (1 - company)
    value = round(1 - clean, 4)
    lapsed = [Signal("business_lapsed", 1.0, {})] if seller.has_lapsed else []
    if not value:
        return lapsed
    evidence = {
        "standing": seller.standing,
        "removed_listings": seller.removed,
        "days_since_joined": seller.days,
        "branded_offers": branded,
        "underpriced_offers": underpriced,
    }
    return [Signal("seller_history", value, evidence), *lapsed]
