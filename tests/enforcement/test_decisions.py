"""A decision is carried out whole or not at all."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from enforcement.cases.actions.assignments import assign_case
from enforcement.cases.models import Case
from enforcement.decisions.models import Decision, Statement
from enforcement.sanctions.models import Sanction, Violation
from klean.core.events.actors import person as acting
from klean.core.events.models import Event
from klean.core.mail.models import Mail
from klean.core.policy.actions.publishing import publish_policy
from klean.core.policy.models import PolicyVersion
from klean.core.rows.refusals import Conflict, Refused
from listings.models import Listing
from sellers.models import Seller
from tests.fixtures import NOON, TESTER
from tests.make.enforcement import case, decide, decision, live_listing
from tests.make.sellers import seller

pytestmark = pytest.mark.usefixtures("policy")
DAY = timedelta(days=1)


def names() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("name", flat=True))


def test_a_serious_fake_costs_a_strike_the_listing_and_the_standing():
    made = decision("SERIOUS")

    made.refresh_from_db()
    violation, sanction = Violation.objects.get(), Sanction.objects.get()
    assert (violation.track, violation.counted, violation.counting) == ("serious", 1, "FULL")
    assert violation.expires_at == NOON + DAY * 365
    assert (sanction.rung, sanction.ends_at) == ("SUSPENSION", NOON + DAY)
    assert Seller.objects.get().standing == Seller.Standing.SUSPENDED
    assert Listing.objects.get().state == Listing.State.REMOVED
    assert Case.objects.get().state == Case.State.DECIDED
    assert made.policy.name == "2026-01"


def test_every_step_of_a_decision_is_an_event():
    decision("SERIOUS")

    assert names()[-5:] == [
        "enforcement.sanction.imposed",
        "sellers.standing.changed",
        "listings.listing.removed",
        "enforcement.statement.issued",
        "enforcement.decision.issued",
    ]


def test_the_first_general_violation_warns_by_words_alone():
    decision("GENERAL")

    assert Violation.objects.get().counting == "FIRST_FREE"
    assert not Sanction.objects.exists()
    assert Seller.objects.get().standing == Seller.Standing.ACTIVE
    assert Listing.objects.get().state == Listing.State.REMOVED


def test_repeated_general_violations_climb_the_ladder():
    shop = seller()
    for day in range(4):
        decision("GENERAL", about=live_listing(f"l-{day}", by=shop), at=NOON + DAY * day)

    assert list(Sanction.objects.order_by("pk").values_list("rung", flat=True)) == [
        "RESTRICTION",
        "SUSPENSION",
    ]
    assert Violation.objects.order_by("pk").last().total == 18


def test_advice_takes_the_listing_off_and_leaves_no_points():
    decision("ADVICE")

    assert not Violation.objects.exists()
    assert Listing.objects.get().state == Listing.State.REMOVED
    assert "advice" in Statement.objects.get().texts["en"]


def test_a_genuine_listing_stays_and_nobody_is_punished():
    decide(case(), outcome="NOT_INFRINGING")

    assert Listing.objects.get().state == Listing.State.LIVE
    assert not Violation.objects.exists()
    assert not Statement.objects.exists()
    assert Seller.objects.get().standing == Seller.Standing.ACTIVE


@pytest.mark.parametrize(
    ("outcome", "severity"), [("PARTLY", "SERIOUS"), ("INFRINGING", ""), ("INFRINGING", "DREADFUL")]
)
def test_a_ruling_that_does_not_fit_changes_nothing(outcome, severity):
    asked = case()
    before = names()

    with pytest.raises(Refused):
        decide(asked, severity, outcome=outcome)

    assert Case.objects.get().state == Case.State.OPEN
    assert not Decision.objects.exists()
    assert Listing.objects.get().state == Listing.State.LIVE
    assert names() == before


def test_a_case_is_decided_once():
    asked = case()
    decide(asked)
    before = names()

    with pytest.raises(Refused, match="already been decided"):
        decide(asked)

    assert Decision.objects.count() == 1
    assert names() == before


def test_nobody_decides_a_case_that_a_colleague_has_in_hand(person):
    asked, mine, other = case(), person("moderator"), person("moderator", name="other")
    assign_case(asked, other, at=NOON, actor=TESTER)

    with pytest.raises(Conflict, match="other is working on this case"):
        decide(asked, by=acting(mine.pk))

    assert not Decision.objects.exists()


def test_an_escalated_case_waits_for_a_senior(person):
    asked = case()
    asked.step(Case.State.ESCALATED)

    with pytest.raises(Refused, match="senior"):
        decide(asked, by=acting(person("moderator").pk))
    decide(asked, by=acting(person("senior").pk))

    assert Decision.objects.count() == 1


def test_the_statement_speaks_both_languages_and_the_dsa_database():
    decision("SERIOUS")

    statement = Statement.objects.get()
    assert statement.fields["decision_visibility"] == ["DECISION_VISIBILITY_CONTENT_REMOVED"]
    assert statement.fields["decision_account"] == "DECISION_ACCOUNT_SUSPENDED"
    assert statement.fields["end_date_account_restriction"] == "2026-03-03"
    assert statement.fields["source_type"] == "SOURCE_VOLUNTARY"
    assert statement.fields["automated_detection"] == "Yes"
    assert "counterfeit goods" in statement.texts["en"]
    assert "The mark on the buckle is a copy." in statement.texts["ko"]


def test_the_people_of_the_shop_are_told_once(person):
    shop = seller(organisation="Moonlight Ltd")
    clerk = person("seller", organisation=shop.organisation)
    decision("SERIOUS", about=live_listing(by=shop))

    mail = Mail.objects.get()
    assert mail.to == clerk.email
    assert "The mark on the buckle is a copy." in mail.context["text"]


def test_a_policy_whose_ladder_contradicts_itself_is_not_published(tmp_path):
    path = tmp_path / "2026-02.toml"
    text = (Path(settings.BASE_DIR) / "policy" / "2026-01.toml").read_text()
    path.write_text(text.replace("reached = 6, ", "reached = 2, "))

    with pytest.raises(Refused, match=r"ladder\.tracks\.general\.steps\[1\]\.reached: 2 must be more than 2"):
        publish_policy(path, at=NOON, actor=TESTER)

    assert PolicyVersion.objects.count() == 1
