import math
from datetime import timedelta

import pytest
from django.utils import timezone

from klean.core.events.models import Event
from refunds.actions.recovery import recover_refunds, release_recovery
from refunds.actions.warnings import send_due_warnings
from refunds.models.watches import BuyerWarning, ClaimWatch
from refunds.rules.policy import Rate, Refunds
from refunds.rules.sequential import evidence, expected_claims
from tests import make
from tests.fixtures import TESTER

RATIOS = [3, 10, 30]
ALPHA = 0.001


def ever_alarmed(rate, alarms, *, honest=0.003, sales=2000):
    """The exact chance that a target whose every sale goes wrong at this rate is ever alarmed, looked at after each."""
    alive, alarmed = {0: 1.0}, 0.0
    for sale in range(1, sales + 1):
        following: dict[int, float] = {}
        for claims, chance in alive.items():
            following[claims] = following.get(claims, 0.0) + chance * (1 - rate)
            following[claims + 1] = following.get(claims + 1, 0.0) + chance * rate
        over = [claims for claims in following if alarms(claims, honest * sale)]
        alarmed += sum(following.pop(claims) for claims in over)
        alive = {claims: chance for claims, chance in following.items() if chance > 1e-12}
    return alarmed


def by_evidence(claims, expected):
    return evidence(claims, expected, RATIOS) >= 1 / ALPHA


def by_a_fixed_test(claims, expected):
    """What one would use who looks once: the chance of so many claims or more is below α."""
    return claims > 0 and sum(exact(k, expected) for k in range(claims, claims + 60)) < ALPHA


def exact(k, mean):
    return math.exp(k * math.log(mean) - mean - math.lgamma(k + 1))


def test_looking_after_every_sale_keeps_the_false_alarm_rate_that_is_stated():
    assert 0.0001 < ever_alarmed(0.003, by_evidence) <= ALPHA


def test_a_test_for_one_look_would_break_its_promise_when_it_is_looked_at_often():
    assert ever_alarmed(0.003, by_a_fixed_test, sales=500) > 2 * ALPHA


def test_ten_times_the_honest_rate_is_nearly_always_found():
    assert ever_alarmed(0.03, by_evidence, sales=1000) > 0.999


def test_the_policy_names_the_rate_that_the_test_keeps(policy):
    terms = policy[Refunds].signal
    assert (terms.false_alarms_per_million, terms.ratios) == (ALPHA * 1_000_000, tuple(RATIOS))
    assert terms.listing.per_thousand_sold == 3


def test_the_evidence_starts_at_one_and_never_overflows():
    assert evidence(0, 0, RATIOS) == pytest.approx(1)
    assert evidence(0, 50, RATIOS) < 1e-40
    assert evidence(5000, 0, RATIOS) == 1e300


def test_a_single_sale_that_goes_wrong_costs_no_more_than_its_chance():
    for p in (0.001, 0.003, 0.2):
        mean = sum(chance * evidence(claims, p, RATIOS) for claims, chance in ((0, 1 - p), (1, p)))
        assert mean <= 1


def test_sales_count_where_they_are_told_and_days_elsewhere():
    honest = Rate(per_thousand_sold=3, per_thousand_days=5)
    assert expected_claims(1000, 9, honest) == 3
    assert expected_claims(None, 200, honest) == 1


def claims_by_buyers(market, work, count, *, listing="1005", **line):
    offer = make.offer(listing)
    for n in range(count):
        buyer = f"b{n}@test.klean"
        lines = [{"listing": listing, "amount": 40_000, "refunded": 0, **line}]
        make.order(market, f"O-{n:04}", buyer=buyer, lines=lines)
        make.claim(f"O-{n:04}", offer, by=make.consumer(buyer))
    work()


def alarms():
    return [event.data for event in Event.objects.filter(name="refunds.claim_surge.detected").order_by("id")]


@pytest.fixture
def young_listing(policy):
    listing = make.offer()
    type(listing).objects.filter(pk=listing.pk).update(first_seen_at=timezone.now() - timedelta(days=20))
    type(listing.seller).objects.filter(pk=listing.seller_id).update(
        joined_at=timezone.now() - timedelta(days=60)
    )
    return listing


def test_many_buyers_of_a_little_sold_listing_raise_one_alarm_that_opens_a_case(
    young_listing, market, work, deliver_events
):
    claims_by_buyers(market, work, 6, sold=50, seller_sold=100_000)
    assert [(alarm["listing"], alarm["claims"]) for alarm in alarms()] == [("1005", 4)]
    deliver_events()
    case = young_listing.cases.get()
    assert case.evidence.filter(event__name="refunds.claim_surge.detected").exists()


def test_the_alarm_puts_the_listing_on_the_plan_of_a_running_programme(
    young_listing, market, work, deliver_events
):
    programme = make.programme()
    programme.starts_on, programme.ends_on = timezone.localdate(), timezone.localdate()
    programme.save()
    claims_by_buyers(market, work, 4, sold=50, seller_sold=100_000)
    deliver_events()
    assert programme.purchases.get().listing == young_listing


def test_as_many_claims_on_a_best_seller_are_nothing(young_listing, market, work):
    claims_by_buyers(market, work, 6, sold=5_000, seller_sold=100_000)
    assert alarms() == []


def test_where_sales_are_not_told_the_days_count(young_listing, market, work):
    claims_by_buyers(market, work, 6)
    assert alarms()[0]["listing"] == "1005"


def test_one_buyer_with_many_orders_speaks_once(young_listing, market, work):
    listing = make.offer()
    for n in range(4):
        make.order(market, f"O-{n:04}")
        make.claim(f"O-{n:04}", listing)
        work()
    assert ClaimWatch.objects.get(listing=listing).claims == 1


def test_an_epoch_begins_with_a_claim_that_is_not_counted(young_listing, market, work):
    claims_by_buyers(market, work, 1)
    watch = ClaimWatch.objects.get(listing=young_listing)
    assert watch.claims == 1
    ClaimWatch.objects.filter(pk=watch.pk).update(started_at=timezone.now() - timedelta(days=91))
    make.order(market, "O-9000", buyer="x@test.klean")
    make.claim("O-9000", young_listing, by=make.consumer("x@test.klean"))
    work()
    watch.refresh_from_db()
    assert (watch.claims, watch.evidence) == (0, 1)


def test_past_buyers_are_told_once_of_a_fake_and_again_when_it_falls(young_listing, market, work, recorded):
    claims_by_buyers(market, work, 2)
    recover_refunds(young_listing, at=timezone.now(), actor=TESTER)
    recover_refunds(young_listing, at=timezone.now(), actor=TESTER)
    market.misbehave("orders", "error")
    send_due_warnings(at=timezone.now())
    waiting = BuyerWarning.objects.get()
    assert (waiting.sent_at, bool(waiting.last_error)) == (None, True)
    send_due_warnings(at=waiting.due_at)
    assert [(row.kind, row.buyers) for row in BuyerWarning.objects.all()] == [("CONFIRMED", 2)]
    assert next(iter(market.warnings.values()))["listing"] == "1005"

    release_recovery(young_listing, at=timezone.now(), actor=TESTER)
    send_due_warnings(at=timezone.now())
    assert [body["kind"] for body in market.warnings.values()] == ["CONFIRMED", "RETRACTED"]
    assert recorded().count("refunds.buyer_warning.sent") == 2


def test_a_warning_that_nobody_heard_is_dropped_when_it_falls(young_listing, market):
    recover_refunds(young_listing, at=timezone.now(), actor=TESTER)
    release_recovery(young_listing, at=timezone.now(), actor=TESTER)
    assert send_due_warnings(at=timezone.now()) == 0
    assert market.warnings == {}
