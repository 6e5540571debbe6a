import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from klean.core.events.models import Event
from klean.core.rows.refusals import IllegalStep
from refunds.actions.payments import pay_due_refunds, retry_payment
from refunds.actions.settlement import check_due_claims
from refunds.gateways.fake_marketplace.server import FakeMarketplace
from refunds.gateways.fake_marketplace.state import MODES
from refunds.gateways.payments import instruct_refund
from refunds.models.claims import RefundClaim, RefundPayment
from refunds.models.ledger import Posting
from refunds.queries.status import ClaimStatus, status_of
from tests import make
from tests.fixtures import TESTER

pytestmark = pytest.mark.usefixtures("policy")


def promised(market):
    make.order(market)
    make.claim()
    check_due_claims(at=timezone.now())
    return RefundPayment.objects.select_related("claim").get()


def pay(at=None):
    pay_due_refunds(at=at or timezone.now())
    return RefundPayment.objects.select_related("claim").get()


def paid_facts():
    return Event.objects.filter(name="refunds.refund.paid").count()


@pytest.mark.parametrize(
    "mode", ["error", "garbage", "huge", "silent", "forbidden", "wrong_amount", "pending"]
)
def test_without_a_clear_yes_a_payment_stays_due_and_is_paid_once_in_the_end(market, mode):
    promised(market)
    market.misbehave("payments", mode)
    payment = pay()
    assert (payment.state, bool(payment.last_error)) == ("INSTRUCTED", True)
    assert status_of(payment.claim) == ClaimStatus.PAYMENT_WAITING
    assert paid_facts() == 0

    payment = pay(payment.due_at)
    assert (payment.state, payment.claim.state, payment.due_at) == ("PAID", "REFUNDED", None)
    assert (market.paid_out(), paid_facts()) == (129_000, 1)


@pytest.mark.parametrize("first", MODES)
def test_whatever_goes_wrong_in_whatever_order_one_refund_is_paid(market, monkeypatch, first):
    """Every way of going wrong, one after another from each of them on; a person sends again what was refused."""
    monkeypatch.setattr("refunds.gateways.marketplace.TIMEOUT_SECONDS", 0.15)
    market.slow_seconds = 0.3
    payment, start = promised(market), MODES.index(first)
    market.misbehave("payments", *MODES[start:], *MODES[:start])
    sent = 0
    while payment.state != "PAID":
        if payment.state == "FAILED":
            retry_payment(payment, at=timezone.now(), actor=TESTER)
        payment, sent = pay(timezone.now() + timedelta(days=1 + sent)), sent + 1
        assert sent <= len(MODES) + 1
    pay(timezone.now() + timedelta(days=365))
    assert (market.paid_out(), len(market.refunds), paid_facts()) == (129_000, 1, 1)
    assert Posting.objects.filter(kind="PAID").count() == 1


def test_a_timeout_after_success_does_not_pay_twice(market, monkeypatch):
    monkeypatch.setattr("refunds.gateways.marketplace.TIMEOUT_SECONDS", 0.3)
    market.slow_seconds = 0.8
    promised(market)
    market.misbehave("payments", "slow")
    payment = pay()
    assert (payment.state, market.paid_out()) == ("INSTRUCTED", 129_000)

    payment = pay(payment.due_at)
    assert (payment.state, market.paid_out(), paid_facts()) == ("PAID", 129_000, 1)


def test_a_conflict_over_our_own_refund_is_paid(market):
    promised(market)
    market.misbehave("payments", "conflict")
    payment = pay()
    assert (payment.state, market.paid_out()) == ("PAID", 129_000)


def test_a_refund_that_somebody_else_gave_is_left_to_a_person(market):
    payment = promised(market)
    instruct_refund(key="another key", order="O-1001", listing="1005", amount=129_000)
    payment = pay()

    assert (payment.state, payment.last_error, payment.due_at) == ("FAILED", "already_refunded", None)
    assert payment.claim.state == RefundClaim.State.APPROVED_PROVISIONALLY
    assert market.paid_out() == 129_000


def test_a_refused_payment_is_sent_again_by_a_person_under_the_same_key(market, recorded):
    promised(market)
    market.misbehave("payments", "refuse")
    payment = pay()
    assert (payment.state, payment.last_error) == ("FAILED", "refused_by_bank")

    retry_payment(payment, at=timezone.now(), actor=TESTER)
    again = pay()
    assert (again.state, again.idempotency_key) == ("PAID", payment.idempotency_key)
    assert [name for name in recorded() if ".refund." in name] == [
        "refunds.refund.failed",
        "refunds.refund.retried",
        "refunds.refund.paid",
    ]
    with pytest.raises(IllegalStep):
        retry_payment(again, at=timezone.now(), actor=TESTER)


def test_without_a_payment_gateway_the_promise_waits(market, settings):
    settings.KLEAN_PAYMENTS_URL = ""
    promised(market)
    payment = pay()
    assert (payment.state, "KLEAN_PAYMENTS_URL" in payment.last_error) == ("INSTRUCTED", True)
    assert Posting.objects.get().kind == "APPROVED"


def test_one_payment_that_fails_does_not_stop_the_others(market):
    for n in range(3):
        make.order(market, f"O-{n:04}", listing=f"l-{n}")
        make.claim(f"O-{n:04}", make.offer(f"l-{n}", by=f"s-{n}"))
    check_due_claims(at=timezone.now())
    market.misbehave("payments", "error")
    pay_due_refunds(at=timezone.now())
    assert sorted(RefundPayment.objects.values_list("state", flat=True)) == ["INSTRUCTED", "PAID", "PAID"]


@pytest.mark.django_db(transaction=True)
def test_workers_whose_leases_ran_out_pay_and_book_once(market, policy):
    promised(market)
    late = timezone.now() + timedelta(minutes=10)

    def work(turn):
        pay_due_refunds(at=late + timedelta(minutes=10 * turn))
        connection.close()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pay_due_refunds(at=late + timedelta(days=1))

    assert (market.paid_out(), paid_facts()) == (129_000, 1)
    assert Posting.objects.filter(kind="PAID").count() == 1
    assert RefundPayment.objects.get().state == "PAID"


def test_the_state_of_the_marketplace_outlives_it(tmp_path):
    state = tmp_path / "orders.json"
    from_disk = FakeMarketplace(state=state)
    make.order(from_disk)
    from_disk.server.server_close()

    again = FakeMarketplace(state=state)
    again.server.server_close()
    assert again.orders["O-1001"]["lines"][0]["amount"] == 129_000
