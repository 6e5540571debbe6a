"""Work that PostgreSQL remembers: nothing is lost, done twice or stuck, whatever a row does to its worker."""

from datetime import UTC, datetime, timedelta

import pytest

from klean.core.mail.models import Mail
from klean.core.operations import stopping
from klean.core.operations.due_work import (
    MAX_ATTEMPTS,
    MAX_ATTEMPTS_TOGETHER,
    MAX_WAIT,
    NotYet,
    take_due,
    work_off,
    work_off_together,
)

NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def mails(db):
    """Three due rows: any table of work would do."""
    return [
        Mail.objects.create(
            key=f"k{number}", to=f"{number}@example.com", language="ko", template="x", due_at=NOON
        )
        for number in range(3)
    ]


@pytest.fixture
def stop():
    yield stopping.ask_to_stop
    stopping._flag[0] = 0


def run(work, *, at=NOON, batch=10):
    return work_off(Mail, work, at=at, batch=batch, timeout=timedelta(seconds=1))


def row(mail):
    return Mail.objects.get(pk=mail.pk)


def test_what_the_work_leaves_as_it_found_it_is_done(mails):
    done = []

    assert run(lambda mail: done.append(mail.pk)) == 3

    assert done == [mail.pk for mail in mails]
    assert not Mail.objects.exclude(due_at=None).exists()
    assert run(lambda mail: done.append(mail.pk), at=NOON + MAX_WAIT) == 0


def test_a_row_that_the_work_makes_due_again_begins_anew(mails):
    Mail.objects.update(attempts=1, waits=3, last_error="before")

    run(lambda mail: Mail.objects.filter(pk=mail.pk).update(due_at=NOON + MINUTE))

    again = row(mails[0])
    assert (again.due_at, again.attempts, again.waits, again.last_error) == (NOON + MINUTE, 0, 0, "")


@pytest.mark.parametrize("poisoned", [0, 1, 2])
def test_a_row_that_raises_keeps_its_error_and_its_neighbours_go_on(mails, poisoned):
    def work(mail):
        if mail.pk == mails[poisoned].pk:
            raise ValueError("no such thing")

    run(work)

    bad = row(mails[poisoned])
    assert (bad.attempts, bad.last_error) == (1, "ValueError('no such thing')")
    assert bad.due_at > NOON
    assert Mail.objects.filter(due_at=None).count() == 2


def test_the_last_attempt_is_final_and_can_be_found(mails):
    at = NOON

    def work(mail):
        if mail.pk == mails[0].pk:
            raise ValueError("poison")

    for _ in range(MAX_ATTEMPTS):
        run(work, at=at)
        at += MAX_WAIT

    given_up = row(mails[0])
    assert (given_up.due_at, given_up.failed_at, given_up.attempts) == (None, at - MAX_WAIT, MAX_ATTEMPTS)
    assert run(work, at=at + MAX_WAIT) == 0


def test_what_is_not_ready_waits_longer_each_time_and_is_never_given_up(mails):
    def work(mail):
        raise NotYet("the payment side does not answer")

    at, waits = NOON, []
    for _ in range(MAX_ATTEMPTS + 5):
        run(work, at=at)
        waits.append(row(mails[0]).due_at - at)
        at += MAX_WAIT

    waiting = row(mails[0])
    assert (waiting.attempts, waiting.failed_at) == (0, None)
    assert waiting.last_error == "the payment side does not answer"
    assert waits[:3] == [timedelta(seconds=5), timedelta(seconds=10), timedelta(seconds=20)]
    assert waits[-1] == MAX_WAIT


def test_a_row_that_kills_its_workers_is_tried_alone_and_given_up_alone(mails):
    killer = mails[1]
    done = []

    def die(at):
        """A worker takes what is due and is killed before it writes anything down."""
        return [mail.pk for mail in take_due(Mail, at=at, until=at + MINUTE, limit=10)]

    at = NOON
    for _ in range(MAX_ATTEMPTS_TOGETHER):
        assert len(die(at)) == 3
        at += MINUTE
    for _ in range(100):
        taken = die(at)
        assert len(taken) <= 1, "nobody shares the fate of a suspect"
        if taken and taken[0] != killer.pk:
            Mail.objects.filter(pk=taken[0]).update(due_at=None)
            done.append(taken[0])
        at += MINUTE

    assert sorted(done) == [mails[0].pk, mails[2].pk]
    assert (row(killer).attempts, row(killer).due_at) == (MAX_ATTEMPTS, None)
    assert row(killer).failed_at is not None


def test_a_worker_that_is_asked_to_stop_gives_back_what_it_has_not_begun(mails, stop):
    done = []

    def work(mail):
        done.append(mail.pk)
        stop()

    assert run(work) == 3

    assert done == [mails[0].pk]
    assert row(mails[0]).due_at is None
    for mail in mails[1:]:
        assert (row(mail).due_at, row(mail).attempts) == (NOON, 0)


def test_work_that_fails_together_is_tried_one_by_one(mails):
    calls = []

    def work(rows):
        calls.append(len(rows))
        if mails[2] in rows:
            raise ValueError("one of them")
        return {}

    work_off_together(Mail, work, at=NOON, batch=10, timeout=MINUTE)

    assert calls == [3, 1, 1, 1]
    assert Mail.objects.filter(due_at=None).count() == 2
    assert row(mails[2]).last_error == "ValueError('one of them')"
