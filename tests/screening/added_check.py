"""What `test_adding_a_check.py` runs with the template's check added to the engine."""

from pathlib import Path

import pytest
from django.conf import settings

from klean.core.policy.actions.publishing import publish_policy_text
from klean.core.policy.texts import PolicyFault
from listings.models import Listing
from screening.checks.registry import CHECKS
from screening.model.features import NAMES
from screening.model.score import shipped
from tests import make
from tests.fixtures import NOON, TESTER

POLICY = Path(settings.BASE_DIR, "policy", "2026-01.toml").read_text()
TABLE = "\n[screening.loud_title]\nfrom_marks = 3\n"
RULE = """
[[screening.rules]]
name = "loud_title"
verdict = "review"
needs = [{ kind = "loud_title", at_least = 0.4, count = [5] }]
"""


def publish(text):
    return publish_policy_text("2026-01", text.encode(), at=NOON, actor=TESTER)


@pytest.fixture
def loud_listing(db) -> Listing:
    publish(POLICY + RULE + TABLE)
    return make.listing(title="Canvas tote bag!!!!! natural")


def test_a_policy_says_how_loud_a_title_may_be(db):
    with pytest.raises(PolicyFault, match=r"loud_title"):
        publish(POLICY)
    with pytest.raises(PolicyFault, match=r"from_marks"):
        publish(POLICY + TABLE.replace("3", '"three"'))


def test_the_check_takes_its_place_and_its_feature_weighs_nothing(loud_listing):
    assert [check.name for check in CHECKS][-2:] == ["loud_title", "image_match"]
    assert shipped().weights[NAMES.index("loudness")] == 0
    assert loud_listing.score < 0.03


@pytest.mark.parametrize(
    ("language", "label", "sentence"),
    [
        ("en", "Loud title", "The title has 5 exclamation marks."),
        ("ko", "느낌표가 많은 제목", "제목에 느낌표가 5개 있습니다."),
    ],
)
def test_its_words_stand_on_the_desk_in_both_languages(
    loud_listing, person, browser_of, language, label, sentence
):
    desk = browser_of(person("moderator"))
    case = make.case(loud_listing)
    assert loud_listing.verdict == "review"
    for address in (f"/desk/listings/{loud_listing.external_id}", f"/desk/cases/{case.pk}", "/desk/"):
        page = desk.get(address, headers={"Accept-Language": language}).text
        assert label in page
        assert sentence in page
        assert "<mark>!!!!!" in page
