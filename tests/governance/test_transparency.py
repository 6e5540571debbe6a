from datetime import datetime

from enforcement.appeals.facts import DecisionOverturned, DecisionUpheld
from enforcement.cases.facts import CaseOpened
from enforcement.sanctions.facts import SanctionImposed
from governance.queries.figures import Period, figures_of
from governance.rules.months import last_months, next_month, parse_month
from klean.core.events.chain import chain_head
from legal.facts import SupportDecided
from listings.facts import ListingRemoved
from mystery_shop.facts import PurchasePlanned, PurchaseStateChanged, SampleDrawn, VerdictGiven
from refunds.facts.claims import ClaimApproved, ClaimOpened
from refunds.facts.money import RefundPaid, RefundRecovered
from reports.facts.notices import NoticeAnswered, NoticeFiled
from tests.governance.march import MARCH, SEOUL, decided

ABOUT = {"listing": "l-1", "listing_id": 1, "seller": "s-1", "seller_id": 1}


def opened(case_id, source="CONSUMER"):
    return CaseOpened(case_id=case_id, listing="l-1", seller="s-1", source=source)


def march():
    return figures_of(Period(MARCH, next_month(MARCH), chain_head().position))


def test_an_event_counts_in_the_month_it_happened_in_and_in_no_other(happen):
    happen(-1, opened(1))
    happen(0, opened(2))
    happen(31 * 24 - 1, opened(3))
    happen(31 * 24, opened(4))

    assert march()["cases"] == {"CONSUMER": 2}


def test_the_time_to_a_decision_has_a_median_and_a_ninetieth_percentile(happen):
    for case_id in range(1, 12):
        happen(0, opened(case_id))
        happen(case_id, decided(case_id))

    assert march()["hours_to_decision"]["ALL"] == {"count": 11, "median": 6.0, "p90": 10.0}


def test_a_decision_on_a_case_of_the_month_before_counts_in_the_month_it_fell(happen):
    happen(-10, opened(1))
    happen(10, decided(1))

    assert march()["hours_to_decision"]["ALL"]["median"] == 20.0


def test_nothing_has_no_median_and_no_share(db):
    figures = march()
    assert figures["hours_to_money"] == {"ALL": {"count": 0, "median": None, "p90": None}}
    assert figures["proactive_share"] == {"part": 0, "whole": 0, "percent": None}


def test_the_proactive_share_tells_its_denominator_and_leaves_out_what_was_no_infringement(happen):
    happen(1, decided(1, "SCREENING"))
    happen(2, decided(2, "MYSTERY_SHOP"))
    happen(3, decided(3, "CONSUMER"))
    happen(4, decided(4, "SCREENING", "NOT_INFRINGING"))

    assert march()["proactive_share"] == {"part": 2, "whole": 3, "percent": 66.7}


def test_the_overturn_rate_is_of_the_appeals_decided(happen):
    happen(1, DecisionUpheld(appeal_id=1, decision_id=1, seller="s-1"))
    happen(1, DecisionUpheld(appeal_id=2, decision_id=2, seller="s-1"))
    happen(1, DecisionOverturned(appeal_id=3, decision_id=3, listing="l-1", seller="s-1"))

    assert march()["overturn_rate"]["percent"] == 33.3


def test_a_seller_suspended_twice_is_one_seller(happen):
    for sanction_id, rung in enumerate(["SUSPENSION", "CLOSURE", "WARNING"]):
        happen(1, SanctionImposed(sanction_id=sanction_id, seller="s-1", rung=rung, ends_at=""))
    happen(1, SanctionImposed(sanction_id=9, seller="s-2", rung="WARNING", ends_at=""))

    assert march()["sellers_suspended"] == 1


def test_refunds_are_told_in_won_and_in_hours_to_the_money(happen):
    happen(1, ClaimOpened(claim_id=5, order="o-1", amount=None, **ABOUT))
    happen(3, RefundPaid(claim_id=5, payment_id=1, order="o-1", amount=129_000))

    figures = march()
    assert figures["refunded_won"] == 129_000
    assert figures["hours_to_money"]["ALL"]["median"] == 2.0


def test_random_and_targeted_purchases_are_never_one_figure(happen):
    for purchase_id, draw in enumerate(["RANDOM", "TARGETED", "TARGETED"], start=1):
        happen(1, PurchasePlanned(purchase_id=purchase_id, draw=draw, listing="l-1"))
        happen(
            2,
            VerdictGiven(
                purchase_id=purchase_id, verdict_id=1, finding="COUNTERFEIT", is_usable=True, **ABOUT
            ),
        )

    figures = march()
    assert figures["findings_random"] == {"COUNTERFEIT": 1}
    assert figures["findings_targeted"] == {"COUNTERFEIT": 2}


def test_each_channel_has_its_own_median_and_ninetieth_percentile(happen):
    for notice_id, (kind, hours) in enumerate([("CONSUMER", 2), ("CONSUMER", 4), ("RIGHTS_HOLDER", 9)], 1):
        happen(
            0, NoticeFiled(notice_id=notice_id, notifier_type=kind, reason="X", listings=[], listing_ids=[])
        )
        answer = NoticeAnswered(notice_id=notice_id, listing="l-1", listing_id=1, outcome="UPHELD")
        happen(hours, answer)

    assert march()["hours_to_answer"] == {
        "ALL": {"count": 3, "median": 4.0, "p90": 8.0},
        "CONSUMER": {"count": 2, "median": 3.0, "p90": 3.8},
        "RIGHTS_HOLDER": {"count": 1, "median": 9.0, "p90": 9.0},
    }


def test_a_listing_counts_as_before_its_first_sale_only_when_no_paid_order_was_known_by_then(happen):
    def removed(listing):
        return ListingRemoved(**ABOUT | {"listing": listing}, reason="")

    def claim_approved(listing):
        return ClaimApproved(**ABOUT | {"listing": listing}, claim_id=1, order="o", amount=1)

    happen(-5, claim_approved("sold long ago"))
    happen(1, removed("sold long ago"))
    happen(2, removed("never sold"))
    happen(3, removed("claimed after"))
    happen(4, claim_approved("claimed after"))

    assert march()["before_first_sale_share"] == {"part": 2, "whole": 3, "percent": 66.7}


def test_the_fund_has_spent_what_was_paid_and_not_charged_to_sellers(happen):
    happen(1, RefundPaid(claim_id=5, payment_id=1, order="o-1", amount=129_000))
    happen(1, RefundPaid(claim_id=6, payment_id=2, order="o-2", amount=50_000))
    happen(2, RefundRecovered(**ABOUT, claim_id=5, order="o-1", amount=129_000))
    happen(3, PurchaseStateChanged(purchase_id=1, state="ORDERED", paid=89_000))
    happen(4, verdict(1, fee=30_000))

    happen(5, SupportDecided(application_id=1, state="GRANTED", granted=700_000))

    figures = march()
    assert (figures["fund_spent_won"], figures["test_purchases_won"]) == (50_000, 119_000)
    assert figures["legal_support_won"] == 700_000


def verdict(purchase_id, finding="COUNTERFEIT", *, is_usable=True, fee=0):
    return VerdictGiven(
        purchase_id=purchase_id, verdict_id=1, finding=finding, is_usable=is_usable, fee=fee, **ABOUT
    )


def test_prevalence_is_estimated_from_usable_random_draws_by_stratum_with_an_interval(happen):
    for stratum, size in ((1, 1000), (2, 9000)):
        happen(-9, SampleDrawn(plan_id=7, stratum=stratum, size=size, frame_checksum=1, drawn=2))
    findings = {
        1: (1, "COUNTERFEIT"),
        2: (1, "GENUINE"),
        3: (2, "GENUINE"),
        4: (2, "GENUINE"),
        5: (2, "INCONCLUSIVE"),
    }
    for purchase_id, (stratum, finding) in findings.items():
        planned = PurchasePlanned(
            purchase_id=purchase_id, draw="RANDOM", listing="l", plan_id=7, stratum=stratum
        )
        happen(-8, planned)
        happen(1, verdict(purchase_id, finding))
    happen(-8, PurchasePlanned(purchase_id=8, draw="RANDOM", listing="l", plan_id=7, stratum=2))
    happen(2, verdict(8, is_usable=False))
    happen(-8, PurchasePlanned(purchase_id=9, draw="TARGETED", listing="l"))
    happen(3, verdict(9))

    (found,) = march()["prevalence"].values()
    assert (found["percent"], found["examined"], found["fakes"], found["covered"]) == (5.0, 4, 1, 100.0)
    assert 0 < found["low"] < 5 < found["high"] < 100


def test_months_go_round_the_year():
    assert [m.month for m in last_months(datetime(2026, 2, 1, tzinfo=SEOUL), 4)] == [11, 12, 1, 2, 3]
    assert parse_month("2026-13", SEOUL) is parse_month("", SEOUL) is parse_month("x' OR 1=1", SEOUL) is None
