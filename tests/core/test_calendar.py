"""Business hours, holidays, and the days that two people change between two policies."""

import logging
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from klean.core.events.actors import Actor
from klean.core.events.models import Event
from klean.core.management.policy_checks import check_policies
from klean.core.management.public_holidays import holidays_on_weekdays
from klean.core.policy.actions.calendar import (
    confirm_calendar_change,
    propose_calendar_change,
    withdraw_calendar_change,
)
from klean.core.policy.models import CalendarChange
from klean.core.policy.queries import calendar_at, years_without_holidays
from klean.core.policy.rules import calendar as rules
from klean.core.policy.rules.calendar import Calendar, day_of
from klean.core.rows.refusals import Refused
from tests.fixtures import NOON
from tests.make.policies import FILE, section

SEOUL = ZoneInfo("Asia/Seoul")
ONE, OTHER = Actor("person", "1"), Actor("person", "2")
BRIDGE_DAY = date(2026, 3, 3)
DAY = timedelta(days=1)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=SEOUL)


@pytest.fixture
def calendar():
    return section(Calendar)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-03-03T10:00", 4, "2026-03-03T14:00"),
        ("2026-03-03T17:00", 4, "2026-03-04T12:00"),
        ("2026-03-03T07:00", 9, "2026-03-03T18:00"),
        ("2026-03-06T17:30", 1, "2026-03-09T09:30"),
        ("2026-03-07T12:00", 1, "2026-03-09T10:00"),
        # The first of March was a Sunday: Monday is its substitute.
        ("2026-02-27T18:00", 1, "2026-03-03T10:00"),
        # Seollal, from Saturday to Wednesday.
        ("2026-02-13T17:00", 2, "2026-02-19T10:00"),
        ("2026-03-03T09:00", 24, "2026-03-05T15:00"),
    ],
)
def test_business_hours_pass_on_business_days_alone(calendar, start, hours, end):
    assert calendar.after_hours(at(start), hours) == at(end)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-03-03T10:00", 3, "2026-03-06T18:00"),
        ("2026-03-06T23:00", 3, "2026-03-11T18:00"),
        ("2026-09-22T10:00", 3, "2026-09-29T18:00"),
    ],
)
def test_days_to_answer_are_business_days_and_end_when_the_day_closes(calendar, start, days, end):
    assert calendar.after_days(at(start), days) == at(end)


def test_a_day_is_a_day_of_the_policys_zone(calendar):
    evening = datetime.fromisoformat("2026-03-02T15:30:00+00:00")
    assert day_of(evening, SEOUL) == calendar.day_of(evening) == date(2026, 3, 3)


def test_the_holidays_of_the_policy_are_those_that_the_state_has(calendar):
    years = {day.year for day in calendar.holidays}
    assert sorted(calendar.holidays) == holidays_on_weekdays(years)
    assert {date(2026, 5, 1), date(2026, 7, 17)} <= calendar.holidays


def test_the_list_for_a_policy_is_printed_as_the_file_writes_it(capsys):
    call_command("list_holidays", "2026", "2028")
    assert capsys.readouterr().out in FILE.read_text()


def test_a_clock_that_meets_a_year_without_holidays_says_so_once(calendar, caplog):
    rules._warn_of.cache_clear()
    with caplog.at_level(logging.WARNING):
        for _time in range(2):
            calendar.after_days(at("2028-12-28T10:00"), 3)
    assert [record.getMessage() for record in caplog.records] == [
        "The policy lists no holidays of 2029; all of its weekdays count as business days."
    ]


def test_a_year_without_holidays_is_a_warning_half_a_year_before_it_begins(policy, time_machine):
    assert years_without_holidays(at=at("2028-06-01T00:00")) == []
    assert years_without_holidays(at=at("2028-07-05T00:00")) == [2029]
    assert years_without_holidays(at=at("2029-08-01T00:00")) == [2029, 2030]
    time_machine.move_to(at("2028-08-01T00:00"))
    (warning,) = check_policies(databases=["default"])
    assert "2029" in warning.msg
    assert "list_holidays" in warning.hint


def propose(day=BRIDGE_DAY, *, is_holiday=True, when=NOON, actor=ONE):
    return propose_calendar_change(
        day, is_holiday=is_holiday, reason="Announced in the gazette.", at=when, actor=actor
    )


def refused(code, action):
    before = (Event.objects.count(), list(CalendarChange.objects.values_list()))
    with pytest.raises(Refused) as refusal:
        action()
    assert refusal.value.code == code
    assert (Event.objects.count(), list(CalendarChange.objects.values_list())) == before


def test_a_holiday_at_short_notice_counts_once_a_second_person_has_confirmed_it(policy):
    change = propose()
    start = at("2026-03-02T12:00")
    assert calendar_at(NOON).after_hours(start, 2) == at("2026-03-03T11:00")
    refused("own_proposal", lambda: confirm_calendar_change(change, at=NOON, actor=ONE))

    confirm_calendar_change(change, at=NOON + timedelta(hours=1), actor=OTHER)

    assert BRIDGE_DAY not in calendar_at(NOON).holidays
    after = calendar_at(NOON + timedelta(hours=1))
    assert after.after_hours(start, 2) == at("2026-03-04T11:00")
    assert [
        (event.name, event.actor, event.data["day"])
        for event in Event.objects.filter(name__startswith="core.calendar_change").order_by("id")
    ] == [
        ("core.calendar_change.proposed", "person:1", "2026-03-03"),
        ("core.calendar_change.confirmed", "person:2", "2026-03-03"),
    ]
    change.refresh_from_db()
    assert (change.proposed_by, change.confirmed_by) == ("person:1", "person:2")


def test_a_mistake_is_put_right_the_same_way(policy):
    confirm_calendar_change(propose(), at=NOON, actor=OTHER)
    refused("unchanged", propose)

    again = propose(is_holiday=False, actor=OTHER)
    confirm_calendar_change(again, at=NOON, actor=ONE)

    assert BRIDGE_DAY not in calendar_at(NOON).holidays


def test_a_proposal_is_settled_once(policy):
    change = propose()
    refused("already_waiting", lambda: propose(actor=OTHER))
    withdraw_calendar_change(change, at=NOON, actor=ONE)
    refused("settled", lambda: confirm_calendar_change(change, at=NOON, actor=OTHER))
    refused("settled", lambda: withdraw_calendar_change(change, at=NOON, actor=OTHER))

    assert BRIDGE_DAY not in calendar_at(NOON + DAY).holidays
    assert propose().is_holiday


@pytest.mark.parametrize(
    ("day", "is_holiday", "code"),
    [
        (date(2026, 3, 1), True, "day_over"),
        (date(2026, 3, 7), True, "weekend"),
        (date(2026, 5, 5), True, "unchanged"),
        (date(2026, 3, 4), False, "unchanged"),
    ],
)
def test_what_would_change_nothing_is_refused(policy, day, is_holiday, code):
    refused(code, lambda: propose(day, is_holiday=is_holiday))


def test_the_database_keeps_one_person_from_being_two(policy):
    change = propose()
    with pytest.raises(IntegrityError, match="calendar_change_by_two"), transaction.atomic():
        CalendarChange.objects.filter(pk=change.pk).update(confirmed_at=NOON, confirmed_by="person:1")
