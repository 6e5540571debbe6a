"""A new policy in the middle of a case or of an appeal: what was decided is held to what it was decided under."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings

from enforcement.appeals.actions.appeals import assign_appeal, file_appeal, overturn_appeal
from enforcement.decisions.actions.approvals import approve_decision
from enforcement.decisions.actions.clock import carry_out_due_decisions
from enforcement.decisions.actions.decisions import issue_decision
from enforcement.decisions.actions.rulings import Ruling
from enforcement.decisions.models import Decision
from enforcement.sanctions.models import Measure, Sanction, Violation
from klean.core.events.actors import person as acting
from klean.core.policy.actions.publishing import publish_policy_text
from klean.core.policy.models import PolicyVersion
from klean.core.rows.refusals import Refused
from tests.fixtures import NOON, TESTER
from tests.make.enforcement import MODERATOR, REASONS, SECOND, case, decide, decision, live_listing
from tests.make.sellers import seller

pytestmark = pytest.mark.usefixtures("policy")
POLICY = settings.BASE_DIR / "policy" / "2026-01.toml"
DAY = timedelta(days=1)


def ruling(severity="SERIOUS", **also):
    return Ruling(outcome="INFRINGING", severity=severity, ground="COUNTERFEIT", reasons=REASONS, **also)


def change_policy(at: datetime, *changes: tuple[str, str]) -> PolicyVersion:
    text = POLICY.read_text().replace("2026-01-01T00:00:00+09:00", at.isoformat())
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return publish_policy_text("2026-next", text.encode(), at=NOON, actor=TESTER)


LENIENT = ('{ reached = 1, rung = "SUSPENSION", days = 1 }', '{ reached = 1, rung = "WARNING" }')
BRIEF = ("window_days = 180", "window_days = 2")
HELD_BRIEFLY = ("hold_settlement = 180", "hold_settlement = 3")


def test_a_case_that_was_opened_before_is_decided_under_the_policy_of_the_day():
    asked = case()
    change_policy(NOON + DAY, LENIENT)

    made = decide(asked, at=NOON + 2 * DAY)

    assert made.policy.name == "2026-next"
    assert Sanction.objects.get().rung == "WARNING"


def test_a_decision_that_waits_over_the_change_keeps_its_policy_ladder_and_measures():
    asked = case()
    hold = ruling(actions=("REMOVE_LISTING", "HOLD_SETTLEMENT"))
    made = issue_decision(asked, hold, effective_at=NOON + 2 * DAY, at=NOON, actor=MODERATOR)
    change_policy(NOON + DAY, LENIENT, HELD_BRIEFLY)

    carry_out_due_decisions(at=NOON + 2 * DAY)
    approve_decision(made, at=NOON + 3 * DAY, actor=SECOND)

    made = Decision.objects.get()
    assert (made.policy.name, made.state) == ("2026-01", Decision.State.IN_FORCE)
    assert Sanction.objects.get().rung == "SUSPENSION"
    measure = Measure.objects.get(kind="hold_settlement")
    assert measure.ends_at - measure.starts_at == 180 * DAY


def test_each_violation_stays_under_its_own_ladder_when_later_ones_come_under_another():
    shop = seller()
    decision("SERIOUS", about=live_listing("l-1", by=shop), at=NOON)
    change_policy(
        NOON + DAY,
        LENIENT,
        ('{ reached = 2, rung = "SUSPENSION", days = 7', '{ reached = 2, rung = "SUSPENSION", days = 20'),
    )

    decision("SERIOUS", about=live_listing("l-2", by=shop), at=NOON + 10 * DAY)

    lasted = [row.ends_at - row.starts_at for row in Sanction.objects.order_by("pk")]
    assert lasted == [DAY, 20 * DAY]
    assert list(Violation.objects.order_by("pk").values_list("total", flat=True)) == [1, 2]


@pytest.mark.parametrize(("under", "in_time"), [("2026-01", True), ("2026-next", False)])
def test_the_time_to_appeal_is_that_of_the_policy_of_the_decision(under, in_time):
    if under == "2026-next":
        change_policy(NOON, BRIEF)
        made = decision("GENERAL", at=NOON)
    else:
        made = decision("GENERAL", at=NOON)
        change_policy(NOON + DAY, BRIEF)
    assert made.policy.name == under

    if in_time:
        assert file_appeal(made, grounds="Genuine goods.", at=NOON + 100 * DAY, actor=TESTER).is_open
    else:
        with pytest.raises(Refused, match="2 days"):
            file_appeal(made, grounds="Genuine goods.", at=NOON + 100 * DAY, actor=TESTER)


def test_what_takes_a_decisions_place_on_appeal_counts_under_the_policy_of_the_first(person):
    senior = person("senior")
    made = decision("EXTREME", at=NOON)
    appeal = file_appeal(made, grounds="Genuine goods.", at=NOON, actor=TESTER)
    change_policy(NOON + DAY, LENIENT)
    at = NOON + 2 * DAY

    overturn_appeal(
        assign_appeal(appeal, senior, at=at, actor=TESTER),
        reasons="One strike is enough.",
        ruling=ruling("SERIOUS"),
        at=at,
        actor=acting(senior.pk),
    )

    new = Decision.objects.get(state=Decision.State.IN_FORCE)
    assert (new.policy.name, new.violation.confirmed_at) == ("2026-01", NOON)
    assert Sanction.objects.get(lifted_at=None).rung == "SUSPENSION"
