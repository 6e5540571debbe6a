"""All of the demo in one transaction: it is there whole or not at all, and a second start leaves it as it is."""

from collections.abc import Callable
from datetime import datetime
from typing import NoReturn

from django.db import transaction
from django.utils import timezone
from tqdm import tqdm

from demo import governance, inspections, story
from demo.catalogue import draw_pictures, make_brands, make_shops, take_in
from demo.marketplace import connect_marketplace, put_orders, running
from demo.offers import DOUBTFUL, HONEST, offers
from demo.people import MARKET, make_people
from demo.world import demo_brands, world
from klean.core.access.models import Organisation
from klean.core.events.outbox import deliver_due_events
from klean.core.operations.due_work import Batch, until_quiet
from listings.actions.prices import recompute_prices
from listings.actions.references import describe_references
from listings.actions.screenings import screen_due_listings
from refunds.actions.payments import pay_due_refunds
from refunds.actions.settlement import check_due_claims


def is_loaded() -> bool:
    return Organisation.objects.filter(
        name=world()["marketplace"], kind=Organisation.Kind.MARKETPLACE
    ).exists()


def load(honest_goods: dict[str, int] = HONEST, doubtful_goods: dict[str, int] = DOUBTFUL) -> None:
    """Draw the pictures, then bring everything in and let happen what happens; how many of each sort may be fewer."""
    honest, doubtful = list(offers(honest_goods)), list(offers(doubtful_goods))
    count = len(honest) + len(doubtful)
    steps = 19
    with tqdm(
        total=4 * len(demo_brands()) + 2 * count + steps, unit="", desc="Demo marketplace", mininterval=0.5
    ) as bar:
        bar.set_postfix_str("drawing")
        draw_pictures([*honest, *doubtful], advance=bar.update)
        with running() as market, transaction.atomic():
            at = timezone.now()
            step = _Steps(bar, at)
            step("people", make_people)
            make_brands(at=at, advance=bar.update)
            step("shops", lambda: make_shops(at=at))
            step("marketplace", lambda: connect_marketplace(at=at))
            step.work("pictures", describe_references)
            for some, name in ((honest, "honest goods"), (doubtful, "doubtful goods")):
                take_in(some, at=at)
                step.screen(name)
                recompute_prices(at=at, actor=MARKET)
            step.work("cases", deliver_due_events)
            consumers, others = story.orders_of_consumer(), story.orders_of_others()
            step("orders", lambda: put_orders(market, [*consumers, *others], at=at))
            step("reports", lambda: story.file_notices(at=at))
            step("claims", lambda: story.open_claims([consumers[1], *others], at=at))
            step.work("claims", check_due_claims)
            step.work("refunds", pay_due_refunds)
            step.work("cases", deliver_due_events)
            step("decisions", lambda: story.decide_some(at=at))
            step("decisions", lambda: story.leave_some_open(at=at))
            step("test purchases", lambda: inspections.make_inspections(at=at))
            step("random draw", lambda: inspections.make_draw(at=at))
            step("matters", lambda: inspections.make_matter(at=at))
            step("governance", lambda: governance.make_governance(at=at))
            step("support", lambda: governance.make_support(at=at))
            step.work("cases", deliver_due_events)


class _Steps:
    """Each step is shown while it runs and counted when it is done."""

    def __init__(self, bar: "tqdm[NoReturn]", at: datetime) -> None:
        self.bar, self.at = bar, at

    def __call__(self, name: str, do: Callable[[], object]) -> None:
        self.bar.set_postfix_str(name)
        do()
        self.bar.update(1)

    def work(self, name: str, batch: Batch) -> None:
        """What the worker would do."""
        self(name, lambda: until_quiet(batch))

    def screen(self, name: str) -> None:
        self.bar.set_postfix_str(name)
        while taken := screen_due_listings(at=timezone.now(), limit=50):
            self.bar.update(taken)
