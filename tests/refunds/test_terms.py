import copy
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from klean.core.policy.actions import publish_policy
from klean.core.policy.models import PolicyVersion
from klean.core.rows.refusals import Refused
from refunds.rules.terms import faults_of_refunds
from tests.fixtures import NOON, TESTER

OURS = tomllib.loads((Path(settings.BASE_DIR) / "policy" / "2026-01.toml").read_text())


def test_our_own_policy_can_be_worked_with():
    assert faults_of_refunds(OURS["refunds"]) == []


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (("refunds", "claim_within_days"), -1, "[refunds] claim_within_days is no whole number"),
        (("refunds", "regions"), [], "[refunds] regions names no country"),
        (("refunds", "abuse"), 5, "[refunds.abuse] is missing"),
        (("refunds", "abuse", "hold_from"), 1.5, "[refunds.abuse] hold_from is no whole number"),
        (
            ("refunds", "abuse", "amount"),
            {"limit": 1},
            "[refunds.abuse] amount needs a limit and points, both whole numbers",
        ),
    ],
)
def test_a_fault_is_named_by_its_place(path, value, fault):
    policy = copy.deepcopy(OURS)
    place = policy
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert faults_of_refunds(policy["refunds"]) == [fault]


def test_a_policy_with_a_fault_is_not_published(db, tmp_path):
    text = (Path(settings.BASE_DIR) / "policy" / "2026-01.toml").read_text()
    broken = tmp_path / "2026-02.toml"
    broken.write_text(text.replace("claim_within_days = 90", 'claim_within_days = "ninety"'))
    with pytest.raises(Refused, match="claim_within_days is no whole number"):
        publish_policy(broken, at=NOON, actor=TESTER)
    assert not PolicyVersion.objects.exists()
