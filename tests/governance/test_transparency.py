import csv
import json
from datetime import datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from enforcement.appeals.facts import DecisionOverturned, DecisionUpheld
from enforcement.cases.facts import CaseOpened
from enforcement.decisions.facts import DecisionIssued
from enforcement.sanctions.facts import SanctionImposed
from governance.queries.figures import Period, as_rows, figures_of
from governance.rules.months import last_months, next_month, parse_month
from klean.core.access.models import Organisation
from klean.core.events.chain import chain_head
from klean.core.events.record import record
from legal.facts import SupportDecided
from listings.facts import ListingRemoved
from mystery_shop.facts import PurchasePlanned, PurchaseStateChanged, SampleDrawn, VerdictGiven
from refunds.facts.claims import ClaimApproved, ClaimOpened
from refunds.facts.money import RefundPaid, RefundRecovered
from reports.facts.notices import NoticeAnswered, NoticeFiled
from tests import make
from tests.fixtures import TESTER

SEOUL = ZoneInfo("Asia/Seoul")
MARCH = datetime(2026, 3, 1, tzinfo=SEOUL)
ABOUT = {"listing": "l-1", "listing_id": 1, "seller": "s-1", "seller_id": 1}


@pytest.fixture
def happen(db):
    """Record a fact so many hours after the first of March began."""
    subject = Organisation.objects.create(name="Log", kind="OPERATOR")

    def at(hours, fact):
        with time_machine.travel(MARCH + timedelta(hours=hours), tick=False), transaction.atomic():
            record(fact, about=subject, at=timezone.now(), actor=TESTER)
            with connection.cursor() as cursor:  # seals it, as a commit would
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")

    cache.clear()
    return at


def opened(case_id, source="CONSUMER"):
    return CaseOpened(case_id=case_id, listing="l-1", seller="s-1", source=source)


def decided(case_id, source="CONSUMER", outcome="INFRINGING"):
    return DecisionIssued(
        case_id=case_id,
        decision_id=case_id,
        listing="l-1",
        seller="s-1",
        outcome=outcome,
        severity="SERIOUS",
        ground="COUNTERFEIT",
        source=source,
        rung="SUSPENSION",
    )


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


def test_the_report_is_public_and_the_same_as_page_csv_and_json(happen, client):
    happen(1, decided(1, "SCREENING"))
    happen(2, SanctionImposed(sanction_id=1, seller="s-1", rung="CLOSURE", ends_at=""))
    page = client.get(reverse("governance:transparency"), {"month": "2026-03"})
    sheet = client.get(reverse("governance:transparency_csv"), {"month": "2026-03"})
    document = client.get(reverse("governance:transparency_json"), {"month": "2026-03"})

    rows = [tuple(row) for row in csv.reader(StringIO(sheet.content.decode("utf-8-sig")))][1:]
    assert page.status_code == 200
    assert page.context["report"].figures["sellers_suspended"] == 1
    assert ("sellers_suspended", "", "1") in rows
    assert as_rows(json.loads(document.content)["figures"]) == rows


def test_a_month_is_counted_again_as_of_a_day_and_later_events_change_nothing(happen, client):
    address = reverse("governance:transparency_json")
    happen(1, decided(1, "SCREENING"))
    asked = {"month": "2026-03", "as_of": "2026-03-10"}
    before = client.get(address, asked).content
    happen(20 * 24, decided(2, "SCREENING"))
    cache.clear()

    assert client.get(address, asked).content == before
    assert json.loads(before)["figures"]["decisions"] == {"INFRINGING": 1}
    later = client.get(address, {"month": "2026-03", "as_of": "2026-03-31"}).content
    assert json.loads(later)["figures"]["decisions"] == {"INFRINGING": 2}
    assert "2026-03-10" in client.get(reverse("governance:transparency"), asked).text
    for wrong in ("x", "2026-02-30", "2999-01-01"):
        assert client.get(address, {"month": "2026-03", "as_of": wrong}).status_code == 404


def test_the_running_month_is_counted_at_most_once_a_minute(happen, client):
    happen(1, decided(1, "SCREENING"))
    address = reverse("governance:transparency")
    with time_machine.travel(MARCH + timedelta(hours=5), tick=False):
        client.get(address)
    happen(6, decided(2, "SCREENING"))
    cases = []
    for seconds in (30, 61):
        with time_machine.travel(MARCH + timedelta(hours=5, seconds=seconds), tick=False):
            cases.append(client.get(address).context["report"].figures["decisions"])

    assert cases == [{"INFRINGING": 1}, {"INFRINGING": 2}]


@pytest.mark.parametrize("month", ["2026-13", "x", "1-1", "9999999-01", "2001-01", "2199-01"])
def test_a_month_that_is_none_is_not_found(db, client, month):
    assert client.get(reverse("governance:transparency"), {"month": month}).status_code == 404


def test_statements_are_public_and_without_the_text_that_names_the_seller(policy, client):
    decision = make.decision()
    (statement,) = decision.statements.all()
    answer = client.get("/api/v1/statements-of-reasons").json()

    assert answer["statements"][0]["puid"] == statement.puid
    for page in (reverse("governance:statements"), reverse("governance:statement", args=[statement.puid])):
        text = client.get(page).text
        assert statement.puid in text
        assert decision.seller.name not in text
    assert decision.seller.name not in json.dumps(answer)


def test_the_desk_is_shown_to_governance_alone(policy, person, browser_of):
    pages = [
        reverse(f"governance:{name}")
        for name in (
            "overview",
            "publications",
            "drafts",
            "stakeholders",
            "meetings",
            "items",
            "feeds",
            "personal_data",
            "requests",
            "viewings",
        )
    ]
    for role in ["moderator", "seller", "consumer", "engineer", "legal", "penalties", "senior"]:
        assert {browser_of(person(role)).get(page).status_code for page in pages} == {403}
    assert {browser_of(person("governance")).get(page).status_code for page in pages} == {200}
