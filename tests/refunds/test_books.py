import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from django.utils import timezone

from refunds.actions.recovery import recover_refunds, release_recovery
from refunds.models.ledger import LedgerEntry, Posting, Recovery
from refunds.queries.books import owed_by
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")


def balances():
    rows = LedgerEntry.objects.values_list("account").annotate(total=Sum("amount"))
    return {account: total for account, total in rows if total}


def settle():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def paid(market, work, number="O-1001", **also):
    make.order(market, number, **also)
    claim = make.claim(number, by=make.consumer(also.get("buyer", "jiwoo@test.klean")))
    work()
    return claim


def test_a_refund_costs_the_fund_and_nobody_is_owed_any_more(market, work):
    paid(market, work)
    assert balances() == {"FUND": -129_000, "PAID_OUT": 129_000}
    settle()


def test_a_confirmed_fake_is_charged_to_its_seller_once(market, work, recorded):
    claim = paid(market, work)
    assert recover_refunds(claim.listing, at=NOON, actor=TESTER) == 1
    assert recover_refunds(claim.listing, at=NOON, actor=TESTER) == 0

    assert balances() == {"SELLER": -129_000, "PAID_OUT": 129_000}
    assert owed_by(claim.seller) == 129_000
    assert recorded().count("refunds.refund.recovered") == 1
    settle()


def test_refunds_that_follow_a_confirmed_fake_are_charged_too(market, work):
    listing = make.offer()
    recover_refunds(listing, at=NOON, actor=TESTER)
    assert owed_by(listing.seller) == 0
    paid(market, work)
    assert owed_by(listing.seller) == 129_000


def test_an_overturned_decision_takes_every_charge_back(market, work, recorded):
    claim = paid(market, work)
    recover_refunds(claim.listing, at=NOON, actor=TESTER)
    assert release_recovery(claim.listing, at=NOON, actor=TESTER) == 1
    assert release_recovery(claim.listing, at=NOON, actor=TESTER) == 0

    assert owed_by(claim.seller) == 0
    assert balances() == {"FUND": -129_000, "PAID_OUT": 129_000}
    assert recorded().count("refunds.recovery.reversed") == 1
    assert not Recovery.objects.filter(released_at=None).exists()


def test_confirmed_overturned_and_confirmed_again_is_charged_again(market, work):
    claim = paid(market, work)
    for _ in range(2):
        recover_refunds(claim.listing, at=NOON, actor=TESTER)
        release_recovery(claim.listing, at=NOON, actor=TESTER)
    recover_refunds(claim.listing, at=NOON, actor=TESTER)
    assert owed_by(claim.seller) == 129_000
    settle()


def test_releasing_what_was_never_charged_says_nothing(recorded):
    assert release_recovery(make.offer(), at=NOON, actor=TESTER) == 0
    assert recorded() == []


def test_many_refunds_are_charged_in_a_handful_of_statements(market, work, django_assert_max_num_queries):
    for n in range(12):
        paid(market, work, f"O-{n:04}", buyer=f"b{n}@test.klean")
    listing = make.offer()
    with django_assert_max_num_queries(14):
        assert recover_refunds(listing, at=NOON, actor=TESTER) == 12


@transaction.atomic
def post_unbalanced(claim, amounts):
    made = Posting.objects.create(claim=claim, kind="RECOVERED", actor="system:tests", at=NOON)
    for amount in amounts:
        LedgerEntry.objects.create(posting=made, account="FUND", amount=amount)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("amounts", [(), (100,), (100, -99)], ids=str)
def test_the_database_refuses_a_posting_that_does_not_balance(policy, amounts):
    claim = make.claim()
    with pytest.raises(IntegrityError, match="does not balance"):
        post_unbalanced(claim, amounts)
    assert not Posting.objects.exists()


def test_the_database_refuses_to_promise_or_pay_twice(market, work):
    claim = paid(market, work)
    for kind in ("APPROVED", "PAID"):
        with pytest.raises(IntegrityError, match="promised_once"), transaction.atomic():
            Posting.objects.create(claim=claim, kind=kind, actor="system:tests", at=timezone.now())


def test_no_line_of_the_books_is_changed_or_struck_out(market, work):
    paid(market, work)
    settle()
    for change in (
        lambda: LedgerEntry.objects.update(amount=1),
        lambda: LedgerEntry.objects.all()._raw_delete("default"),
        lambda: Posting.objects.update(kind="PAID"),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()
