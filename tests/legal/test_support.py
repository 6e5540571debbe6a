import pytest
from django.test import Client

from klean.core.mail.models import Mail
from klean.core.rows.refusals import Refused
from legal.actions.support import Asking, ask_for_support, decline_support, grant_support
from legal.models import SupportApplication
from legal.queries.support import granted_of
from legal.rules.policy import Legal
from legal.rules.support import points_of
from mystery_shop.models import Fund
from tests import make
from tests.fixtures import NOON, TESTER
from tests.make.policies import faults, line_with, policy_text

ASKING = Asking("달빛 공방", "DESIGNER", "UNREGISTERED", 30_000_000, "가방 디자인을 베꼈습니다.", 3_000_000)


@pytest.fixture
def fund(policy):
    return make.fund(4_000_000, purpose=Fund.Purpose.LEGAL_SUPPORT)


@pytest.fixture
def designer(person):
    return person("consumer", name="designer")


def ask(user, **also):
    asking = Asking(**{**{name: getattr(ASKING, name) for name in Asking.__slots__}, **also})
    return ask_for_support(user, asking, at=NOON, actor=make.person(user.pk))


def test_points_follow_from_the_published_criteria_and_are_kept_part_by_part(fund, designer):
    application = ask(designer)
    assert application.points == 40 + 15 + 30
    assert [part["points"] for part in application.parts] == [40, 15, 30]


@pytest.mark.parametrize(("revenue", "points"), [(0, 30), (120_000_000, 30), (120_000_001, 20), (10**12, 0)])
def test_a_revenue_counts_by_its_band(policy, revenue, points):
    terms = policy[Legal].support
    assert points_of("LARGER", "none", revenue, terms)[2].points == points


def test_a_policy_without_a_criterion_is_not_published():
    revenue = policy_text().partition("revenue = [")[2].partition("]\n")[0]
    text = policy_text((f"revenue = [{revenue}]\n", ""), ("MICRO = 40, ", ""))

    assert faults(text) == [
        f"line {line_with('[legal.support]', text)}: legal.support.revenue: this setting is missing",
        f"line {line_with('size = {', text)}: legal.support.size.MICRO: this setting is missing",
    ]


def test_a_grant_is_paid_from_the_fund_and_told(fund, designer):
    application = ask(designer)
    grant_support(application, 2_500_000, "Clear copy.", at=NOON, actor=TESTER)
    assert (application.state, granted_of(fund)) == ("GRANTED", 2_500_000)
    assert Mail.objects.get(template="mail/legal/support.txt").to == designer.email


def test_the_fund_grants_no_more_than_it_has(fund, designer, person):
    grant_support(ask(designer), 3_000_000, "Yes.", at=NOON, actor=TESTER)
    second = ask(person("consumer", name="second"))
    with pytest.raises(Refused, match="less left"):
        grant_support(second, 1_000_001, "Yes.", at=NOON, actor=TESTER)
    second.refresh_from_db()
    assert (second.state, granted_of(fund)) == ("SUBMITTED", 3_000_000)


def test_too_few_points_get_nothing(fund, designer):
    application = ask(designer, size="LARGER", right="UNREGISTERED", revenue=10**12)
    with pytest.raises(Refused, match="from 50 points"):
        grant_support(application, 1, "Yes.", at=NOON, actor=TESTER)
    assert decline_support(application, "Too large.", at=NOON, actor=TESTER).state == "DECLINED"


@pytest.mark.parametrize(
    ("also", "words"), [({"asked": 5_000_001}, "At most"), ({}, "still being looked at")]
)
def test_one_application_at_a_time_within_the_limit(fund, designer, also, words):
    if not also:
        ask(designer)
    count = SupportApplication.objects.count()
    with pytest.raises(Refused, match=words):
        ask(designer, **also)
    assert SupportApplication.objects.count() == count


def test_without_a_fund_nobody_can_ask(policy, designer):
    with pytest.raises(Refused, match="No fund"):
        ask(designer)


def test_anybody_reads_the_criteria_and_a_designer_applies_by_the_pages(fund, designer, person, browser_of):
    Fund.objects.update(starts_on="2020-01-01", ends_on="2022-12-31")
    Fund.objects.update(starts_on="2026-01-01", ends_on="2028-12-31")
    assert Client().get("/legal/support").status_code == 200
    application_form = {name: getattr(ASKING, name) for name in Asking.__slots__}
    assert Client().post("/legal/support/asks", application_form).status_code == 302
    assert not SupportApplication.objects.exists()
    assert browser_of(designer).post("/legal/support/asks", application_form).status_code == 302
    application = SupportApplication.objects.get()
    legal = browser_of(person("legal"))
    assert legal.get("/legal/support/applications").status_code == 200
    page = f"/legal/support/applications/{application.pk}"
    assert legal.post(page, {"granted": 9_000_000, "reasons": "x"}).status_code == 409
    assert legal.post(page, {"granted": 3_000_000, "reasons": "Clear."}).status_code == 302
    assert "3,000,000" in browser_of(designer).get("/legal/support").text
    assert browser_of(designer).get(page).status_code == 403


def test_the_points_are_told_in_words(fund, designer):
    points_in_words = ask(designer).explained_points
    assert [(answer, points) for _criterion, answer, points in points_in_words] == [
        ("independent designer", 40),
        ("unregistered design", 15),
        ("30,000,000", 30),
    ]
