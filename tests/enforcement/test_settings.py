"""What a policy may not say in [cases], [appeals] and [ladder]: refused before it is published, with the line."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from enforcement.cases.rules.policy import Cases
from enforcement.decisions.models import Decision
from enforcement.decisions.rules.policy import Decisions
from enforcement.sanctions.models import Measure
from klean.core.events.models import Event
from klean.core.policy.actions.publishing import publish_policy_text
from klean.core.policy.models import PolicyVersion
from klean.core.rows.refusals import Refused
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
            "appeals.window_days: a number above 0",
        ),
        ("window_days = 180\nanswer", "answer", "[appeals]", "appeals.window_days: this setting is missing"),
        (
            "assignment_minutes = 10",
            'assignment_minutes = "ten"',
            "assignment_minutes",
            "cases.assignment_minutes: a whole",
        ),
        ("undo_seconds = 8", "undo_secs = 8", "[decisions]", "decisions.undo_secs: unknown setting"),
        (
            "second_review_percent = 5",
            "second_review_percent = 101",
            "second_review_percent",
            "not above 100",
        ),
        (
            'later_sisters = "sister',
            'later_sisters = "brother',
            "later_sisters",
            "sanctions.later_sisters: one of",
        ),
        ('rungs = ["SUSPENSION"', 'rungs = ["BAN"', "rungs = ", "decisions.approval.rungs[0]: one of"),
        (
            "funds_frozen = 180",
            "funds_frozen = 0",
            "funds_frozen",
            "sanctions.measure_days.funds_frozen: a number above 0",
        ),
        (
            "answers_in_business_hours = true",
            'answers_in_business_hours = "yes"',
            "answers_in",
            "true or false",
        ),
        ("SCREENING = 18", "SCREENS = 48", "SCREENS", "cases.answer_hours.SCREENS: unknown setting"),
        (
            "soon_hours = 2",
            "soon_hours = 4",
            "soon_hours",
            "cases.priority.soon_hours: 4 must be less than 4",
        ),
        ("overdue = 40", "overdue = 4", "overdue = 4", "cases.priority.overdue: 4 must be at least 20"),
        (
            "{ reached = 6, rung",
            "{ reached = 2, rung",
            'reached = 2, rung = "REST',
            "steps[1].reached: 2 must be more than 2",
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
    policy = Decision(policy=PolicyVersion.objects.get()).policy

    assert policy[Cases].assignment == MINUTE * 10
    assert (policy[Decisions].undo.seconds, policy[Decisions].approval.money_from) == (8, 1_000_000)
    assert policy[Cases].answer_hours["AUTHORITY"] == 4
    assert policy[Cases] is policy[Cases]
