from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import N_, Fact, SentenceByCode


@dataclass(frozen=True, kw_only=True)
class PurchasePlanned(Fact):
    """A test purchase was planned; one drawn at random names its plan and stratum, a targeted one has none."""

    name: ClassVar[str] = "mystery_shop.purchase.planned"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "draw",
        {
            "RANDOM": N_("Test purchase of listing %(listing)s drawn at random"),
        },
        otherwise=N_("Test purchase of listing %(listing)s planned"),
    )
    purchase_id: int
    draw: str
    listing: str
    plan_id: int | None = None
    stratum: int | None = None


@dataclass(frozen=True, kw_only=True)
class PurchaseStateChanged(Fact):
    """A test purchase moved to ``state``; ``paid`` is what its order cost in won."""

    name: ClassVar[str] = "mystery_shop.purchase.state_changed"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "state",
        {
            "APPROVED": N_("Test purchase approved"),
            "ORDERED": N_("Test purchase ordered"),
            "SHIPPED": N_("Test purchase shipped"),
            "NOT_EXAMINED": N_("Test purchase kept without examination"),
            "CLOSED": N_("Test purchase closed"),
            "CANCELLED": N_("Test purchase cancelled"),
            "NOT_DELIVERED": N_("Test purchase not delivered"),
        },
        otherwise=N_("Test purchase updated"),
    )
    purchase_id: int
    state: str
    paid: int | None = None


@dataclass(frozen=True, kw_only=True)
class ProgrammeOpened(Fact):
    """A mystery-shop programme was opened; it may spend ``budget`` won of a fund."""

    name: ClassVar[str] = "mystery_shop.programme.opened"
    sentence: ClassVar[str] = N_("Mystery-shop programme opened")
    programme_id: int
    agreement_id: int
    fund_id: int
    budget: int


@dataclass(frozen=True, kw_only=True)
class FundAllocated(Fact):
    """Money was set aside in a fund for a purpose."""

    name: ClassVar[str] = "mystery_shop.fund.allocated"
    sentence: ClassVar[str] = N_("Money set aside in a fund")
    fund_id: int
    purpose: str
    amount: int


@dataclass(frozen=True, kw_only=True)
class AgreementConcluded(Fact):
    """An agreement with an inspection body was concluded, with the conflicts of interest that it declared."""

    name: ClassVar[str] = "mystery_shop.agreement.concluded"
    sentence: ClassVar[str] = N_("Agreement with an inspection body concluded")
    agreement_id: int
    body_id: int


@dataclass(frozen=True, kw_only=True)
class PlanCreated(Fact):
    """A sampling plan was created; its seed is fixed before anything is drawn."""

    name: ClassVar[str] = "mystery_shop.plan.created"
    sentence: ClassVar[str] = N_("Sampling plan created")
    plan_id: int
    seed: str


@dataclass(frozen=True, kw_only=True)
class SampleDrawn(Fact):
    """A sample was drawn from a stratum: ``drawn`` offers so far of ``size``; ``frame_checksum`` is that of the list drawn from."""

    name: ClassVar[str] = "mystery_shop.sample.drawn"
    sentence: ClassVar[str] = N_("Sample drawn")
    plan_id: int
    stratum: int
    size: int
    frame_checksum: int
    drawn: int


@dataclass(frozen=True, kw_only=True)
class ReportFiled(Fact):
    """An examiner filed a report; it counts once somebody else has countersigned it."""

    name: ClassVar[str] = "mystery_shop.report.filed"
    sentence: ClassVar[str] = N_("Examination report filed")
    purchase_id: int
    verdict_id: int


@dataclass(frozen=True, kw_only=True)
class ReportReturned(Fact):
    """A report was returned to its examiner instead of being countersigned."""

    name: ClassVar[str] = "mystery_shop.report.returned"
    sentence: ClassVar[str] = N_("Examination report returned to the examiner")
    purchase_id: int


@dataclass(frozen=True, kw_only=True)
class CustodyRecorded(Fact):
    """An entry was added to the custody chain of an exhibit; ``hash`` seals it."""

    name: ClassVar[str] = "mystery_shop.custody.recorded"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "is_seal_intact",
        {
            False: N_("Custody of the exhibit recorded: seal broken"),
        },
        otherwise=N_("Custody of the exhibit recorded: seal intact"),
    )
    purchase_id: int
    custody_event_id: int
    kind: str
    is_seal_intact: bool
    hash: str


@dataclass(frozen=True, kw_only=True)
class VerdictGiven(Fact):
    """The verdict on an exhibit was given, for a fee in won; it is unusable where the chain of custody is broken."""

    name: ClassVar[str] = "mystery_shop.verdict.given"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "finding",
        {
            "COUNTERFEIT": N_("A test purchase was found counterfeit"),
            "GENUINE": N_("A test purchase was found genuine"),
            "INCONCLUSIVE": N_("The examination of a test purchase was inconclusive"),
            "NOT_AS_DESCRIBED": N_("A test purchase was found not as described"),
        },
        otherwise=N_("A test purchase was examined"),
    )
    purchase_id: int
    verdict_id: int
    finding: str
    listing: str
    listing_id: int
    seller: str
    seller_id: int
    is_usable: bool
    fee: int = 0
