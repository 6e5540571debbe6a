from dataclasses import dataclass
from typing import ClassVar

from klean.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PurchasePlanned(Fact):
    """A purchase was put on the plan; ``draw`` says whether by chance or because of a suspicion."""

    name: ClassVar[str] = "mystery_shop.purchase.planned"
    purchase_id: int
    draw: str
    listing: str


@dataclass(frozen=True, kw_only=True)
class PurchaseMoved(Fact):
    """A purchase went one step on; ``state`` is where it stands now."""

    name: ClassVar[str] = "mystery_shop.purchase.moved"
    purchase_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class CustodyRecorded(Fact):
    """The exhibit changed hands or was looked at; ``hash`` seals this entry of its custody chain."""

    name: ClassVar[str] = "mystery_shop.custody.recorded"
    purchase_id: int
    custody_event_id: int
    kind: str
    is_seal_intact: bool
    hash: str


@dataclass(frozen=True, kw_only=True)
class VerdictGiven(Fact):
    """An examiner has said what the exhibit is; ``is_usable`` is False when its custody does not hold."""

    name: ClassVar[str] = "mystery_shop.verdict.given"
    purchase_id: int
    verdict_id: int
    finding: str
    listing: str
    listing_id: int
    seller: str
    seller_id: int
    is_usable: bool
