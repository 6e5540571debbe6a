"""The chain of custody: no step is skipped, no entry changed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from klean.core.rows.refusals import Refused
from mystery_shop.actions.custody import HandOver, record_custody
from mystery_shop.models import CustodyEvent, custody_fault
from tests import make
from tests.fixtures import NOON, TESTER

Kind = CustodyEvent.Kind


@pytest.mark.parametrize("kind", [Kind.SEALED, Kind.DISPATCHED, Kind.ARRIVED, Kind.OPENED, Kind.STORED])
def test_no_step_of_the_custody_is_skipped(listing, shopper, kind):
    purchase = make.ordered_purchase(listing, shopper=shopper)
    with pytest.raises(Refused, match="cannot be recorded"):
        record_custody(
            purchase,
            HandOver(
                kind=kind, from_party="a", to_party="b", place="c", happened_at=NOON, seal_number="KL-7"
            ),
            at=NOON,
            actor=TESTER,
        )
    assert not CustodyEvent.objects.exists()


def test_another_seal_number_is_never_an_intact_seal(listing, shopper):
    purchase = make.ordered_purchase(listing, shopper=shopper)
    make.hand_over(purchase, Kind.RECEIVED)
    make.hand_over(purchase, Kind.SEALED)
    other = HandOver(
        kind=Kind.DISPATCHED,
        from_party="a",
        to_party="b",
        place="c",
        happened_at=NOON + timedelta(hours=3),
        seal_number="KL-8",
    )
    with pytest.raises(Refused, match="bears seal KL-7"):
        record_custody(purchase, other, at=NOON + timedelta(hours=4), actor=TESTER)
    assert CustodyEvent.objects.count() == 2


@pytest.mark.parametrize("shift", [timedelta(hours=9), timedelta(hours=-9)])
def test_an_entry_lies_neither_in_the_future_nor_before_the_last(listing, shopper, shift):
    purchase = make.ordered_purchase(listing, shopper=shopper)
    make.hand_over(purchase, Kind.RECEIVED)
    handover = HandOver(
        kind=Kind.SEALED,
        from_party="a",
        to_party="b",
        place="c",
        happened_at=NOON + shift,
        seal_number="KL-7",
    )
    with pytest.raises(Refused, match="This lies"):
        record_custody(purchase, handover, at=NOON + timedelta(hours=1), actor=TESTER)
    assert CustodyEvent.objects.count() == 1


def test_the_database_refuses_to_change_a_custody_entry(listing, shopper):
    purchase = make.ordered_purchase(listing, shopper=shopper)
    entry = make.hand_over(purchase, Kind.RECEIVED)
    changes = [
        {"place": "elsewhere"},
        {"is_seal_intact": False},
        {"hash": ""},
        {"commitments": {}},
        {"recorded_by": ""},
        {"salts": {**entry.salts, "place": "0"}},
        {"salts": {**entry.salts, "more": "0"}},
        {"seal_number": "KL-8"},
    ]
    for change in changes:
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            CustodyEvent.objects.filter(pk=entry.pk).update(**change)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        CustodyEvent.objects.filter(pk=entry.pk).delete()
    entry.refresh_from_db()
    assert custody_fault([entry]) == ""


@pytest.mark.parametrize("name", CustodyEvent.TEXTS)
def test_a_text_of_an_entry_can_only_be_erased_with_its_salt_and_the_chain_stays_whole(
    listing, shopper, name
):
    purchase = make.opened_purchase(listing, shopper=shopper)
    first = purchase.custody.get(number=1)
    CustodyEvent.objects.filter(pk=first.pk).update(**{name: ""})
    assert bool(custody_fault(list(purchase.custody.order_by("number")))) == bool(getattr(first, name))
    salts = {key: salt for key, salt in first.salts.items() if key != name}
    CustodyEvent.objects.filter(pk=first.pk).update(salts=salts)
    assert custody_fault(list(purchase.custody.order_by("number"))) == ""


@pytest.mark.parametrize(
    "change",
    ["place = 'elsewhere'", "happened_at = happened_at + interval '1 second'", "is_seal_intact = false"],
)
def test_an_entry_that_was_changed_past_the_database_is_found(listing, shopper, change):
    purchase = make.opened_purchase(listing, shopper=shopper)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"UPDATE mystery_shop_custodyevent SET {change} WHERE number = 2")
        cursor.execute("SET LOCAL session_replication_role = origin")

    entries = list(purchase.custody.order_by("number"))
    assert custody_fault(entries).startswith("entry 2 was changed after it was sealed")
    assert not make.judged(purchase).is_usable
