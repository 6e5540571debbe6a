"""Builders for test purchases."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from klean.core.access.models import Organisation, User
from klean.core.events.actors import Actor, person
from listings.models import Listing
from mystery_shop.actions.custody import HandOver, record_custody
from mystery_shop.actions.programmes import Terms, enter_agreement, open_programme, set_fund
from mystery_shop.actions.purchases import Order, approve_purchase, order_purchase, plan_purchase
from mystery_shop.actions.verdicts import Examination, file_report, give_verdict
from mystery_shop.models import (
    Agreement,
    CustodyEvent,
    Fund,
    InspectionBody,
    Programme,
    TestPurchase,
    Verdict,
)
from tests.fixtures import NOON, TESTER

LATER = NOON + timedelta(days=1)
Kind = CustodyEvent.Kind
WAY = (Kind.RECEIVED, Kind.SEALED, Kind.DISPATCHED, Kind.ARRIVED, Kind.OPENED)


def body(name: str = "Korea Textile Lab") -> InspectionBody:
    organisation, _ = Organisation.objects.get_or_create(name=name, kind=Organisation.Kind.INSPECTION_BODY)
    return InspectionBody.objects.get_or_create(organisation=organisation)[0]


def agreement(by: InspectionBody | None = None, *, fee: int = 0) -> Agreement:
    terms = Terms(
        scope="Buying and examining fashion goods",
        fee=fee,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        conflict_of_interest="none",
    )
    return enter_agreement((by or body()).organisation, terms, at=NOON, actor=TESTER)


def fund(amount: int = 10_000_000_000, *, purpose: Fund.Purpose = Fund.Purpose.MYSTERY_SHOP) -> Fund:
    return set_fund(
        f"Klean 2026–2028 {purpose}",
        purpose,
        amount,
        date(2026, 1, 1),
        date(2028, 12, 31),
        at=timezone.now(),
        actor=TESTER,
    )


def programme(
    name: str = "Spring bags", *, by: InspectionBody | None = None, budget: int = 5_000_000, fee: int = 0
) -> Programme:
    money = Fund.objects.filter(purpose=Fund.Purpose.MYSTERY_SHOP).first() or fund()
    return open_programme(
        name,
        agreement(by, fee=fee),
        money,
        budget,
        date(2026, 1, 1),
        date(2026, 12, 31),
        at=timezone.now(),
        actor=TESTER,
    )


def planned_purchase(listing: Listing, *, of: Programme | None = None) -> TestPurchase:
    return plan_purchase(of or programme(), listing, at=NOON, actor=TESTER)


def ordered_purchase(listing: Listing, *, shopper: User, of: Programme | None = None) -> TestPurchase:
    return ordered(planned_purchase(listing, of=of), shopper=shopper)


def ordered(purchase: TestPurchase, *, shopper: User) -> TestPurchase:
    return bought(approve_purchase(purchase, at=timezone.now(), actor=person(shopper.pk)), shopper=shopper)


def bought(purchase: TestPurchase, *, shopper: User) -> TestPurchase:
    return order_purchase(purchase, Order("S-1", 89_000), shopper=shopper, at=NOON, actor=person(shopper.pk))


def hand_over(purchase: TestPurchase, kind: CustodyEvent.Kind, *, intact: bool = True) -> CustodyEvent:
    step = WAY.index(kind)
    handover = HandOver(
        kind=kind,
        from_party="courier",
        to_party="bench 3",
        place="Seoul",
        happened_at=NOON + timedelta(hours=step),
        seal_number="KL-7" if step else "",
        is_seal_intact=intact,
    )
    return record_custody(purchase, handover, at=NOON + timedelta(hours=step, minutes=5), actor=TESTER)


def opened_purchase(
    listing: Listing,
    *,
    shopper: User,
    broken_at: CustodyEvent.Kind | None = None,
    of: Programme | None = None,
) -> TestPurchase:
    """A purchase whose exhibit has come all the way to the examiner's bench."""
    return opened(ordered_purchase(listing, shopper=shopper, of=of), broken_at=broken_at)


def opened(purchase: TestPurchase, *, broken_at: CustodyEvent.Kind | None = None) -> TestPurchase:
    for kind in WAY:
        hand_over(purchase, kind, intact=kind != broken_at)
    purchase.refresh_from_db()
    return purchase


def judged(
    purchase: TestPurchase, finding: Verdict.Finding = Verdict.Finding.COUNTERFEIT, *, at: datetime = LATER
) -> Verdict:
    """The report on an opened exhibit, filed by one and countersigned by another."""
    found = Examination(
        finding=finding, method="stitching and logo", reasons="봉제선과 각인이 정품과 다릅니다."
    )
    file_report(purchase, found, at=at, actor=Actor("system", "examiner"))
    return give_verdict(purchase, at=at, actor=Actor("system", "head of the lab"))


def other_hand() -> Actor:
    return Actor("system", "second person")
