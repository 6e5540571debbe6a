"""The gate before publication: who may not sell these goods is told what is missing and how to get it."""

from datetime import timedelta

import pytest
from django.conf import settings

from klean.core.events.models import Event
from klean.core.operations.due_work import until_quiet
from klean.core.policy.actions.publishing import publish_policy_text
from listings.actions.screenings import screen_due_listings
from listings.models import Listing, RuleHit
from screening.settings import Thresholds
from screening.signal import Signal
from screening.verdicts import corroborating
from sellers.actions.permits import end_due_permits, give_permit
from sellers.models import SalesPermit
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")
NAME, SHADOW = 'name = "goods_without_their_permit"\n', 'state = "shadow"\n'
TOY = {"title": "Wooden train for children", "category": "Toys > Trains", "price": 19_000}


@pytest.fixture
def shop():
    return make.seller()


@pytest.fixture
def asks_permits(policy):
    """A policy under which the rule of papers is live."""
    text = (settings.BASE_DIR / "policy" / "2026-01.toml").read_text()
    before, name, rule = text.partition(NAME)
    assert SHADOW in rule.partition("[[")[0]
    live = before + name + rule.replace(SHADOW, "", 1)
    return publish_policy_text("2026-02", live.encode(), at=NOON, actor=TESTER)


def judged(api, **offer):
    make.known()
    answer = api.post("/api/v1/screenings", {"id": "L-1", "seller_id": "s-100", "price": "19000 KRW"} | offer)
    assert answer.status_code == 200
    return answer.json()


def give(shop, *, days=900):
    return give_permit(
        shop,
        SalesPermit.Kind.KC,
        category="toys",
        number="CB065R1234-1001",
        valid_until=NOON.date() + timedelta(days=days),
        at=NOON,
        actor=TESTER,
    )


def test_goods_without_their_permit_are_not_clear_and_the_answer_says_what_is_missing(
    machine, shop, asks_permits
):
    api = machine("screenings:write")
    toy = {"title": TOY["title"], "product_type": TOY["category"]}

    answer = judged(api, **toy)

    (permit,) = [signal["evidence"] for signal in answer["signals"] if signal["kind"] == "permit"]
    assert answer["verdict"] == "review"
    assert (permit["missing"], permit["category"], permit["seller"]) == ("KC", "toys", "s-100")
    assert permit["apply_at"] == f"/seller/{shop.pk}/permits"
    assert permit["needs"] == ["a KC certification number for these goods"]
    assert judged(api, **toy | {"product_type": "Bags"})["verdict"] == "clear"
    assert judged(api, **toy | {"seller_id": "unknown"})["verdict"] == "review"

    give(shop)
    assert judged(api, **toy)["verdict"] == "clear"
    assert not Listing.objects.exists()


def test_a_gated_brand_without_authorisation_is_not_clear_and_the_answer_says_how_to_get_it(machine, shop):
    brand = make.brand(protection="GATED")
    answer = judged(machine("screenings:write"), title="Haneul leather bag", brand="Haneul")

    (missing,) = [signal["evidence"] for signal in answer["signals"] if signal["kind"] == "authorisation"]
    assert answer["verdict"] == "review"
    assert missing["apply_at"] == f"/seller/authorisations/new?brand={brand.pk}"
    assert missing["needs"]
    make.authorisation(shop, brand)
    assert (
        judged(machine("screenings:write"), title="Haneul leather bag", brand="Haneul")["verdict"] == "clear"
    )


def test_a_listing_waits_for_its_permit_goes_live_with_it_and_waits_again_when_it_runs_out(
    shop, deliver_events, asks_permits
):
    listing = make.listing(by=shop, **TOY)
    states = [listing.state]

    def screened():
        deliver_events()
        make.known()
        until_quiet(screen_due_listings)
        listing.refresh_from_db()
        states.append(listing.state)

    give(shop)
    screened()
    SalesPermit.objects.update(valid_until=NOON.date() - timedelta(days=1))
    assert end_due_permits(at=NOON, actor=TESTER) == 1
    screened()

    assert states == ["HELD", "LIVE", "HELD"]
    assert Event.objects.filter(name="sellers.permit.expired").count() == 1


def test_until_the_policy_asks_for_papers_a_missing_one_is_only_counted(shop):
    listing = make.listing(by=shop, **TOY)

    assert listing.state == "LIVE"
    (met,) = RuleHit.objects.values_list("rule", "is_live")
    assert met == ("goods_without_their_permit", False)


def test_a_missing_permit_is_no_evidence_of_a_fake():
    policy = Thresholds(review_from=0.03, block_from=0.95, corroboration=2, corroborating_from=0.5)
    found = [Signal("permit", 1.0, {}), Signal("price_outlier", 0.9, {})]

    assert corroborating(found, policy) == {"price_outlier"}
