import csv
import json
from dataclasses import asdict
from datetime import datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse

from enforcement.facts import AppealOverturned, AppealUpheld, CaseOpened, DecisionIssued, SanctionImposed
from governance.queries.figures import figures_between, monthly
from governance.rules import last_months, next_month, parse_month
from klean.core.events import record
from klean.core.models import Organisation
from mystery_shop.facts import PurchasePlanned, VerdictGiven
from reports.facts import ClaimOpened, RefundPaid
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
            record(fact, about=subject, actor=TESTER)

    return at


def opened(case_id, source="CONSUMER"):
    return CaseOpened(case_id=case_id, listing="l-1", seller="s-1", source=source)


def decided(case_id, source="CONSUMER", outcome="INFRINGING"):
    return DecisionIssued(
        case_id=case_id, decision_id=case_id, listing="l-1", seller="s-1", outcome=outcome, severity="SERIOUS",
        ground="COUNTERFEIT", source=source, rung="SUSPENSION",
    )  # fmt: skip


def march():
    return figures_between(MARCH, next_month(MARCH))


def test_an_event_counts_in_the_month_it_happened_in_and_in_no_other(happen):
    happen(-1, opened(1))
    happen(0, opened(2))
    happen(31 * 24 - 1, opened(3))
    happen(31 * 24, opened(4))

    assert march().groups["cases"] == {"CONSUMER": 2}


def test_the_time_to_a_decision_has_a_median_and_a_ninetieth_percentile(happen):
    for case_id in range(1, 12):
        happen(0, opened(case_id))
        happen(case_id, decided(case_id))

    span = march().spans["hours_to_decision"]
    assert (span.count, span.median, span.p90) == (11, 6.0, 10.0)


def test_a_decision_on_a_case_of_the_month_before_counts_in_the_month_it_fell(happen):
    happen(-10, opened(1))
    happen(10, decided(1))

    assert march().spans["hours_to_decision"].median == 20.0


def test_nothing_has_no_median_and_no_share(db):
    figures = march()
    assert figures.spans["hours_to_money"].median is None
    assert figures.proactive.percent is None


def test_the_proactive_share_tells_its_denominator_and_leaves_out_what_was_no_infringement(happen):
    happen(1, decided(1, "SCREENING"))
    happen(2, decided(2, "MYSTERY_SHOP"))
    happen(3, decided(3, "CONSUMER"))
    happen(4, decided(4, "SCREENING", "NOT_INFRINGING"))

    share = march().proactive
    assert (share.part, share.whole, share.percent) == (2, 3, 66.7)


def test_the_overturn_rate_is_of_the_appeals_decided(happen):
    happen(1, AppealUpheld(appeal_id=1, decision_id=1, seller="s-1"))
    happen(1, AppealUpheld(appeal_id=2, decision_id=2, seller="s-1"))
    happen(1, AppealOverturned(appeal_id=3, decision_id=3, listing="l-1", seller="s-1"))

    assert march().overturned.percent == 33.3


def test_a_seller_suspended_twice_is_one_seller(happen):
    for sanction_id, rung in enumerate(["SUSPENSION", "CLOSURE", "WARNING"]):
        happen(1, SanctionImposed(sanction_id=sanction_id, seller="s-1", rung=rung, ends_at=""))
    happen(1, SanctionImposed(sanction_id=9, seller="s-2", rung="WARNING", ends_at=""))

    assert march().sellers_suspended == 1


def test_refunds_are_told_in_won_and_in_hours_to_the_money(happen):
    happen(1, ClaimOpened(claim_id=5, order="o-1", amount=None, **ABOUT))
    happen(3, RefundPaid(claim_id=5, payment_id=1, order="o-1", amount=129_000))

    figures = march()
    assert figures.refunded_won == 129_000
    assert figures.spans["hours_to_money"].median == 2.0


def test_random_and_targeted_purchases_are_never_one_figure(happen):
    for purchase_id, draw in enumerate(["RANDOM", "TARGETED", "TARGETED"], start=1):
        happen(1, PurchasePlanned(purchase_id=purchase_id, draw=draw, listing="l-1"))
        happen(
            2,
            VerdictGiven(
                purchase_id=purchase_id, verdict_id=1, finding="COUNTERFEIT", is_usable=True, **ABOUT
            ),
        )

    assert march().findings == {"RANDOM": {"COUNTERFEIT": 1}, "TARGETED": {"COUNTERFEIT": 2}}


def test_the_plot_counts_each_month(happen):
    happen(-40 * 24, opened(1))
    happen(1, opened(2))
    happen(2, opened(3))

    assert monthly("enforcement.case.opened", last_months(MARCH, 3)) == [1, 0, 2]


def test_months_go_round_the_year():
    assert [m.month for m in last_months(datetime(2026, 2, 1, tzinfo=SEOUL), 4)] == [11, 12, 1, 2, 3]
    assert parse_month("2026-13", SEOUL) is parse_month("", SEOUL) is parse_month("x' OR 1=1", SEOUL) is None


def test_the_report_is_public_and_the_same_as_page_csv_and_json(happen, client):
    happen(1, decided(1, "SCREENING"))
    happen(2, SanctionImposed(sanction_id=1, seller="s-1", rung="CLOSURE", ends_at=""))
    page = client.get(reverse("governance:transparency"), {"month": "2026-03"})
    sheet = client.get(reverse("governance:transparency_csv"), {"month": "2026-03"})
    told = client.get(reverse("governance:transparency_json"), {"month": "2026-03"})

    rows = [tuple(row) for row in csv.reader(StringIO(sheet.content.decode("utf-8-sig")))][1:]
    assert page.status_code == 200
    assert page.context["figures"].sellers_suspended == 1
    assert ("sellers_suspended", "", "1") in rows
    assert [(f["figure"], f["of"], f["value"]) for f in json.loads(told.content)["figures"]] == rows
    assert asdict(page.context["figures"])["counts"]["removed"] == 0


@pytest.mark.parametrize("month", ["2026-13", "x", "1-1", "9999999-01"])
def test_a_month_that_is_none_is_not_found(db, client, month):
    assert client.get(reverse("governance:transparency"), {"month": month}).status_code == 404


def test_statements_are_public_and_without_the_text_that_names_the_seller(policy, client):
    decision = make.decision()
    (statement,) = decision.statements.all()
    told = client.get("/api/v1/statements-of-reasons").json()

    assert told["statements"][0]["puid"] == statement.puid
    for page in (reverse("governance:statements"), reverse("governance:statement", args=[statement.puid])):
        text = client.get(page).text
        assert statement.puid in text
        assert decision.seller.name not in text
    assert decision.seller.name not in json.dumps(told)


def test_the_log_and_the_policies_are_shown_to_governance_alone(policy, person, browser_of):
    pages = [reverse("governance:overview"), reverse("governance:policy", args=[policy.name])]
    for role in ["moderator", "seller", "consumer", "engineer", "legal", "penalties"]:
        assert [browser_of(person(role)).get(page).status_code for page in pages] == [403, 403]
    assert [browser_of(person("governance")).get(page).status_code for page in pages] == [200, 200]
