import pytest

from klean.core.policy.actions.publishing import publish_policy
from klean.core.policy.models import PolicyVersion
from klean.core.rows.refusals import Refused
from tests.fixtures import NOON, TESTER
from tests.make.policies import faults, line_with, policy_text


@pytest.mark.parametrize(
    ("before", "after", "line", "fault"),
    [
        (
            "claim_within_days = 90",
            "claim_within_days = -1",
            "claim_within_days = -1",
            "claim_within_days: a number above 0 is needed",
        ),
        ('regions = ["KR"]', "regions = []", "regions = []", "regions: at least one entry is needed"),
        (
            "hold_from = 100",
            "hold_from = 1.5",
            "hold_from = 1.5",
            "abuse.hold_from: a whole number is needed",
        ),
        (
            "amount = { limit = 500_000, points = 100 }",
            "amount = { limit = 1 }",
            "amount = { limit = 1 }",
            "abuse.limits.amount.points: this setting is missing",
        ),
    ],
)
def test_a_fault_of_the_refunds_is_named_with_its_line(before, after, line, fault):
    text = policy_text((before, after))

    found = faults(text)

    assert found == [f"line {line_with(line, text)}: refunds.{fault}"]


def test_a_policy_with_a_fault_is_not_published(db, tmp_path):
    broken = tmp_path / "2026-02.toml"
    broken.write_text(policy_text(("claim_within_days = 90", 'claim_within_days = "ninety"')))
    with pytest.raises(Refused, match="claim_within_days: a whole number is needed"):
        publish_policy(broken, at=NOON, actor=TESTER)
    assert not PolicyVersion.objects.exists()
