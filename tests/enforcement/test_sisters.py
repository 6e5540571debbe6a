"""Shops that turn out to be sisters only while a sanction lives are met by it, as the policy says."""

from datetime import timedelta

import pytest
from django.conf import settings

from enforcement.decisions.actions.annulments import annul_decision
from enforcement.sanctions.actions.sanctions import lift_sanction, settle_due_standings
from enforcement.sanctions.actions.sister_shops import restrict_newly_linked_sellers
from enforcement.sanctions.models import Measure, Sanction
from klean.core.events.models import Event
from klean.core.policy.actions.publishing import publish_policy_text
from sellers.actions.links import SellerTraits, note_traits
from sellers.models import Seller, TraderEntity
from tests.fixtures import NOON, TESTER
from tests.make.enforcement import SECOND, decision, live_listing
from tests.make.sellers import seller

DAY = timedelta(days=1)
POLICY = settings.BASE_DIR / "policy" / "2026-01.toml"


def by_business(*shops):
    Seller.objects.filter(pk__in=[shop.pk for shop in shops]).update(
        trader_entity=TraderEntity.objects.create(name="Moonlight Ltd")
    )


def by_phone(*shops):
    note_traits(
        [SellerTraits(shop.pk, {"PHONE": ["010-1234-5678"]}) for shop in shops], at=NOON, actor=TESTER
    )


def standing_of(shop):
    return Seller.objects.get(pk=shop.pk).standing


def suspend(shop, strikes=2):
    made = [
        decision("SERIOUS", about=live_listing(f"l-{n}", by=shop), at=NOON + 10 * n * DAY)
        for n in range(strikes)
    ]
    return made[-1], NOON + 10 * (strikes - 1) * DAY


@pytest.mark.usefixtures("policy")
@pytest.mark.parametrize("link", [by_business, by_phone])
def test_a_shop_that_is_linked_later_is_restricted_once_and_as_long_as_the_sanction(link):
    shop, sister = seller("s-1"), seller("s-2")
    _made, at = suspend(shop)
    assert restrict_newly_linked_sellers(at=at) == 0
    link(shop, sister)

    assert restrict_newly_linked_sellers(at=at + DAY) == 1
    assert restrict_newly_linked_sellers(at=at + DAY) == 0

    measure = Measure.objects.get(seller=sister)
    assert (measure.kind, measure.starts_at) == ("sister_stores_restricted", at + DAY)
    assert measure.ends_at == Sanction.objects.get(lapsed_at=None).ends_at
    assert standing_of(sister) == Seller.Standing.RESTRICTED
    ordered = Event.objects.filter(name="enforcement.measure.ordered", data__seller="s-2")
    assert ordered.count() == 1
    settle_due_standings(at=at + 7 * DAY)
    assert standing_of(sister) == Seller.Standing.ACTIVE


@pytest.mark.usefixtures("policy")
def test_a_closure_restricts_a_later_sister_and_a_person_decides_on_more():
    shop, sister = seller("s-1"), seller("s-2")
    _made, at = suspend(shop, strikes=3)
    by_business(shop, sister)

    restrict_newly_linked_sellers(at=at + 400 * DAY)

    assert standing_of(sister) == Seller.Standing.RESTRICTED
    assert Measure.objects.get(seller=sister).ends_at is None


@pytest.mark.usefixtures("policy")
@pytest.mark.parametrize("ending", ["falls", "is lifted"])
def test_a_later_sister_is_free_again_when_the_sanction(ending):
    shop, sister = seller("s-1"), seller("s-2")
    made, at = suspend(shop)
    by_phone(shop, sister)
    restrict_newly_linked_sellers(at=at)

    if ending == "falls":
        annul_decision(made, reasons="The goods are genuine.", at=at + DAY, actor=SECOND)
    else:
        lift_sanction(made.violation.sanctions.get(), reasons="Served.", at=at + DAY, actor=SECOND)

    assert standing_of(sister) == Seller.Standing.ACTIVE
    assert restrict_newly_linked_sellers(at=at + DAY) == 0


@pytest.mark.django_db
def test_a_policy_that_names_no_measure_leaves_later_sisters_alone():
    text = POLICY.read_text().replace('later_sisters = "sister_stores_restricted"', 'later_sisters = ""')
    publish_policy_text("lenient", text.encode(), at=NOON, actor=TESTER)
    shop, sister = seller("s-1"), seller("s-2")
    _made, at = suspend(shop)
    by_business(shop, sister)
    before = Event.objects.count()

    assert restrict_newly_linked_sellers(at=at) == 0

    assert standing_of(sister) == Seller.Standing.ACTIVE
    assert Event.objects.count() == before
