from datetime import timedelta
from uuid import uuid4

import orjson
import pytest
from django.utils import timezone
from rest_framework.test import APIClient
from standardwebhooks.webhooks import Webhook

from klean.core.webhooks.actions import new_secret
from refunds.actions.payments import pay_due_refunds
from refunds.actions.reconciliation import reconcile_days, reconcile_refunds
from refunds.actions.settlement import check_due_claims
from refunds.gateways.marketplace import GatewayDown
from refunds.models.claims import RefundPayment
from refunds.models.ledger import Posting
from refunds.models.reconciliation import Reconciliation
from tests import make
from tests.fixtures import TESTER

pytestmark = pytest.mark.usefixtures("policy")


def paid(market, count=3):
    for n in range(count):
        make.order(market, f"O-{n:04}", listing=f"l-{n}", buyer=f"b{n}@test.klean", amount=10_000 + n)
        make.claim(f"O-{n:04}", make.offer(f"l-{n}", by=f"s-{n}"), by=make.consumer(f"b{n}@test.klean"))
    check_due_claims(at=timezone.now())
    pay_due_refunds(at=timezone.now())


def compared():
    return reconcile_refunds(timezone.localdate(), at=timezone.now(), actor=TESTER)


def test_a_day_agrees_to_the_won(market):
    paid(market)
    row = compared()
    assert row.is_balanced
    assert (row.our_count, row.our_won, row.their_won, row.booked_won) == (3, 30_003, 30_003, 30_003)


def test_what_was_paid_under_a_lost_answer_is_booked_by_the_comparison(market):
    market.misbehave("payments", "silent", "silent", "silent")
    paid(market)
    assert RefundPayment.objects.filter(state="PAID").count() == 0
    row = compared()
    assert row.is_balanced
    assert (RefundPayment.objects.filter(state="PAID").count(), row.our_won) == (3, 30_003)
    pay_due_refunds(at=timezone.now() + timedelta(days=1))
    assert market.paid_out() == 30_003
    assert Posting.objects.filter(kind="PAID").count() == 3


def test_every_kind_of_difference_is_named_and_compared_again_once_mended(market):
    paid(market)
    here = {str(one.idempotency_key): one for one in RefundPayment.objects.order_by("pk")}
    first, second, *_others = here
    market.refunds[first]["amount"] += 1
    gone = market.refunds.pop(second)
    market.refunds["a stranger's"] = {**gone, "refund": "R999999", "key": "a stranger's", "amount": 5}
    row = compared()
    kinds = {one.key: one.kind for one in row.differences.all()}
    assert kinds == {first: "AMOUNT", second: "UNKNOWN_THERE", "a stranger's": "UNKNOWN_HERE"}
    assert not row.is_balanced

    market.refunds[first]["amount"] -= 1
    market.refunds[second] = gone
    del market.refunds["a stranger's"]
    assert compared().is_balanced
    assert Reconciliation.objects.count() == 1


def test_a_refund_refused_here_and_paid_there_stands_for_a_person(market):
    market.misbehave("payments", "refuse")
    paid(market, 1)
    payment = RefundPayment.objects.get()
    assert payment.state == "FAILED"
    key = str(payment.idempotency_key)
    market.refund(key, {"order": "O-0000", "listing": "l-0", "amount": 10_000, "currency": "KRW"})
    assert [one.kind for one in compared().differences.all()] == ["UNPAID_HERE"]


def test_a_long_day_comes_in_pages(market, monkeypatch):
    monkeypatch.setattr("refunds.gateways.fake_marketplace.state.PAGE_SIZE", 2)
    paid(market, 5)
    assert compared().their_count == 5


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:9"])
def test_a_silent_payment_side_changes_nothing_and_is_asked_next_time(market, settings, url):
    paid(market)
    settings.KLEAN_PAYMENTS_URL = url
    with pytest.raises(GatewayDown):
        compared()
    assert reconcile_days(at=timezone.now(), actor=TESTER) == 0
    assert not Reconciliation.objects.exists()


def test_each_of_the_last_days_is_compared_once(market):
    assert reconcile_days(at=timezone.now(), actor=TESTER) == 7
    assert reconcile_days(at=timezone.now(), actor=TESTER) == 0
    assert reconcile_days(at=timezone.now() + timedelta(days=1), actor=TESTER) == 1


def test_the_desk_sees_it(market, browser_of, person):
    paid(market)
    market.refunds.clear()
    compared()
    page = browser_of(person("moderator")).get("/desk/reconciliations/").content
    assert b"in our records, unknown to the payment provider" in page
    assert browser_of(make.consumer()).get("/desk/reconciliations/").status_code == 403


@pytest.fixture
def payment_side(settings):
    """Signs as the payment side does."""
    settings.KLEAN_PAYMENTS_SECRET = new_secret()

    def report(body, *, secret=settings.KLEAN_PAYMENTS_SECRET, at=None):
        data, at = orjson.dumps(body), at or timezone.now()
        headers = {
            "webhook-id": "msg_1",
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": Webhook(secret).sign("msg_1", at, data.decode()),
        }
        client = APIClient(headers=headers)
        return client.post("/api/v1/refund-callbacks", data, content_type="application/json")

    return report


def instructed(market):
    market.misbehave("payments", "silent")
    paid(market, 1)
    payment = RefundPayment.objects.get()
    assert payment.state == "INSTRUCTED"
    key = str(payment.idempotency_key)
    return {"key": key, "state": "done", "refund": "R000001", "amount": 10_000}


def test_a_callback_books_the_refund_once_however_late_and_often(market, payment_side):
    news = instructed(market)
    assert payment_side(news).status_code == 204
    assert payment_side(news).status_code == 204
    pay_due_refunds(at=timezone.now() + timedelta(days=1))
    assert RefundPayment.objects.get().state == "PAID"
    assert Posting.objects.filter(kind="PAID").count() == 1
    assert market.paid_out() == 10_000


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"amount": 10_001}, 422),
        ({"refund": ""}, 422),
        ({"key": str(uuid4())}, 404),
        ({"key": "no key"}, 422),
        ({"state": "pending"}, 204),
    ],
)
def test_a_callback_that_is_not_our_refund_changes_nothing(market, payment_side, change, status, recorded):
    news = instructed(market)
    before = recorded()
    assert payment_side(news | change).status_code == status
    assert (RefundPayment.objects.get().state, recorded()) == ("INSTRUCTED", before)


def test_a_late_refusal_never_unpays(market, payment_side):
    news = instructed(market)
    payment_side(news)
    assert payment_side({"key": news["key"], "state": "refused", "code": "late"}).status_code == 204
    assert RefundPayment.objects.get().state == "PAID"


def test_only_the_payment_side_is_heard(market, payment_side, settings):
    news = instructed(market)
    stranger = payment_side(news, secret=new_secret())
    old = payment_side(news, at=timezone.now() - timedelta(hours=1))
    settings.KLEAN_PAYMENTS_SECRET = ""
    switched_off = payment_side(news)
    assert [stranger.status_code, old.status_code, switched_off.status_code] == [403, 403, 403]
    assert RefundPayment.objects.get().state == "INSTRUCTED"
