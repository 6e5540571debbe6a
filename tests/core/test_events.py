import threading

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from klean.core.events.chain import walk_chain
from klean.core.events.models import Event, Outbox
from klean.core.events.record import events_about, record, record_all
from tests.core.bells import ACTOR, NOW, BellRung, bell_shop

PAST_THE_TRIGGERS = (
    "SET LOCAL session_replication_role = replica"  # what only a superuser of the database can do
)


@pytest.fixture
def shop(db):
    return bell_shop()


def seal():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def test_an_event_is_written_with_who_what_and_about_which_row(shop):
    event = record(BellRung(times=3), about=shop, at=timezone.now(), actor=ACTOR)

    event.refresh_from_db()
    assert (event.name, event.actor, event.data) == ("tests.bell.rung", "person:7", {"times": 3})
    assert list(events_about(shop)) == [event]


def test_each_event_holds_the_hash_of_the_one_before(shop):
    record_all([(BellRung(times=n), shop) for n in range(5)], at=timezone.now(), actor=ACTOR)
    seal()

    chain = list(Event.objects.order_by("position"))
    assert [e.position for e in chain] == list(range(1, 6))
    assert [e.previous_hash for e in chain] == ["", *(e.hash for e in chain[:-1])]
    assert walk_chain().fault == ""


def test_an_event_can_be_neither_changed_nor_deleted(shop):
    event = record(BellRung(times=1), about=shop, at=timezone.now(), actor=ACTOR)
    seal()

    for change in (
        lambda: Event.objects.filter(pk=event.pk).update(data={"times": 2}),
        lambda: Event.objects.filter(pk=event.pk).update(hash="0" * 64),
        lambda: Event.objects.filter(pk=event.pk)._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()
    event.refresh_from_db()
    assert event.data == {"times": 1}


def test_a_changed_row_breaks_the_chain_and_is_named(shop, capsys):
    record_all([(BellRung(times=n), shop) for n in range(3)], at=timezone.now(), actor=ACTOR)
    seal()
    with connection.cursor() as cursor:
        cursor.execute(
            f"{PAST_THE_TRIGGERS}; UPDATE core_event SET data = '{{\"times\": 9}}' WHERE position = 2"
        )

    with pytest.raises(SystemExit) as exit_:
        call_command("verify_events")
    assert exit_.value.code == 1
    assert "position 2: its content is not what was hashed" in capsys.readouterr().err


def test_a_missing_row_breaks_the_chain_and_is_named(shop):
    record_all([(BellRung(times=n), shop) for n in range(3)], at=timezone.now(), actor=ACTOR)
    seal()
    Outbox.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(f"{PAST_THE_TRIGGERS}; DELETE FROM core_event WHERE position = 2")

    assert walk_chain().fault.startswith("event at position 3")


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded():
    shop = bell_shop()
    with pytest.raises(RuntimeError, match="in the transaction"):
        record(BellRung(times=1), about=shop, at=timezone.now(), actor=ACTOR)
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_simultaneous_commits_make_one_unbroken_chain():
    shop = bell_shop()
    together = threading.Barrier(4)

    def ring():
        together.wait()
        for n in range(5):
            with transaction.atomic():
                record_all(
                    [(BellRung(times=n), shop), (BellRung(times=-n), shop)], at=timezone.now(), actor=ACTOR
                )
        connection.close()

    threads = [threading.Thread(target=ring) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    walk = walk_chain()
    assert (walk.events, walk.fault) == (40, "")


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("tests.bell.rung", {"times": 3}, "The bell rang 3 times"),
        ("tests.bell.rung", {}, "tests.bell.rung"),
        ("tests.bell.rung", {"times": "many"}, "tests.bell.rung"),
        ("tests.bell.melted", {"times": 3}, "tests.bell.melted"),
        ("tests.bell.stolen", {"by": ""}, "The bell is gone"),
        ("tests.bell.stolen", {"by": "Kim"}, "Kim stole the bell"),
        ("tests.bell.stolen", {}, "tests.bell.stolen"),
    ],
)
def test_every_event_says_its_sentence_or_at_least_its_name(name, data, sentence):
    assert Event(name=name, data=data).sentence == sentence


def test_the_time_of_an_event_is_that_of_the_action(shop):
    assert record(BellRung(times=1), about=shop, at=NOW, actor=ACTOR).at == NOW
