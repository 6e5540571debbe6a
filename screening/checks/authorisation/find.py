"""Brands that a listing trades on and its seller is not authorised to sell."""

from collections.abc import Mapping, Sequence

from screening.batch import Batch, Signals
from screening.checks.brand_mention.find import NAME as MENTION
from screening.checks.brand_mention.find import TRADE
from screening.known import KnownBrand, KnownSeller
from screening.signal import Item, Signal

from .settings import AuthorisationWeights

NAME = "authorisation"


def find_missing(batch: Batch) -> Signals:
    weights = batch.settings(AuthorisationWeights)
    return authorisation_signals(batch.items, batch.prior_signals, batch.known.brands, batch.sellers, weights)


def authorisation_signals(
    items: Sequence[Item],
    prior_signals: Sequence[Sequence[Signal]],
    brands: Mapping[str, KnownBrand],
    sellers: Mapping[str, KnownSeller],
    weights: AuthorisationWeights,
) -> Signals:
    """For each listing one signal a protected brand that it names in trade without an authorisation, as strong as the mention."""
    return [
        [
            _missing(mention, brands[mention.brand], item, weights)
            for mention in found
            if _is_protected(mention, brands, weights) and not may_sell(item, brands[mention.brand], sellers)
        ]
        for item, found in zip(items, prior_signals, strict=True)
    ]


def may_sell(item: Item, brand: KnownBrand, sellers: Mapping[str, KnownSeller]) -> bool:
    """Whether the item's seller has an approved authorisation for the brand."""
    seller = sellers.get(item.seller)
    return seller is not None and brand.id in seller.brands


def _is_protected(signal: Signal, brands: Mapping[str, KnownBrand], weights: AuthorisationWeights) -> bool:
    if signal.kind != MENTION or signal.evidence.get("use") != TRADE:
        return False
    brand = brands.get(signal.brand)
    return brand is not None and weights.of(brand.protection) > 0


def _missing(mention: Signal, brand: KnownBrand, item: Item, weights: AuthorisationWeights) -> Signal:
    # Of a mention that an earlier version stored, what is not there cannot be cited.
    cited = {name: mention.evidence.get(name) for name in ("field", "start", "end", "text")}
    evidence = {
        "protection": brand.protection,
        "seller": item.seller,
        "missing": "brand_authorisation",
        "says": f"No approved authorisation of this seller for {mention.brand} is in force.",
        "apply_at": f"/seller/authorisations/new?brand={brand.id}",
        "needs": ["letter of authorisation", "territory", "validity"],
        **cited,
    }
    value = round(weights.of(brand.protection) * mention.value, 4)
    return Signal(NAME, value, evidence, mention.brand)
