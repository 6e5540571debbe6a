from datetime import UTC, date, datetime, timedelta

import pytest

from refunds.rules.abuse import ClaimHistory, abuse_parts, score_of
from refunds.rules.eligibility import Line, Order, why_ineligible
from refunds.rules.policy import Refunds
from tests.make.policies import section

ASKED = datetime(2026, 3, 2, 3, tzinfo=UTC)

TERMS = section(Refunds)
ABUSE = TERMS.abuse


def order(**also):
    also = {
        "buyer": "B-1",
        "buyer_email_sha256": "me",
        "account_opened_on": date(2023, 1, 1),
        "region": "KR",
        "paid_at": ASKED - timedelta(days=90),
        "lines": (Line(listing="1005", amount=129_000, refunded=0),),
    } | also
    return Order(**also)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (order(), ""),
        (None, "ORDER_NOT_FOUND"),
        (order(buyer_email_sha256="someone else"), "ORDER_NOT_FOUND"),
        (order(lines=(Line(listing="7", amount=1, refunded=0),)), "NOT_IN_ORDER"),
        (order(paid_at=None), "NOT_PAID"),
        (order(paid_at=ASKED - timedelta(days=90, seconds=1)), "TOO_LATE"),
        (order(region="JP"), "REGION"),
        (order(lines=(Line(listing="1005", amount=9, refunded=1),)), "ALREADY_REFUNDED"),
    ],
)
def test_the_order_alone_decides_whether_a_refund_is_possible(given, code):
    assert why_ineligible(given, listing="1005", buyer_email_sha256="me", asked_at=ASKED, terms=TERMS) == code


def test_a_marketplace_may_ask_for_any_of_its_buyers():
    assert why_ineligible(order(), listing="1005", buyer_email_sha256="", asked_at=ASKED, terms=TERMS) == ""


def known(**also):
    return ClaimHistory(
        **{
            "amount": 500_000,
            "account_days": 7,
            "claims": 2,
            "claims_on_seller": 0,
            "declined": 0,
            "young_buyers_on_seller": 4,
        }
        | also
    )


def test_at_its_limits_a_claim_has_no_points():
    assert abuse_parts(known(), ABUSE) == []


@pytest.mark.parametrize(
    ("also", "code", "points"),
    [
        ({"amount": 500_001}, "amount", 100),
        ({"claims": 3}, "claims", 100),
        ({"account_days": 6}, "account_days", 100),
        ({"claims_on_seller": 1}, "claims_on_seller", 50),
        ({"declined": 1}, "declined", 50),
        ({"young_buyers_on_seller": 5}, "young_buyers_on_seller", 100),
    ],
)
def test_each_limit_that_is_passed_is_one_part(also, code, points):
    assert [(part.code, part.points) for part in abuse_parts(known(**also), ABUSE)] == [(code, points)]


def test_the_score_is_the_sum_of_its_parts():
    assert score_of(abuse_parts(known(declined=1, claims_on_seller=3), ABUSE)) == 100
