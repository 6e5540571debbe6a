import pytest

from klean.core.access.references import new_reference
from reports.rules.notices import NoticeElements, missing_elements
from reports.rules.policy import Reports
from tests.make.policies import section

REPORTS = section(Reports)


def notice(**also):
    return NoticeElements(
        **{
            "notifier_type": "RIGHTS_HOLDER",
            "listings": 300,
            "reason": "COUNTERFEIT",
            "explanation": "x" * 30,
            "has_right": True,
            "good_faith": True,
        }
        | also
    )


@pytest.mark.parametrize(
    ("also", "missing"),
    [
        ({}, {}),
        ({"listings": 0}, {"listings": "none"}),
        ({"listings": 301}, {"listings": "too_many"}),
        ({"reason": "ENVY"}, {"reason": "unknown"}),
        ({"has_right": False}, {"right": "missing"}),
        ({"explanation": " " * 40}, {"explanation": "too_short"}),
        ({"explanation": "x" * 5001}, {"explanation": "too_long"}),
        ({"good_faith": False}, {"good_faith": "missing"}),
        ({"notifier_type": "CONSUMER", "explanation": "", "has_right": False, "good_faith": False}, {}),
    ],
)
def test_a_notice_owes_the_elements_of_article_16(also, missing):
    assert missing_elements(notice(**also), REPORTS) == missing


def test_a_reference_holds_a_hundred_random_bits():
    references = {new_reference() for _ in range(1000)}

    assert len(references) == 1000
    assert {len(reference.replace("-", "")) for reference in references} == {20}
    assert len(set("".join(references)) - {"-"}) == 32
