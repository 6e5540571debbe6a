"""Does the seller have leave to sell the brands that the listing trades on?"""

from collections.abc import Mapping, Sequence

from listings.judging.known import KnownBrand, KnownSeller
from screening.signal import Item, Signal

TRADE = "trade"


def authorisation_signals(
    items: Sequence[Item],
    mentions: Sequence[Sequence[Signal]],
    brands: Mapping[str, KnownBrand],
    sellers: Mapping[str, KnownSeller],
    weights: Mapping[str, float],
) -> list[list[Signal]]:
    """For each listing one signal a protected brand that it names in trade without leave, as strong as the mention.

    ``weights`` gives what a lack of leave weighs, by the brand's protection.
    """
    return [
        [
            _missing(mention, brands[mention.brand], item, weights)
            for mention in found
            if _is_protected(mention, brands, weights) and not may_sell(item, brands[mention.brand], sellers)
        ]
        for item, found in zip(items, mentions, strict=True)
    ]


def _is_protected(mention: Signal, brands: Mapping[str, KnownBrand], weights: Mapping[str, float]) -> bool:
    brand = brands.get(mention.brand)
    return brand is not None and mention.evidence["use"] == TRADE and weights.get(brand.protection, 0) > 0


def may_sell(item: Item, brand: KnownBrand, sellers: Mapping[str, KnownSeller]) -> bool:
    """Whether the item's seller has an approved authorisation for the brand."""
    seller = sellers.get(item.seller)
    return seller is not None and brand.id in seller.brands


def _missing(mention: Signal, brand: KnownBrand, item: Item, weights: Mapping[str, float]) -> Signal:
    evidence = {
        "protection": brand.protection,
        "seller": item.seller,
        "missing": "brand_authorisation",
        "says": f"No approved authorisation of this seller for {mention.brand} is in force.",
        "apply_at": f"/seller/authorisations/new?brand={brand.id}",
        "needs": ["letter of authorisation", "territory", "validity"],
        "field": mention.evidence["field"],
        "start": mention.evidence["start"],
        "end": mention.evidence["end"],
        "text": mention.evidence["text"],
    }
    return Signal(
        "authorisation", round(weights[brand.protection] * mention.value, 4), evidence, mention.brand
    )
