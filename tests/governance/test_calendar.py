"""The page of the business calendar: who proposes, who confirms, what it warns of."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from klean.core.policy.models import CalendarChange
from klean.core.policy.queries import calendar_at
from klean.core.policy.rules.calendar import SATURDAY

pytestmark = pytest.mark.usefixtures("policy")
PAGE = "/governance/calendar"


def coming_workday() -> date:
    day = timezone.localdate() + timedelta(days=20)
    while day.weekday() >= SATURDAY or day in calendar_at(timezone.now()).holidays:
        day += timedelta(days=1)
    return day


def test_one_proposes_a_second_confirms_and_the_calendar_has_it(person, browser_of):
    first = browser_of(person("governance", name="first"))
    second = browser_of(person("governance", name="second"))
    day = coming_workday()
    asked = {"day": day.isoformat(), "becomes": "holiday", "reason": "Temporary holiday, gazette 21345."}

    assert first.post(PAGE, asked).status_code == 302
    change = CalendarChange.objects.get()
    confirm = reverse("governance:calendar_confirmations", args=[change.pk])
    assert confirm not in first.get(PAGE).text
    assert first.post(confirm).status_code == 409
    assert confirm in second.get(PAGE).text
    assert second.post(confirm).status_code == 302

    assert day in calendar_at(timezone.now()).holidays
    assert "gazette 21345" in first.get(PAGE).text


def test_a_proposal_is_withdrawn_and_a_pointless_one_refused_on_the_page(person, browser_of):
    desk = browser_of(person("governance"))
    day = coming_workday()
    assert (
        desk.post(PAGE, {"day": day.isoformat(), "becomes": "working_day", "reason": "r"}).status_code == 409
    )
    assert desk.post(PAGE, {"day": "tomorrow", "becomes": "holiday", "reason": ""}).status_code == 422
    assert not CalendarChange.objects.exists()
    desk.post(PAGE, {"day": day.isoformat(), "becomes": "holiday", "reason": "r"})
    change = CalendarChange.objects.get()
    assert desk.post(reverse("governance:calendar_withdrawals", args=[change.pk])).status_code == 302
    assert day not in calendar_at(timezone.now()).holidays


@pytest.mark.parametrize(
    ("language", "words"), [("en", "lists no holidays of 2029"), ("ko", "2029년 공휴일")]
)
def test_governance_is_warned_of_a_year_without_holidays(person, browser_of, time_machine, language, words):
    time_machine.move_to("2028-08-01T03:00:00+00:00")
    desk = browser_of(person("governance"))
    for page in ("/governance/", PAGE):
        assert words in desk.get(page, headers={"accept-language": language}).text


def test_the_calendar_is_for_governance_alone(person, browser_of):
    assert browser_of(person("moderator")).get(PAGE).status_code == 403
