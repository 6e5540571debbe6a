import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from klean.core.access.models import Organisation
from klean.core.events import outbox, subscriptions
from klean.core.events.actors import Actor
from klean.core.events.chain import walk_chain
from klean.core.events.facts import Fact, SentenceByCode
from klean.core.events.models import Event, Outbox, Receipt
from klean.core.events.outbox import deliver_due_events
from klean.core.events.record import events_about, record, record_all
from klean.core.events.subscriptions import on
from klean.core.operations.due_work import LEASE_MARGIN, until_quiet

ACTOR = Actor("person", "7")
NOW = timezone.now()
LEASE = outbox.TIMEOUT + LEASE_MARGIN
PAST_THE_TRIGGERS = (
    "SET LOCAL session_replication_role = replica"  # what only a superuser of the database can do
)


@dataclass(frozen=True, kw_only=True)
class BellRung(Fact):
    name: ClassVar[str] = "tests.bell.rung"
    sentence: ClassVar = "The bell rang %(times)d times"
    times: int


@pytest.fixture
def shop(db):
    return Organisation.objects.create(name="Bell shop", kind="SELLER")


@pytest.fixture
def handlers(monkeypatch):
    """The handlers of this test alone."""
    known: list[subscriptions.Handler] = []
    monkeypatch.setattr(subscriptions, "HANDLERS", known)
    monkeypatch.setattr(outbox, "HANDLERS", known)
    return known


@pytest.fixture
def heard(handlers):
    """What a handler of this test has heard."""
    seen: list[int] = []

    @on(BellRung)
    def a_bell_was_rung(fact: BellRung, event: Event) -> None:
        seen.append(fact.times)

    return seen


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
    shop = Organisation.objects.create(name="Bell shop", kind="SELLER")
    with pytest.raises(RuntimeError, match="in the transaction"):
        record(BellRung(times=1), about=shop, at=timezone.now(), actor=ACTOR)
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_simultaneous_commits_make_one_unbroken_chain():
    shop = Organisation.objects.create(name="Bell shop", kind="SELLER")
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


def test_each_handler_hears_an_event_once(shop, heard):
    record(BellRung(times=3), about=shop, at=timezone.now(), actor=ACTOR)
    until_quiet(deliver_due_events)
    until_quiet(deliver_due_events)

    assert heard == [3]
    assert not Outbox.objects.exists()


def test_a_handler_that_failed_hears_it_again_and_the_others_do_not(shop, heard):
    fails = [True]

    @on(BellRung)
    def a_clumsy_handler(fact: BellRung, event: Event) -> None:
        Organisation.objects.create(name="half done", kind="SELLER")
        if fails:
            raise ValueError("stumbled")

    record(BellRung(times=1), about=shop, at=timezone.now(), actor=ACTOR)
    until_quiet(deliver_due_events)
    assert not Organisation.objects.filter(name="half done").exists()
    assert "stumbled" in Outbox.objects.get().last_error

    fails.clear()
    Outbox.objects.update(due_at=timezone.now())
    until_quiet(deliver_due_events)
    assert heard == [1]
    assert Organisation.objects.filter(name="half done").count() == 1


def test_a_lease_that_a_dead_worker_held_falls_due_again(shop, heard):
    record(BellRung(times=1), about=shop, at=timezone.now(), actor=ACTOR)
    now = timezone.now()
    Outbox.objects.update(due_at=now + LEASE, attempts=1)  # taken by a worker that died

    assert deliver_due_events(at=now) == 0
    assert deliver_due_events(at=now + LEASE) == 1
    assert heard == [1]
    assert Receipt.objects.filter(handler__endswith="a_bell_was_rung").count() == 1


@dataclass(frozen=True, kw_only=True)
class BellStolen(Fact):
    name: ClassVar[str] = "tests.bell.stolen"
    sentence: ClassVar = SentenceByCode("by", {"": "The bell is gone"}, otherwise="%(by)s stole the bell")
    by: str = ""


def written(shop, name, data):
    """An event as another release wrote it."""
    event = Event.objects.create(name=name, subject="tests.bell:1", actor=str(ACTOR), at=NOW, data=data)
    Outbox.objects.create(event=event, due_at=NOW)
    return event


def test_a_handler_that_asks_for_a_list_is_called_once_for_many(shop, handlers):
    calls: list[list[int]] = []

    @on(BellRung, in_batches_of=4)
    def bells_were_rung(rung: Sequence[tuple[BellRung, Event]]) -> None:
        calls.append([fact.times for fact, _event in rung])

    record_all([(BellRung(times=n), shop) for n in range(6)], at=NOW, actor=ACTOR)
    deliver_due_events(at=timezone.now())

    assert calls == [[0, 1, 2, 3], [4, 5]]
    assert (Receipt.objects.count(), Outbox.objects.count()) == (6, 0)


def test_sixty_events_cost_as_many_statements_as_two(shop, handlers):
    @on(in_batches_of=100)
    def anything(happened: Sequence[tuple[Fact, Event]]) -> None:
        pass

    statements = []
    for count in (2, 60):
        record_all([(BellRung(times=n), shop) for n in range(count)], at=NOW, actor=ACTOR)
        with CaptureQueriesContext(connection) as context:
            assert deliver_due_events(at=timezone.now()) == count
        statements.append(len(context))

    assert statements[0] == statements[1]
    assert not Outbox.objects.exists()


def test_one_poisonous_event_does_not_stop_its_neighbours(shop, handlers):
    kept: list[int] = []

    @on(BellRung, in_batches_of=10)
    def bells_were_rung(rung: Sequence[tuple[BellRung, Event]]) -> None:
        for fact, _event in rung:
            Organisation.objects.create(name=f"bell {fact.times}", kind="SELLER")
            if fact.times == 2:
                raise ValueError("cracked")
        kept.extend(fact.times for fact, _event in rung)

    events = record_all([(BellRung(times=n), shop) for n in range(4)], at=NOW, actor=ACTOR)
    until_quiet(deliver_due_events)

    assert kept == [0, 1, 3]
    assert sorted(Organisation.objects.filter(name__startswith="bell").values_list("name", flat=True)) == [
        "bell 0",
        "bell 1",
        "bell 3",
    ]
    failed = Outbox.objects.get()
    assert (failed.event, "cracked" in failed.last_error) == (events[2], True)
    assert Receipt.objects.count() == 3


def test_a_handler_receives_each_of_its_facts_typed_and_every_fact_when_it_names_none(shop, handlers):
    seen: list[Fact] = []

    @on(BellRung, BellStolen)
    def something_about_bells(fact: BellRung | BellStolen, event: Event) -> None:
        seen.append(fact)

    @on()
    def anything(fact: Fact, event: Event) -> None:
        seen.append(fact)

    record_all([(BellRung(times=1), shop), (BellStolen(), shop)], at=NOW, actor=ACTOR)
    until_quiet(deliver_due_events)
    assert seen == [BellRung(times=1), BellStolen(), BellRung(times=1), BellStolen()]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("tests.bell.rung", {}),
        ("tests.bell.rung", {"times": 1, "loudness": 3}),
        ("tests.bell.melted", {"times": 1}),
    ],
)
def test_what_this_release_cannot_read_stays_visible_and_stops_nothing(name, data, shop, heard, caplog):
    everything: list[Fact] = []

    @on()
    def anything(fact: Fact, event: Event) -> None:
        everything.append(fact)

    event = written(shop, name, data)
    record(BellRung(times=5), about=shop, at=NOW, actor=ACTOR)
    until_quiet(deliver_due_events)

    assert heard == [5]
    stuck = Outbox.objects.get()
    assert stuck.event == event
    assert stuck.last_error
    assert stuck.due_at > timezone.now()
    assert f"event {event.pk} cannot be read" in caplog.text
    assert [fact.payload() for fact in everything] == [data, {"times": 5}]


def test_an_event_that_nobody_types_is_not_kept_though_it_cannot_be_read(shop, handlers):
    written(shop, "tests.bell.rung", {})
    until_quiet(deliver_due_events)
    assert not Outbox.objects.exists()


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


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("in_batches_of", [None, 10])
def test_two_workers_with_the_same_events_hand_each_on_once(handlers, in_batches_of):
    seen: list[int] = []
    begun = threading.Event()

    def slowly(fact: BellRung) -> None:
        seen.append(fact.times)
        begun.set()
        time.sleep(0.2)

    if in_batches_of:

        @on(BellRung, in_batches_of=in_batches_of)
        def bells_were_rung(rung: Sequence[tuple[BellRung, Event]]) -> None:
            for fact, _event in rung:
                slowly(fact)
    else:

        @on(BellRung)
        def a_bell_was_rung(fact: BellRung, event: Event) -> None:
            slowly(fact)

    shop = Organisation.objects.create(name="Bell shop", kind="SELLER")
    with transaction.atomic():
        record_all([(BellRung(times=n), shop) for n in range(3)], at=NOW, actor=ACTOR)
    now = timezone.now()

    def work():
        deliver_due_events(at=now)
        connection.close()

    slow = threading.Thread(target=work)
    slow.start()
    begun.wait(10)
    deliver_due_events(at=now + LEASE)  # the slow worker's lease has run out, though it still works
    slow.join()

    assert sorted(seen) == [0, 1, 2]
    assert (Receipt.objects.count(), Outbox.objects.count()) == (3, 0)
