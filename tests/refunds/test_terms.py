import pytest

from klean.core.policy.actions import publish_policy_text
from klean.core.policy.models import PolicyVersion
from klean.core.rows.refusals import Refused
from tests.fixtures import NOON, TESTER
from tests.make.policies import faults, line_with, policy_text


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("claim_within_days = 90", "claim_within_days = -1", "claim_within_days: a number above 0 is needed"),
        ('regions = ["KR"]', "regions = []", "regions: at least one entry is needed"),
        ('regions = ["KR"]', 'regions = ["Korea"]', "regions[0]: capital letters"),
        ("hold_from = 100", "hold_from = 1.5", "abuse.hold_from: a whole number is needed"),
        ("declined = { limit = 0, points = 50 }", "declined = 5", "abuse.limits.declined: a table is needed"),
        (
            "amount = { limit = 500_000, points = 100 }",
            "amount = { limit = 1 }",
            "abuse.limits.amount.points: this setting is missing",
        ),
        (
            "examined_percent = 25",
            "examined_percent = 101",
            "returns.examined_percent: a number not above 100",
        ),
        ("ratios = [3, 10, 30]", "ratios = [1]", "signal.ratios[0]: a number above 1.0 is needed"),
        ('words.ko = "가짜처럼 보이거나 느껴져요"\n', "", "reasons[0].words: the words in ko are missing"),
    ],
)
def test_a_fault_of_the_refunds_is_named_with_its_line(before, after, fault):
    text = policy_text((before, after))

    (found,) = faults(text)

    assert f"refunds.{fault}" in found
    if after:
        assert found.startswith(f"line {line_with(after, text)}: ")


def test_a_policy_with_a_fault_is_not_published(db):
    text = policy_text(("claim_within_days = 90", 'claim_within_days = "ninety"'))
    with pytest.raises(Refused, match="claim_within_days: a whole number is needed"):
        publish_policy_text("2026-02", text.encode(), at=NOON, actor=TESTER)
    assert not PolicyVersion.objects.exists()
