from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from klean.core.policy.queries import policy_at
from klean.core.policy.rules.calendar import Calendar, faults_of_calendar
from reports.models.notices import Notice
from reports.queries.notices import answer_by, clocks_kept
from tests import make
from tests.fixtures import NOON

SEOUL = ZoneInfo("Asia/Seoul")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=SEOUL)


@pytest.fixture
def calendar(policy):
    return policy[Calendar]


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


def test_who_reports_in_good_faith_is_answered_first(policy):
    start = at("2026-03-03T09:00")
    assert answer_by("RIGHTS_HOLDER", "STANDARD", at=start) == at("2026-03-05T15:00")
    assert answer_by("RIGHTS_HOLDER", "ADMITTED", at=start) == at("2026-03-03T17:00")
    assert answer_by("AUTHORITY", "ADMITTED", at=start) == at("2026-03-03T13:00")


def test_a_notice_carries_its_clock(policy):
    make.notice(at=at("2026-03-03T09:00"))
    assert Notice.objects.get().answer_by == at("2026-03-04T18:00")


def test_the_desk_sees_what_is_overdue(policy, browser_of, person):
    notice = make.notice(at=NOON)
    page = browser_of(person("moderator")).get("/desk/clocks/").content.decode()
    assert f'href="/desk/notices/{notice.pk}"' in page
    assert clocks_kept(since=NOON, at=NOON) == []


@pytest.mark.parametrize(
    "section",
    [
        None,
        {},
        {"zone": "Mars", "opens": 9, "closes": 18, "holidays": ["2026-01-01"]},
        {"zone": "Asia/Seoul", "opens": 19, "closes": 18, "holidays": ["2026-01-01"]},
        {"zone": "Asia/Seoul", "opens": 9, "closes": 18, "holidays": ["1 January"]},
    ],
)
def test_a_calendar_that_cannot_be_worked_with_is_named(section):
    assert faults_of_calendar(section)


def test_the_calendar_in_force_has_no_fault(policy):
    assert faults_of_calendar(policy_at(NOON).section("calendar")) == []
