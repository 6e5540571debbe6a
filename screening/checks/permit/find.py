"""Certificates and permits that the goods need and the seller has not shown."""

from collections.abc import Mapping, Sequence

from screening.batch import Batch, Signals
from screening.known import KnownSeller
from screening.signal import Item, Signal

from .papers import Needed, PermitsNeeded, lacking, needed_for

NAME = "permit"
NEEDS = {"KC": "a KC certification number for these goods", "PERMIT": "a sales permit for these goods"}


def find_missing(batch: Batch) -> Signals:
    return permit_signals(batch.items, batch.settings(PermitsNeeded).root, batch.sellers)


def permit_signals(
    items: Sequence[Item], permits: Mapping[str, Sequence[str]], sellers: Mapping[str, KnownSeller]
) -> Signals:
    """For each listing one signal a paper that the policy asks for goods of its category and its seller has not shown."""
    return [
        [
            _missing(item, needed, sellers.get(item.seller))
            for needed in lacking(needed_for(item.category, permits), _shown(sellers, item.seller))
        ]
        for item in items
    ]


def _shown(sellers: Mapping[str, KnownSeller], seller: str) -> frozenset[tuple[str, str]]:
    return sellers[seller].permits if seller in sellers else frozenset()


def _missing(item: Item, needed: Needed, seller: KnownSeller | None) -> Signal:
    category, paper = needed
    evidence = {
        "missing": paper,
        "category": category,
        "seller": item.seller,
        "says": f"No {paper} of this seller for {category} is in force.",
        "apply_at": f"/seller/{seller.id}/permits" if seller else "/seller/",
        "needs": [NEEDS[paper]],
    }
    return Signal(NAME, 1.0, evidence)
