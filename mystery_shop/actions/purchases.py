"""From the plan to the parcel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from klean.core.access.models import User
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.policy.queries import day_of
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused
from listings.models import Listing
from mystery_shop.facts import PurchasePlanned, PurchaseStateChanged
from mystery_shop.models import Programme, TestPurchase
from mystery_shop.queries.money import money_of

State = TestPurchase.State


def refuse_outside_term(programme: Programme, at: datetime) -> None:
    if not programme.runs_on(day_of(at)):
        raise Refused(_("This programme does not run today."), code="programme_not_running")


@transaction.atomic
def plan_purchase(programme: Programme, listing: Listing, *, at: datetime, actor: Actor) -> TestPurchase:
    """Put one suspected listing on a programme's plan, while its money lasts and its term runs."""
    programme = lock_row(Programme, programme.pk)
    refuse_outside_term(programme, at)
    if (listing.price or 0) + programme.agreement.fee > money_of(programme).left:
        raise Refused(_("The programme's budget does not cover this purchase."), code="budget_exceeded")
    purchase = TestPurchase.objects.create(
        programme=programme,
        listing=listing,
        seller_id=listing.seller_id,
        draw=TestPurchase.Draw.TARGETED,
        planned_by=str(actor),
        planned_at=at,
    )
    fact = PurchasePlanned(purchase_id=purchase.pk, draw=purchase.draw, listing=listing.external_id)
    record(fact, about=purchase, at=at, actor=actor)
    return purchase


@transaction.atomic
def plan_targets(
    programme: Programme, listings: Sequence[Listing], *, at: datetime, actor: Actor
) -> list[TestPurchase]:
    """Plan several suspected listings; all of them, or none when the budget does not cover them."""
    return [plan_purchase(programme, listing, at=at, actor=actor) for listing in listings]


@transaction.atomic
def approve_purchase(purchase: TestPurchase, *, at: datetime, actor: Actor) -> TestPurchase:
    """A second person agrees that the money is spent."""
    if purchase.planned_by == str(actor):
        raise Refused(_("Whoever planned a purchase does not approve it."), code="second_person")
    return _move(purchase, State.APPROVED, at=at, actor=actor)


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
    also = {"order": order.number, "paid": order.paid, "shopper": shopper, "ordered_at": at}
    return _move(purchase, State.ORDERED, at=at, actor=actor, **also)


@transaction.atomic
def ship_purchase(purchase: TestPurchase, *, at: datetime, actor: Actor) -> TestPurchase:
    """The seller says that it is on its way."""
    return _move(purchase, State.SHIPPED, at=at, actor=actor)


@transaction.atomic
def give_up_purchase(
    purchase: TestPurchase, reason: str, *, is_lost: bool, at: datetime, actor: Actor
) -> TestPurchase:
    """It was cancelled, or it never came."""
    return _move(
        purchase, State.NOT_DELIVERED if is_lost else State.CANCELLED, reason=reason, at=at, actor=actor
    )


@transaction.atomic
def leave_unexamined(purchase: TestPurchase, reason: str, *, at: datetime, actor: Actor) -> TestPurchase:
    """The exhibit is kept sealed, and nobody will say what it is."""
    return _move(purchase, State.NOT_EXAMINED, reason=reason, at=at, actor=actor)


@transaction.atomic
def close_purchase(purchase: TestPurchase, *, at: datetime, actor: Actor) -> TestPurchase:
    """Nothing is left to do but to keep the exhibit."""
    return _move(purchase, State.CLOSED, at=at, actor=actor)


def _move(purchase: TestPurchase, state: str, *, at: datetime, actor: Actor, **also: object) -> TestPurchase:
    purchase.step(state, **also)
    paid = purchase.paid if "paid" in also else None
    record(
        PurchaseStateChanged(purchase_id=purchase.pk, state=state, paid=paid),
        about=purchase,
        at=at,
        actor=actor,
    )
    return purchase
