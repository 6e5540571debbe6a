import copy
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from reports.rules.terms import faults_of_reports

OURS = tomllib.loads((Path(settings.BASE_DIR) / "policy" / "2026-01.toml").read_text())


def test_our_own_policy_can_be_worked_with():
    assert faults_of_reports(OURS["reports"]) == []


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (("reports", "listings_per_notice"), "300", "[reports] listings_per_notice is no whole number"),
        (("reports", "reason"), [], "[[reports.reason]] is missing"),
        (
            ("reports", "reason", 0),
            {"code": "X"},
            "[[reports.reason]] number 1 needs code, en, ko, notifiers",
        ),
        (("reports", "reason", 1, "code"), "COUNTERFEIT", "[[reports.reason]] names a code twice"),
    ],
)
def test_a_fault_is_named_by_its_place(path, value, fault):
    policy = copy.deepcopy(OURS)
    place = policy
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert faults_of_reports(policy["reports"]) == [fault]
