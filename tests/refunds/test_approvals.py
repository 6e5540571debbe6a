import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from klean.core.events.actors import person
from klean.core.mail.deliveries import render_mail
from klean.core.mail.models import Mail
from klean.core.rows.refusals import Conflict, Refused
from refunds.actions.approvals import approve_claim, decline_claim
from refunds.models.claims import RefundClaim, RefundPayment
from refunds.queries.abuse import abuse_reasons
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")

State = RefundClaim.State


def claim_on_hold(market, work, **also):
    make.order(market, **{"amount": 500_001} | also)
    claim = make.claim()
    work()
    claim.refresh_from_db()
    return claim


def test_a_claim_above_the_limit_waits_for_a_person_with_its_parts(market, work):
    claim = claim_on_hold(market, work)

    assert (claim.state, claim.abuse_score) == (State.ABUSE_HOLD, 100)
    assert abuse_reasons(claim) == [("Amount of 500,001 won is above the limit of 500,000 won.", 100)]
    assert not RefundPayment.objects.exists()


def test_a_person_approves_and_it_is_paid(market, work, person):
    claim = claim_on_hold(market, work)
    judge = person("moderator")
    approve_claim(claim, "A regular buyer.", at=timezone.now(), actor=_person(judge))
    work()

    claim.refresh_from_db()
    assert (claim.state, claim.decided_by) == (State.REFUNDED, f"person:{judge.pk}")
    assert market.paid_out() == 500_001


def _person(user):
    return person(user.pk)


def test_a_person_declines_with_reasons_that_the_buyer_reads(market, work, person):
    claim = claim_on_hold(market, work)
    decline_claim(claim, "The account claimed on six orders.", at=NOON, actor=_person(person("moderator")))

    claim.refresh_from_db()
    assert claim.state == State.DECLINED
    _subject, body = render_mail(Mail.objects.get(key__endswith="declined"))
    assert "six orders" in body
    assert make.claim().pk == claim.pk


def test_nobody_declines_without_reasons_and_no_machine_declines_at_all(market, work, person):
    claim = claim_on_hold(market, work)
    for reasons, actor in ((" ", _person(person("moderator"))), ("Why not.", TESTER)):
        with pytest.raises(Refused):
            decline_claim(claim, reasons, at=NOON, actor=actor)
        with pytest.raises(Refused):
            approve_claim(claim, reasons, at=NOON, actor=actor)
    with pytest.raises(Refused, match="someone other than the buyer"):
        approve_claim(claim, "It is mine.", at=NOON, actor=_person(make.consumer()))

    claim.refresh_from_db()
    assert claim.state == State.ABUSE_HOLD
    assert not RefundPayment.objects.exists()


def test_what_is_paid_cannot_be_declined(market, work, person):
    make.order(market)
    claim = make.claim()
    work()
    with pytest.raises(Conflict):
        decline_claim(claim, "Too late.", at=NOON, actor=_person(person("moderator")))


def test_a_new_account_is_held(market, work):
    make.order(market)
    market.orders["O-1001"]["buyer"]["account_opened_on"] = (
        (timezone.now() - timedelta(days=2)).date().isoformat()
    )
    claim = make.claim()
    work()
    claim.refresh_from_db()
    assert (claim.state, [part["code"] for part in claim.abuse_parts]) == (State.ABUSE_HOLD, ["account_days"])


def test_the_fourth_claim_of_a_buyer_is_held(market, work):
    claims = []
    for n in range(4):
        make.order(market, f"O-{n:04}", listing=f"many-{n}")
        claims.append(make.claim(f"O-{n:04}", make.offer(f"many-{n}", by=f"shop-{n}")))
        work()
    states = [RefundClaim.objects.get(pk=claim.pk).state for claim in claims]
    assert states == [State.REFUNDED, State.REFUNDED, State.REFUNDED, State.ABUSE_HOLD]


def test_a_ring_of_new_buyers_on_one_shop_is_held_from_the_limit_on(market, work):
    listing, young = make.offer(), (timezone.now() - timedelta(days=20)).date().isoformat()
    states = []
    for n in range(8):
        email = f"ring-{n}@test.klean"
        make.order(market, f"O-{n:04}", buyer=email)
        market.orders[f"O-{n:04}"]["buyer"]["account_opened_on"] = young
        second = n == 7
        if second:
            make.order(market, "O-again", buyer="ring-0@test.klean")
            market.orders["O-again"]["buyer"]["account_opened_on"] = young
        claim = make.claim(
            "O-again" if second else f"O-{n:04}",
            listing,
            by=make.consumer("ring-0@test.klean" if second else email),
        )
        work()
        claim.refresh_from_db()
        states.append((claim.state, [part["code"] for part in claim.abuse_parts]))
    assert states[4] == (State.REFUNDED, [])
    assert states[5] == (State.ABUSE_HOLD, ["young_buyers_on_seller"])
    assert states[7] == (State.ABUSE_HOLD, ["claims_on_seller", "young_buyers_on_seller"])


@pytest.mark.django_db(transaction=True)
def test_two_moderators_deciding_at_once_decide_once(market, policy, work, person):
    claim = claim_on_hold(market, work)
    judges = [person("moderator"), person("senior")]
    outcomes = []

    def decide(action, judge):
        try:
            action(claim, "As seen.", at=timezone.now(), actor=_person(judge))
            outcomes.append("done")
        except Refused:
            outcomes.append("refused")
        connection.close()

    threads = [
        threading.Thread(target=decide, args=pair)
        for pair in zip((approve_claim, decline_claim), judges, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "refused"]
