"""Builders for test purchases."""

from datetime import date, timedelta

from klean.core.actors import person
from klean.core.models import Organisation, User
from listings.models import Listing
from mystery_shop.actions.custody import HandOver, record_custody
from mystery_shop.actions.purchases import Order, approve_purchase, order_purchase, plan_purchase
from mystery_shop.models import CustodyEvent, InspectionBody, Programme, TestPurchase
from tests.fixtures import NOON, TESTER

Kind = CustodyEvent.Kind
WAY = (Kind.RECEIVED, Kind.SEALED, Kind.DISPATCHED, Kind.ARRIVED, Kind.OPENED)


def body(name: str = "Korea Textile Lab") -> InspectionBody:
    organisation, _ = Organisation.objects.get_or_create(name=name, kind=Organisation.Kind.INSPECTION_BODY)
    return InspectionBody.objects.get_or_create(
        organisation=organisation,
        defaults={"agreed_from": date(2026, 1, 1), "agreed_until": date(2026, 12, 31)},
    )[0]


def programme(
    name: str = "Spring bags", *, by: InspectionBody | None = None, budget: int = 5_000_000
) -> Programme:
    return Programme.objects.create(
        name=name, body=by or body(), budget=budget, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)
    )


def planned_purchase(listing: Listing, *, of: Programme | None = None) -> TestPurchase:
    return plan_purchase(of or programme(), listing, TestPurchase.Draw.TARGETED, at=NOON, actor=TESTER)


def ordered_purchase(listing: Listing, *, shopper: User, of: Programme | None = None) -> TestPurchase:
    purchase = approve_purchase(planned_purchase(listing, of=of), actor=person(shopper.pk))
    return order_purchase(purchase, Order("S-1", 89_000), shopper=shopper, at=NOON, actor=person(shopper.pk))


def hand_over(purchase: TestPurchase, kind: CustodyEvent.Kind, *, intact: bool = True) -> CustodyEvent:
    step = WAY.index(kind)
    said = HandOver(
        kind=kind, from_party="courier", to_party="bench 3", place="Seoul", happened_at=NOON + timedelta(hours=step),
        seal_number="KL-7" if step else "", is_seal_intact=intact,
    )  # fmt: skip
    return record_custody(purchase, said, at=NOON + timedelta(hours=step, minutes=5), actor=TESTER)


def opened_purchase(
    listing: Listing, *, shopper: User, broken_at: CustodyEvent.Kind | None = None
) -> TestPurchase:
    """A purchase whose exhibit has come all the way to the examiner's bench."""
    purchase = ordered_purchase(listing, shopper=shopper)
    for kind in WAY:
        hand_over(purchase, kind, intact=kind != broken_at)
    purchase.refresh_from_db()
    return purchase
