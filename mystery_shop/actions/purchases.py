"""From the plan to the parcel."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from klean.core.actors import Actor
from klean.core.events import record
from klean.core.holding import hold
from klean.core.models import User
from klean.core.refusals import Refused
from listings.models import Listing
from mystery_shop.facts import PurchaseMoved, PurchasePlanned
from mystery_shop.models import Programme, TestPurchase

State = TestPurchase.State


@transaction.atomic
def plan_purchase(
    programme: Programme,
    listing: Listing,
    draw: TestPurchase.Draw,
    *,
    stratum: str = "",
    at: datetime,
    actor: Actor,
) -> TestPurchase:
    """Put one listing on a programme's plan, while its money lasts and its term runs."""
    programme = hold(Programme, programme.pk)
    if not programme.starts_on <= at.date() <= programme.ends_on:
        raise Refused(_("This programme does not run today."), code="programme_not_running")
    if listing.price is not None and listing.price > money_left(programme):
        raise Refused(_("The programme's budget does not cover this purchase."), code="budget_exceeded")
    purchase = TestPurchase.objects.create(
        programme=programme, listing=listing, seller_id=listing.seller_id, draw=draw, stratum=stratum,
        planned_by=str(actor), planned_at=at,
    )  # fmt: skip
    fact = PurchasePlanned(purchase_id=purchase.pk, draw=draw, listing=listing.external_id)
    record(fact, about=purchase, actor=actor)
    return purchase


def money_left(programme: Programme) -> int:
    """Budget less what was paid and what running purchases will cost at the listed price, in won."""
    purchases = programme.purchases.exclude(state__in=[State.CANCELLED])
    paid = purchases.aggregate(won=Sum("paid"))["won"] or 0
    expected = purchases.filter(paid=None).aggregate(won=Sum("listing__price"))["won"] or 0
    return programme.budget - int(paid) - int(expected)


@transaction.atomic
def approve_purchase(purchase: TestPurchase, *, actor: Actor) -> TestPurchase:
    """A second person agrees that the money is spent."""
    if purchase.planned_by == str(actor):
        raise Refused(_("Whoever planned a purchase does not approve it."), code="second_person")
    return _move(purchase, State.APPROVED, actor=actor)


@dataclass(frozen=True, slots=True)
class Order:
    number: str
    paid: int


@transaction.atomic
def order_purchase(
    purchase: TestPurchase, order: Order, *, shopper: User, at: datetime, actor: Actor
) -> TestPurchase:
    """The shopper has bought it, as any buyer would."""
    if order.paid <= 0:
        raise Refused(_("Say what was paid, in won."), code="paid")
    moved = _move(purchase, State.ORDERED, actor=actor)
    TestPurchase.objects.filter(pk=purchase.pk).update(
        order=order.number, paid=order.paid, shopper=shopper, ordered_at=at
    )
    moved.refresh_from_db()
    return moved


@transaction.atomic
def give_up_purchase(purchase: TestPurchase, *, is_lost: bool, actor: Actor) -> TestPurchase:
    """It was cancelled, or it never came."""
    return _move(purchase, State.NOT_DELIVERED if is_lost else State.CANCELLED, actor=actor)


def _move(purchase: TestPurchase, state: str, *, actor: Actor) -> TestPurchase:
    purchase.step(state)
    record(PurchaseMoved(purchase_id=purchase.pk, state=state), about=purchase, actor=actor)
    return purchase
