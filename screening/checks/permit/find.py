"""Does the seller have the certificates and permits without which such goods may not be sold?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from screening.signal import Item, Signal
from sellers.rules.permits import Asked, Held, asked_for, missing

NEEDS = {"KC": "a KC certification number for these goods", "PERMIT": "a sales permit for these goods"}


@dataclass(frozen=True, slots=True)
class Papers:
    """Whose papers: the seller by its pk, and what it holds in force."""

    seller_id: int
    held: Collection[Held]


def permit_signals(
    items: Sequence[Item], wanted: Mapping[str, Sequence[str]], papers: Mapping[str, Papers]
) -> list[list[Signal]]:
    """For each listing one signal a paper that the policy asks for goods of its category and its seller has not shown."""
    return [
        [
            _missing(item, asked, papers.get(item.seller))
            for asked in missing(asked_for(item.category, wanted), _held(papers, item.seller))
        ]
        for item in items
    ]


def _held(papers: Mapping[str, Papers], seller: str) -> Collection[Held]:
    return papers[seller].held if seller in papers else ()


def _missing(item: Item, asked: Asked, papers: Papers | None) -> Signal:
    category, kind = asked
    evidence = {
        "missing": kind,
        "category": category,
        "seller": item.seller,
        "says": f"No {kind} of this seller for {category} is in force.",
        "apply_at": f"/seller/{papers.seller_id}/permits" if papers else "/seller/",
        "needs": [NEEDS[kind]],
    }
    return Signal("permit", 1.0, evidence)
