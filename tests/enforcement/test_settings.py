"""What a policy may not say in [cases], [appeals] and [ladder]: refused before it is published, with the line."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from enforcement.models import Decision, Measure
from enforcement.rules.settings import cases_in
from klean.core.models import Event, PolicyVersion
from klean.core.policy import publish_policy_text
from klean.core.refusals import Refused
from tests.fixtures import NOON, TESTER
from tests.make.enforcement import decision, live_listing
from tests.make.sellers import seller

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
POLICY = Path(settings.BASE_DIR) / "policy" / "2026-01.toml"


def changed(before: str, after: str) -> bytes:
    text = POLICY.read_text()
    assert text.count(before) >= 1
    return text.replace(before, after, 1).encode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "after", "where", "words"),
    [
        (
            "window_days = 180\nanswer",
            "window_days = 0\nanswer",
            "window_days = 0",
            "appeals.window_days: a whole",
        ),
        ("window_days = 180\nanswer", "answer", "[appeals]", "appeals.window_days: a whole number above 0"),
        ("claim_minutes = 10", 'claim_minutes = "ten"', "claim_minutes", "cases.claim_minutes: a whole"),
        ("undo_seconds = 8", "undo_secs = 8", "[cases]", "cases.undo_secs: unknown setting"),
        ("second_review_percent = 5", "second_review_percent = 101", "second_review_percent", "at most 100"),
        (
            'later_sisters = "sister',
            'later_sisters = "brother',
            "later_sisters",
            "cases.later_sisters: empty, or",
        ),
        ('rungs = ["SUSPENSION"', 'rungs = ["BAN"', "rungs = ", "cases.approval.rungs: a list of some of"),
        (
            "funds_frozen = 180",
            "funds_frozen = 0",
            "funds_frozen",
            "cases.measure_days.funds_frozen: a whole",
        ),
        (
            "answers_in_business_hours = true",
            'answers_in_business_hours = "yes"',
            "answers_in",
            "true or false",
        ),
        ("SCREENING = 18", "SCREENS = 48", "SCREENS", "cases.answer_hours.SCREENS: unknown setting"),
        ("soon_hours = 2", "soon_hours = 4", "soon_hours", "cases.priority.soon_hours: 4 is not below 4"),
        ("overdue = 40", "overdue = 4", "overdue = 4", "cases.priority.overdue: 4 is less than 20"),
        (
            "{ reached = 6, rung",
            "{ reached = 2, rung",
            'reached = 2, rung = "REST',
            "steps[1].reached: 2 is not above 2",
        ),
        (
            'rung = "RESTRICTION", days = 3',
            'rung = "BAN", days = 3',
            '"BAN"',
            "steps[1].rung: one of WARNING",
        ),
    ],
)
def test_a_policy_that_contradicts_itself_is_refused_with_the_line(before, after, where, words):
    text = changed(before, after)
    lines = text.decode().splitlines()
    number = next(place for place, line in enumerate(lines, 1) if where in line)

    with pytest.raises(Refused) as refusal:
        publish_policy_text("broken", text, at=NOON, actor=TESTER)

    assert f"line {number}: " in str(refusal.value)
    assert words in str(refusal.value)
    assert not PolicyVersion.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.usefixtures("policy")
def test_a_measure_lasts_as_the_policy_says_and_never_shorter_than_its_sanction():
    shop = seller()
    for day in range(3):
        decision("SERIOUS", about=live_listing(f"l-{day}", by=shop), at=NOON + 10 * day * DAY)

    lasting = {
        (row.sanction.rung, row.kind): row.ends_at and row.ends_at - row.starts_at
        for row in Measure.objects.select_related("sanction")
    }
    assert lasting[("SUSPENSION", "deposit")] == 7 * DAY
    assert lasting[("CLOSURE", "funds_frozen")] == 180 * DAY
    assert lasting[("CLOSURE", "no_new_store")] is None


@pytest.mark.usefixtures("policy")
def test_a_policy_is_read_once_into_what_its_sections_mean():
    read = cases_in(Decision(policy=PolicyVersion.objects.get()).policy.body)

    assert (read.claim, read.undo.seconds, read.approval.money_from) == (MINUTE * 10, 8, 1_000_000)
    assert read.weights.answer["AUTHORITY"] == 4 * 60 * MINUTE
