import threading
import time
from collections.abc import Sequence

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from klean.core.access.models import Organisation
from klean.core.events import outbox, subscriptions
from klean.core.events.facts import Fact
from klean.core.events.models import Event, Outbox, Receipt
from klean.core.events.outbox import deliver_due_events
from klean.core.events.record import record, record_all
from klean.core.events.subscriptions import on
from klean.core.operations.due_work import LEASE_MARGIN, until_quiet
from tests.core.bells import ACTOR, NOW, BellRung, BellStolen, bell_shop

LEASE = outbox.TIMEOUT + LEASE_MARGIN


@pytest.fixture
def shop(db):
    return bell_shop()


@pytest.fixture
def handlers(monkeypatch):
    """The handlers of this test alone."""
    known: list[subscriptions.Handler] = []
    monkeypatch.setattr(subscriptions, "HANDLERS", known)
    monkeypatch.setattr(outbox, "HANDLERS", known)
    return known


@pytest.fixture
def rings(handlers):
    """What a handler of this test has heard."""
    seen: list[int] = []

    @on(BellRung)
    def a_bell_was_rung(fact: BellRung, event: Event) -> None:
        seen.append(fact.times)

    return seen


def test_each_handler_hears_an_event_once(shop, rings):
    record(BellRung(times=3), about=shop, at=timezone.now(), actor=ACTOR)
    until_quiet(deliver_due_events)
    until_quiet(deliver_due_events)

    assert rings == [3]
    assert not Outbox.objects.exists()


def test_a_handler_that_failed_hears_it_again_and_the_others_do_not(shop, rings):
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
    assert rings == [1]
    assert Organisation.objects.filter(name="half done").count() == 1


def test_a_lease_that_a_dead_worker_held_falls_due_again(shop, rings):
    record(BellRung(times=1), about=shop, at=timezone.now(), actor=ACTOR)
    now = timezone.now()
    Outbox.objects.update(due_at=now + LEASE, attempts=1)  # taken by a worker that died

    assert deliver_due_events(at=now) == 0
    assert deliver_due_events(at=now + LEASE) == 1
    assert rings == [1]
    assert Receipt.objects.filter(handler__endswith="a_bell_was_rung").count() == 1


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
def test_what_this_release_cannot_read_stays_visible_and_stops_nothing(name, data, shop, rings, caplog):
    everything: list[Fact] = []

    @on()
    def anything(fact: Fact, event: Event) -> None:
        everything.append(fact)

    event = written(shop, name, data)
    record(BellRung(times=5), about=shop, at=NOW, actor=ACTOR)
    until_quiet(deliver_due_events)

    assert rings == [5]
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

    shop = bell_shop()
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
