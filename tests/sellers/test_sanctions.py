"""A sanction meets the shops that are certainly the same people's, as the policy says, and nobody who only may be."""

import pytest

from enforcement.sanctions.actions.sister_shops import restrict_newly_linked_sellers
from enforcement.sanctions.models import Measure
from sellers.actions.shops import NewSeller, register_sellers
from sellers.models import Seller
from sellers.queries.links import came_back
from tests.fixtures import NOON, TESTER
from tests.make.enforcement import decision, live_listing

pytestmark = pytest.mark.usefixtures("policy")
SHOPS = {
    "punished": {"contact_phone": "010-1234-5678"},
    "same phone": {"contact_phone": "010-1234-5678", "contact_email": "two@shop.example"},
    "through another": {"contact_email": "two@shop.example"},
    "same name and device": {"representative": "Kim Sora", "traits": {"DEVICE": ["fp-77"]}},
    "stranger": {"contact_phone": "010-9999-9999"},
}
SISTERS = ("same phone", "through another")


@pytest.fixture
def shops():
    probable = {"representative": "Kim Sora", "traits": {"DEVICE": ["fp-77"]}}
    rows = [
        NewSeller(external_id=name, name=name, **details | (probable if name == "punished" else {}))
        for name, details in SHOPS.items()
    ]
    register_sellers(rows, at=NOON, actor=TESTER)
    return Seller.objects.in_bulk(field_name="external_id")


def standings():
    return dict(Seller.objects.values_list("external_id", "standing"))


@pytest.mark.parametrize(
    ("severities", "own", "sisters"),
    [
        (["GENERAL"], "ACTIVE", "ACTIVE"),
        (["SERIOUS"], "SUSPENDED", "ACTIVE"),
        (["EXTREME"], "CLOSED", "CLOSED"),
    ],
)
def test_a_sanction_spreads_within_the_cluster_as_far_as_the_policy_says(shops, severities, own, sisters):
    for number, severity in enumerate(severities):
        decision(severity, about=live_listing(f"l-{number}", by=shops["punished"]))

    found = standings()
    assert found.pop("punished") == own
    assert {found.pop(name) for name in SISTERS} == {sisters}
    assert set(found.values()) == {"ACTIVE"}
    assert set(came_back()) == (
        {shops[name] for name in SISTERS} if (own, sisters) == ("SUSPENDED", "ACTIVE") else set()
    )


def test_a_shop_that_joins_the_cluster_of_a_closed_one_is_seen_and_restricted(shops):
    decision("EXTREME", about=live_listing(by=shops["punished"]))
    late = NewSeller(external_id="late", name="late", contact_email="Two@shop.example")
    maybe = NewSeller(
        external_id="maybe", name="maybe", representative="Kim Sora", traits={"DEVICE": ["fp-77"]}
    )
    register_sellers([late, maybe], at=NOON, actor=TESTER)
    assert [seller.external_id for seller in came_back()] == ["late"]

    assert restrict_newly_linked_sellers(at=NOON) >= 1

    found = standings()
    assert (found["late"], found["maybe"], found["stranger"]) == ("RESTRICTED", "ACTIVE", "ACTIVE")
    assert not Measure.objects.filter(seller__external_id__in=["maybe", "same name and device"]).exists()
