import threading
from dataclasses import dataclass
from typing import ClassVar

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from klean.core.access.models import Organisation
from klean.core.events.actors import Actor
from klean.core.events.chain import walk_chain
from klean.core.events.facts import Fact
from klean.core.events.models import Event, Outbox, Receipt
from klean.core.events.outbox import deliver_due_events, on
from klean.core.events.record import events_about, record, record_all
from klean.core.events.record import record as events
from klean.core.operations.due_work import until_quiet

ACTOR = Actor("person", "7")
PAST_THE_TRIGGERS = (
    "SET LOCAL session_replication_role = replica"  # what only a superuser of the database can do
)


@dataclass(frozen=True, kw_only=True)
class BellRung(Fact):
    name: ClassVar[str] = "tests.bell.rung"
    times: int


@pytest.fixture
def shop(db):
    return Organisation.objects.create(name="Bell shop", kind="SELLER")


@pytest.fixture
def heard(monkeypatch):
    """What a handler of this test has heard; it is forgotten after."""
    seen: list[int] = []
    monkeypatch.setitem(events._handlers, BellRung.name, [])

    @on(BellRung)
    def a_bell_was_rung(event: Event) -> None:
        seen.append(event.data["times"])

    return seen


def seal():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def test_an_event_is_written_with_who_what_and_about_which_row(shop):
    event = record(BellRung(times=3), about=shop, actor=ACTOR)

    event.refresh_from_db()
    assert (event.name, event.actor, event.data) == ("tests.bell.rung", "person:7", {"times": 3})
    assert list(events_about(shop)) == [event]


def test_each_event_holds_the_hash_of_the_one_before(shop):
    record_all([(BellRung(times=n), shop) for n in range(5)], actor=ACTOR)
    seal()

    chain = list(Event.objects.order_by("position"))
    assert [e.position for e in chain] == list(range(1, 6))
    assert [e.previous_hash for e in chain] == ["", *(e.hash for e in chain[:-1])]
    assert walk_chain().fault == ""


def test_an_event_can_be_neither_changed_nor_deleted(shop):
    event = record(BellRung(times=1), about=shop, actor=ACTOR)
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
    record_all([(BellRung(times=n), shop) for n in range(3)], actor=ACTOR)
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
    record_all([(BellRung(times=n), shop) for n in range(3)], actor=ACTOR)
    seal()
    Outbox.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(f"{PAST_THE_TRIGGERS}; DELETE FROM core_event WHERE position = 2")

    assert walk_chain().fault.startswith("event at position 3")


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded():
    shop = Organisation.objects.create(name="Bell shop", kind="SELLER")
    with pytest.raises(RuntimeError, match="in the transaction"):
        record(BellRung(times=1), about=shop, actor=ACTOR)
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_simultaneous_commits_make_one_unbroken_chain():
    shop = Organisation.objects.create(name="Bell shop", kind="SELLER")
    together = threading.Barrier(4)

    def ring():
        together.wait()
        for n in range(5):
            with transaction.atomic():
                record_all([(BellRung(times=n), shop), (BellRung(times=-n), shop)], actor=ACTOR)
        connection.close()

    threads = [threading.Thread(target=ring) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    walk = walk_chain()
    assert (walk.events, walk.fault) == (40, "")


def test_each_handler_hears_an_event_once(shop, heard):
    record(BellRung(times=3), about=shop, actor=ACTOR)
    until_quiet(deliver_due_events)
    until_quiet(deliver_due_events)

    assert heard == [3]
    assert not Outbox.objects.exists()


def test_a_handler_that_failed_hears_it_again_and_the_others_do_not(shop, heard):
    fails = [True]

    @on(BellRung)
    def a_clumsy_handler(event: Event) -> None:
        Organisation.objects.create(name="half done", kind="SELLER")
        if fails:
            raise ValueError("stumbled")

    record(BellRung(times=1), about=shop, actor=ACTOR)
    until_quiet(deliver_due_events)
    assert not Organisation.objects.filter(name="half done").exists()
    assert "stumbled" in Outbox.objects.get().last_error

    fails.clear()
    Outbox.objects.update(due_at=timezone.now())
    until_quiet(deliver_due_events)
    assert heard == [1]
    assert Organisation.objects.filter(name="half done").count() == 1


def test_a_lease_that_a_dead_worker_held_falls_due_again(shop, heard):
    record(BellRung(times=1), about=shop, actor=ACTOR)
    now = timezone.now()
    events.take_due(Outbox, at=now, lease=events.LEASE, limit=10)

    assert deliver_due_events(at=now) == 0
    assert deliver_due_events(at=now + events.LEASE) == 1
    assert heard == [1]
    assert Receipt.objects.filter(handler__endswith="a_bell_was_rung").count() == 1
