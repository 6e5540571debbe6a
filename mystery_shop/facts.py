from dataclasses import dataclass
from typing import ClassVar

from klean.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PurchasePlanned(Fact):
    """A purchase was put on the plan; a random ``draw`` names its plan and stratum, one on suspicion has none."""

    name: ClassVar[str] = "mystery_shop.purchase.planned"
    purchase_id: int
    draw: str
    listing: str
    plan_id: int | None = None
    stratum: int | None = None


@dataclass(frozen=True, kw_only=True)
class PurchaseMoved(Fact):
    """A purchase went one step on; ``state`` is where it stands now, ``paid`` the won that an order cost."""

    name: ClassVar[str] = "mystery_shop.purchase.moved"
    purchase_id: int
    state: str
    paid: int | None = None


@dataclass(frozen=True, kw_only=True)
class ProgrammeOpened(Fact):
    """A programme may spend ``budget`` won of a fund under an agreement."""

    name: ClassVar[str] = "mystery_shop.programme.opened"
    programme_id: int
    agreement_id: int
    fund_id: int
    budget: int


@dataclass(frozen=True, kw_only=True)
class FundSet(Fact):
    """Money was set aside for a purpose."""

    name: ClassVar[str] = "mystery_shop.fund.set"
    fund_id: int
    purpose: str
    amount: int


@dataclass(frozen=True, kw_only=True)
class AgreementEntered(Fact):
    """A body's agreement stands, with the conflicts of interest that it declared."""

    name: ClassVar[str] = "mystery_shop.agreement.entered"
    agreement_id: int
    body_id: int


@dataclass(frozen=True, kw_only=True)
class PlanMade(Fact):
    """The seed of a random draw stands fixed, before anything is drawn."""

    name: ClassVar[str] = "mystery_shop.plan.made"
    plan_id: int
    seed: str


@dataclass(frozen=True, kw_only=True)
class PlanDrawn(Fact):
    """A stratum was drawn from: ``drawn`` offers so far of ``size``, whose checksum is ``frame``."""

    name: ClassVar[str] = "mystery_shop.plan.drawn"
    plan_id: int
    stratum: int
    size: int
    frame: int
    drawn: int


@dataclass(frozen=True, kw_only=True)
class ReportFiled(Fact):
    """An examiner has filed a report; it counts once somebody else has countersigned it."""

    name: ClassVar[str] = "mystery_shop.report.filed"
    purchase_id: int
    verdict_id: int


@dataclass(frozen=True, kw_only=True)
class ReportReturned(Fact):
    """Whoever was to countersign a report has sent it back to the examiner."""

    name: ClassVar[str] = "mystery_shop.report.returned"
    purchase_id: int


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
    """An examiner has said what the exhibit is, for ``fee`` won; unusable when its custody does not hold."""

    name: ClassVar[str] = "mystery_shop.verdict.given"
    purchase_id: int
    verdict_id: int
    finding: str
    listing: str
    listing_id: int
    seller: str
    seller_id: int
    is_usable: bool
    fee: int = 0
