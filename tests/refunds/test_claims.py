import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from klean.core.events.models import Event
from klean.core.mail.deliveries import render_mail
from klean.core.mail.models import Mail
from klean.core.rows.refusals import Refused
from refunds.actions.claims import Claimant, open_claim
from refunds.actions.settlement import check_due_claims
from refunds.models.claims import RefundClaim, RefundPayment
from refunds.models.ledger import LedgerEntry, Posting
from refunds.queries.status import ClaimStatus, status_of
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")
State = RefundClaim.State


def test_a_claim_without_evidence_is_paid_before_any_verdict(market, work, recorded):
    make.order(market)
    claim = make.claim()
    assert status_of(claim) == ClaimStatus.CHECKING
    work()

    claim.refresh_from_db()
    assert (claim.state, claim.amount) == (State.REFUNDED, 129_000)
    assert market.paid_out() == 129_000
    assert recorded() == [
        "refunds.claim.opened",
        "refunds.claim.approved",
        "refunds.refund.paid",
        "refunds.claim.refunded",
        "refunds.parcel.state_changed",
    ]
    keys = list(Mail.objects.order_by("pk").values_list("key", flat=True))
    assert keys == [f"claim:{claim.pk}:{news}" for news in ("opened", "approved", "refunded")]


def test_a_fact_of_a_claim_does_not_name_the_buyer(market, work):
    make.order(market)
    make.claim()
    work()

    for event in Event.objects.filter(name__startswith="refunds."):
        assert all(secret not in str(event.data) for secret in ("jiwoo", "Kim", "B-"))


@pytest.mark.parametrize(
    ("also", "because"),
    [
        ({"buyer": "somebody@else.example"}, "ORDER_NOT_FOUND"),
        ({"listing": "7"}, "NOT_IN_ORDER"),
        ({"region": "JP"}, "REGION"),
        ({"lines": [{"listing": "1005", "amount": 9000, "refunded": 9000}]}, "ALREADY_REFUNDED"),
        ({"paid_at": timezone.now() - timedelta(days=91)}, "TOO_LATE"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_the_order_does_not_allow_is_said_and_not_paid(market, work, also, because):
    make.order(market, **also)
    claim = make.claim()
    work()

    claim.refresh_from_db()
    assert (claim.state, claim.ineligible_because) == (State.INELIGIBLE, because)
    assert not RefundPayment.objects.exists()
    assert not LedgerEntry.objects.exists()
    _subject, body = render_mail(Mail.objects.get(key__endswith="ineligible"))
    assert len(body) > 60


def test_an_order_that_nobody_knows_is_not_refunded(market, work):
    claim = make.claim("O-404")
    work()
    claim.refresh_from_db()
    assert claim.ineligible_because == "ORDER_NOT_FOUND"


def test_after_a_refusal_by_the_order_the_buyer_may_ask_anew(market, work):
    make.order(market)
    market.orders["O-1001"]["paid_at"] = None
    first = make.claim()
    work()
    first.refresh_from_db()
    assert first.ineligible_because == "NOT_PAID"

    make.order(market)
    second = make.claim()
    work()
    second.refresh_from_db()
    assert (second.state, second.pk == first.pk) == (State.REFUNDED, False)


def test_the_window_is_counted_from_the_day_the_buyer_asked(market, work):
    make.order(market, paid_at=NOON - timedelta(days=89))
    claim = make.claim(at=NOON)
    work()
    claim.refresh_from_db()
    assert claim.state == State.REFUNDED


@pytest.mark.parametrize("mode", ["error", "garbage", "huge", "silent", "forbidden"])
def test_a_marketplace_that_does_not_answer_keeps_the_claim_waiting(market, work, mode):
    make.order(market)
    market.misbehave("orders", mode)
    claim = make.claim()
    check_due_claims(at=timezone.now())

    claim.refresh_from_db()
    assert (claim.state, status_of(claim)) == (State.OPENED, ClaimStatus.WAITING)
    assert claim.due_at > timezone.now()
    work(at=claim.due_at)
    claim.refresh_from_db()
    assert claim.state == State.REFUNDED


def test_a_slow_marketplace_is_not_waited_for(market, monkeypatch):
    monkeypatch.setattr("refunds.gateways.marketplace.TIMEOUT_SECONDS", 0.2)
    market.slow_seconds = 1.0
    make.order(market)
    market.misbehave("orders", "slow")
    claim = make.claim()
    check_due_claims(at=timezone.now())

    claim.refresh_from_db()
    assert (claim.state, "did not answer" in claim.last_error) == (State.OPENED, True)


@pytest.mark.parametrize(
    "broken",
    [
        {"paid_at": "yesterday"},
        {"paid_at": "2026-01-01T00:00:00"},
        {"lines": [{"listing": "1005", "amount": 1.5, "refunded": 0}]},
        {"lines": None},
        {"buyer": {}},
        {"lines": [{"listing": "1005", "amount": -5, "refunded": 0}]},
    ],
    ids=str,
)
def test_an_order_that_cannot_be_read_decides_nothing(market, broken):
    make.order(market)
    market.orders["O-1001"].update(broken)
    claim = make.claim()
    check_due_claims(at=timezone.now())

    claim.refresh_from_db()
    assert (claim.state, "cannot be read" in claim.last_error) == (State.OPENED, True)


def test_without_an_order_gateway_nothing_is_approved(settings):
    settings.KLEAN_ORDERS_URL = ""
    claim = make.claim()
    check_due_claims(at=timezone.now())

    claim.refresh_from_db()
    assert (claim.state, status_of(claim)) == (State.OPENED, ClaimStatus.NOT_CONNECTED)
    assert "KLEAN_ORDERS_URL" in claim.last_error
    assert claim.due_at is not None


def test_the_same_question_is_the_same_claim(market, recorded):
    make.order(market)
    by = Claimant.buyer(make.consumer())
    listing = make.offer()
    first, is_new = open_claim("O-1001", listing, by, reason="LOOKS_FAKE", at=NOON, actor=TESTER)
    again, is_new_again = open_claim("O-1001", listing, by, reason="TOLD_FAKE", at=NOON, actor=TESTER)

    assert (first, is_new, is_new_again) == (again, True, False)
    assert recorded() == ["refunds.claim.opened"]


def test_a_buyer_who_tries_order_after_order_is_slowed_down(recorded):
    listing = make.offer()
    for n in range(10):
        make.claim(f"O-{n:04}", listing)
    with pytest.raises(Refused, match="Try again later"):
        make.claim("O-0010", listing)
    assert RefundClaim.objects.count() == len(recorded()) == 10
    assert make.claim("O-0000", listing).order == "O-0000"


def test_a_stranger_cannot_block_or_take_the_buyers_claim(market, work):
    make.order(market)
    stranger = make.claim(by=make.consumer("stranger@test.klean"))
    mine = make.claim()
    work()

    stranger.refresh_from_db()
    mine.refresh_from_db()
    assert (stranger.ineligible_because, mine.state) == ("ORDER_NOT_FOUND", State.REFUNDED)


def test_buyer_and_marketplace_asking_for_one_item_are_paid_once(market, work, machine):
    make.order(market)
    mine = make.claim()
    shop = make.organisation_of(make.holder_person())
    by = Claimant.on_behalf(shop, contact="", language="ko")
    theirs, _ = open_claim("O-1001", make.offer(), by, reason="OTHER", at=timezone.now(), actor=TESTER)
    work()

    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.state, theirs.ineligible_because) == (State.REFUNDED, "ALREADY_CLAIMED")
    assert market.paid_out() == 129_000


@pytest.mark.django_db(transaction=True)
def test_claims_racing_for_one_item_are_one_claim_and_one_payment(market, policy):
    make.order(market)
    buyer, listing = make.consumer(), make.offer()
    seen = []

    def ask():
        claim = make.claim(about=listing, by=buyer)
        check_due_claims(at=timezone.now())
        seen.append(claim.pk)
        connection.close()

    _together(ask, 6)
    check_due_claims(at=timezone.now() + timedelta(minutes=5))
    assert len(set(seen)) == 1
    assert RefundPayment.objects.count() == 1
    assert Posting.objects.count() == 1
    assert Event.objects.filter(name="refunds.claim.approved").count() == 1


def _together(target, count):
    threads = [threading.Thread(target=target) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
