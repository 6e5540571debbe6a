"""Random draws: the seed first, then the catalogue, then the purchases."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from klean.core.events.actors import Actor
from klean.core.events.record import record, record_all
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused
from listings.models import Listing
from mystery_shop.actions.purchases import refuse_outside_term
from mystery_shop.facts import PlanCreated, PurchasePlanned, PurchaseStateChanged, SampleDrawn
from mystery_shop.models import Programme, SamplingPlan, Stratum, TestPurchase
from mystery_shop.queries.draws import Frame, frames_of, next_offers
from mystery_shop.queries.money import money_of

RANDOM, State = TestPurchase.Draw.RANDOM, TestPurchase.State


@dataclass(frozen=True, slots=True)
class NewStratum:
    """A stratum without a condition takes all the rest."""

    name: str
    wanted: int
    brand: str = ""
    category: str = ""
    price_from: int | None = None
    price_below: int | None = None


@transaction.atomic
def make_plan(
    programme: Programme,
    name: str,
    strata: Sequence[NewStratum],
    *,
    seed: str = "",
    at: datetime,
    actor: Actor,
) -> SamplingPlan:
    """Fix the strata and the seed of a draw; a seed that nobody gives is drawn by lot."""
    if not strata:
        raise Refused(_("A plan needs at least one stratum."), code="strata")
    if programme.plans.filter(name=name).exists():
        raise Refused(_("There is a plan of this name already."), code="name")
    plan = SamplingPlan.objects.create(
        programme=programme, name=name, seed=seed or secrets.token_hex(16), made_by=str(actor), made_at=at
    )
    Stratum.objects.bulk_create(
        Stratum(plan=plan, number=number, **asdict(stratum)) for number, stratum in enumerate(strata, start=1)
    )
    record(PlanCreated(plan_id=plan.pk, seed=plan.seed), about=plan, at=at, actor=actor)
    return plan


@transaction.atomic
def draw_plan(plan: SamplingPlan, *, at: datetime, actor: Actor) -> list[TestPurchase]:
    """Draw every stratum's purchases at once: all of them, or none when the budget does not cover them."""
    plan = lock_row(SamplingPlan, plan.pk)
    if plan.drawn_at:
        raise Refused(_("This plan is drawn already."), code="plan_drawn")
    frames = frames_of(plan)
    wanted = {stratum: stratum.wanted for stratum in plan.strata.all()}
    _refuse_empty(wanted, frames)
    plan.drawn_at = at
    plan.save(update_fields=["drawn_at"])
    return _draw(plan, wanted, frames, at=at, actor=actor)


@transaction.atomic
def draw_more(stratum: Stratum, count: int, *, at: datetime, actor: Actor) -> list[TestPurchase]:
    """The next purchases of a stratum in the order that the seed has fixed."""
    plan = lock_row(SamplingPlan, stratum.plan_id)
    if not plan.drawn_at:
        raise Refused(_("Draw the plan first."), code="plan_undrawn")
    return _draw(plan, {stratum: count}, frames_of(plan), at=at, actor=actor)


def _refuse_empty(wanted: dict[Stratum, int], frames: dict[int, Frame]) -> None:
    for stratum, count in wanted.items():
        size = frames[stratum.number].size if stratum.number in frames else 0
        if size < count:
            raise Refused(
                _("“%(stratum)s” has %(size)s offers and cannot give %(count)s.")
                % {"stratum": stratum.name, "size": size, "count": count},
                code="stratum_too_small",
            )


def _draw(
    plan: SamplingPlan,
    wanted: dict[Stratum, int],
    frames: dict[int, Frame],
    *,
    at: datetime,
    actor: Actor,
) -> list[TestPurchase]:
    programme = lock_row(Programme, plan.programme_id)
    refuse_outside_term(programme, at)
    offers = {stratum: next_offers(plan, stratum, count) for stratum, count in wanted.items()}
    _refuse_over_budget(programme, [offer for chosen in offers.values() for offer in chosen])
    purchases = [
        TestPurchase(
            programme=programme,
            listing=offer,
            seller_id=offer.seller_id,
            draw=RANDOM,
            stratum=stratum,
            rank=stratum.drawn + place,
            planned_by=str(actor),
            planned_at=at,
        )
        for stratum, chosen in offers.items()
        for place, offer in enumerate(chosen, start=1)
    ]
    TestPurchase.objects.bulk_create(purchases)
    for stratum, chosen in offers.items():
        frame = frames.get(stratum.number, Frame(0, 0))
        stratum.drawn, stratum.size, stratum.frame = stratum.drawn + len(chosen), frame.size, frame.checksum
    Stratum.objects.bulk_update(offers, ["drawn", "size", "frame"])
    record_all([(_drawn(plan, stratum), plan) for stratum in offers], at=at, actor=actor)
    record_all([(_planned(purchase), purchase) for purchase in purchases], at=at, actor=actor)
    return purchases


def _refuse_over_budget(programme: Programme, offers: Sequence[Listing]) -> None:
    cost = sum(offer.price or 0 for offer in offers) + programme.agreement.fee * len(offers)
    if cost > money_of(programme).left:
        raise Refused(
            _("The programme's budget does not cover this draw. Leaving out the dear ones would bend it."),
            code="budget_exceeded",
        )


def _drawn(plan: SamplingPlan, stratum: Stratum) -> SampleDrawn:
    return SampleDrawn(
        plan_id=plan.pk,
        stratum=stratum.number,
        size=stratum.size,
        frame_checksum=stratum.frame,
        drawn=stratum.drawn,
    )


def _planned(purchase: TestPurchase) -> PurchasePlanned:
    stratum = purchase.stratum
    assert stratum  # noqa: S101  a random draw has one
    return PurchasePlanned(
        purchase_id=purchase.pk,
        draw=purchase.draw,
        listing=purchase.listing.external_id,
        plan_id=stratum.plan_id,
        stratum=stratum.number,
    )


@transaction.atomic
def approve_plan(plan: SamplingPlan, *, at: datetime, actor: Actor) -> int:
    """A second person agrees to every purchase of a draw that still waits; answers how many."""
    rows = TestPurchase.objects.select_for_update(no_key=True, of=("self",))
    waiting = list(rows.filter(stratum__plan=plan, state=State.PLANNED).order_by("pk"))
    if any(purchase.planned_by == str(actor) for purchase in waiting):
        raise Refused(_("Whoever planned a purchase does not approve it."), code="second_person")
    TestPurchase.step_all(waiting, State.APPROVED)
    record_all(
        [(PurchaseStateChanged(purchase_id=row.pk, state=State.APPROVED), row) for row in waiting],
        at=at,
        actor=actor,
    )
    return len(waiting)
