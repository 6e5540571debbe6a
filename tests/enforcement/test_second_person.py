"""Before its effect a decision can be undone; grave ones wait for a second person, emergencies are reviewed after."""

from datetime import timedelta

import pytest
from django.utils import timezone

from enforcement.cases.actions.cases import NewEvidence, Target, open_or_join_cases
from enforcement.cases.handlers import DESK
from enforcement.cases.models import Case
from enforcement.decisions.actions.annulments import annul_decision
from enforcement.decisions.actions.approvals import approve_decision, withdraw_decision
from enforcement.decisions.actions.clock import carry_out_due_decisions
from enforcement.decisions.actions.decisions import issue_decision
from enforcement.decisions.actions.rulings import Ruling
from enforcement.decisions.models import Decision, Statement
from enforcement.sanctions.models import Measure, Sanction, Violation
from klean.core.events.actors import person as acting
from klean.core.events.models import Event
from klean.core.mail.models import Mail
from klean.core.rows.refusals import Refused
from listings.models import Listing
from sellers.models import BrandAuthorisation, Seller, TraderEntity
from tests.fixtures import NOON, TESTER
from tests.make.brands import brand, ip_right, rights_holder
from tests.make.enforcement import MODERATOR, REASONS, SECOND, case, decide, decision, flag, live_listing
from tests.make.sellers import seller

pytestmark = pytest.mark.usefixtures("policy")
SECOND_LATER = timedelta(seconds=1)
HOUR = timedelta(hours=1)
WHY = "The mark is not the one of the brand."


def ruling(severity="SERIOUS", **also):
    return Ruling(outcome="INFRINGING", severity=severity, ground="COUNTERFEIT", reasons=REASONS, **also)


def nothing_happened():
    assert not Violation.objects.exists()
    assert not Sanction.objects.exists()
    assert not Statement.objects.exists()
    assert not Mail.objects.exists()
    assert Seller.objects.get().standing == Seller.Standing.ACTIVE


def test_a_decision_can_be_undone_until_it_takes_effect():
    asked = case()
    made = issue_decision(
        asked, ruling("GENERAL"), effective_at=NOON + SECOND_LATER, at=NOON, actor=MODERATOR
    )
    nothing_happened()

    withdraw_decision(made, reasons="A slip.", at=NOON, actor=MODERATOR)

    nothing_happened()
    assert Case.objects.get().state == Case.State.OPEN
    assert Listing.objects.get().state == Listing.State.LIVE
    assert carry_out_due_decisions(at=NOON + HOUR) == 0
    assert decide(asked, "GENERAL").state == Decision.State.IN_FORCE


def test_what_has_taken_effect_is_not_undone_but_annulled():
    made = issue_decision(
        case(), ruling("GENERAL"), effective_at=NOON + SECOND_LATER, at=NOON, actor=MODERATOR
    )
    carry_out_due_decisions(at=NOON + SECOND_LATER)
    made.refresh_from_db()
    before = Event.objects.count()

    with pytest.raises(Refused, match="already in force"):
        withdraw_decision(made, reasons="A slip.", at=NOON + HOUR, actor=MODERATOR)
    assert Event.objects.count() == before
    annul_decision(made, reasons=WHY, at=NOON + HOUR, actor=SECOND)

    assert Listing.objects.get().state == Listing.State.LIVE
    assert Statement.objects.order_by("pk").last().kind == Statement.Kind.CORRECTION


def test_a_colleague_does_not_undo_what_another_decided(person):
    made = issue_decision(case(), ruling("GENERAL"), effective_at=NOON + HOUR, at=NOON, actor=MODERATOR)

    with pytest.raises(Refused):
        withdraw_decision(made, reasons=WHY, at=NOON, actor=acting(person("moderator").pk))

    assert Decision.objects.get().state == Decision.State.WAITING


@pytest.mark.parametrize("late", [timedelta(), timedelta(days=3)])
def test_a_scheduled_decision_takes_effect_at_its_minute_also_after_downtime(late):
    at = NOON + timedelta(days=1)
    issue_decision(case(), ruling("GENERAL"), effective_at=at, at=NOON, actor=MODERATOR)
    assert carry_out_due_decisions(at=at - SECOND_LATER) == 0

    assert carry_out_due_decisions(at=at + late) == 1

    assert Decision.objects.get().in_force_at == at + late
    assert Listing.objects.get().state == Listing.State.REMOVED


def test_new_evidence_takes_back_a_decision_in_the_sellers_favour():
    listing = live_listing()
    asked = case(listing)
    harmless = Ruling(outcome="NOT_INFRINGING", reasons=REASONS)
    issue_decision(asked, harmless, effective_at=NOON + HOUR, at=NOON, actor=MODERATOR)
    target = Target(listing.seller_id, listing.pk)
    open_or_join_cases([NewEvidence(target, flag(listing), "SCREENING")], at=NOON + SECOND_LATER, actor=DESK)

    carry_out_due_decisions(at=NOON + HOUR)

    assert Decision.objects.get().state == Decision.State.WITHDRAWN
    assert Case.objects.get().state == Case.State.OPEN


def test_a_suspension_waits_for_a_second_person_and_only_the_listing_is_off_meanwhile(person):
    made = issue_decision(case(), ruling(), at=NOON, actor=acting(person("moderator").pk))

    assert (made.state, made.impacts) == (Decision.State.UNAPPROVED, ["SUSPENSION"])
    nothing_happened()
    assert Listing.objects.get().state == Listing.State.QUARANTINED

    approve_decision(made, at=NOON + HOUR, actor=acting(person("penalties").pk))

    assert Sanction.objects.get().starts_at == NOON + HOUR
    assert Listing.objects.get().state == Listing.State.REMOVED


def test_a_listing_found_harmless_under_one_right_stays_off_while_its_removal_under_another_waits():
    listing = live_listing()
    holder = rights_holder()
    first, other = (case(listing, right=ip_right(holder, number)) for number in ("40-1111111", "40-2222222"))
    made = issue_decision(first, ruling(), at=NOON, actor=MODERATOR)
    decide(other, outcome="NOT_INFRINGING", at=NOON)
    assert Listing.objects.get().state == Listing.State.QUARANTINED

    withdraw_decision(made, reasons=WHY, at=NOON, actor=MODERATOR)

    assert Listing.objects.get().state == Listing.State.LIVE


@pytest.mark.parametrize("who", ["same", "moderator"])
def test_neither_the_same_person_nor_a_moderator_agrees(who, person):
    senior = person("senior")
    made = issue_decision(case(), ruling(), at=NOON, actor=acting(senior.pk))
    before = Event.objects.count()

    with pytest.raises(Refused):
        approve_decision(made, at=NOON, actor=acting(senior.pk if who == "same" else person("moderator").pk))

    nothing_happened()
    assert Event.objects.count() == before


def test_a_second_person_who_refuses_gives_the_case_back():
    made = issue_decision(case(), ruling(), at=NOON, actor=MODERATOR)

    withdraw_decision(made, reasons=WHY, at=NOON, actor=SECOND)

    nothing_happened()
    assert Listing.objects.get().state == Listing.State.LIVE
    assert Case.objects.get().state == Case.State.OPEN


def test_money_and_authorised_sellers_wait_too():
    shop = seller()
    waiting = issue_decision(
        case(live_listing("l-1", by=shop)),
        ruling("ADVICE", actions=("REMOVE_LISTING", "HOLD_SETTLEMENT")),
        at=NOON,
        actor=MODERATOR,
    )
    BrandAuthorisation.objects.create(
        seller=shop,
        brand=brand(),
        state="APPROVED",
        valid_from=NOON.date(),
        valid_until=NOON.date(),
        submitted_by="tests",
        submitted_at=NOON,
    )
    letter = issue_decision(case(live_listing("l-2", by=shop)), ruling("ADVICE"), at=NOON, actor=MODERATOR)

    assert waiting.impacts == ["MONEY"]
    assert letter.impacts == ["AUTHORISED"]
    assert {waiting.state, letter.state} == {Decision.State.UNAPPROVED}


def test_an_emergency_acts_at_once_and_stands_once_reviewed():
    made = issue_decision(case(), ruling(is_emergency=True), at=NOON, actor=MODERATOR)
    assert Seller.objects.get().standing == Seller.Standing.SUSPENDED

    approve_decision(made, at=NOON + HOUR, actor=SECOND)

    assert carry_out_due_decisions(at=NOON + timedelta(days=2)) == 0
    assert Decision.objects.get().state == Decision.State.IN_FORCE


def test_an_emergency_that_nobody_reviews_falls_by_itself():
    issue_decision(case(), ruling(is_emergency=True), at=NOON, actor=MODERATOR)

    assert carry_out_due_decisions(at=NOON + timedelta(hours=23)) == 0
    assert carry_out_due_decisions(at=NOON + timedelta(hours=24)) == 1

    assert Decision.objects.get().state == Decision.State.ANNULLED
    assert Listing.objects.get().state == Listing.State.LIVE
    assert Seller.objects.get().standing == Seller.Standing.ACTIVE


def test_a_decision_may_do_more_than_one_thing():
    made = issue_decision(
        case(), ruling("GENERAL", actions=("REMOVE_LISTING", "NO_NEW_GOODS")), at=NOON, actor=MODERATOR
    )

    measure = Measure.objects.get()
    assert (measure.kind, measure.case, measure.ends_at) == (
        "no_new_goods",
        made.case,
        NOON + timedelta(days=7),
    )
    assert Listing.objects.get().state == Listing.State.REMOVED
    assert "cannot add new listings" in Statement.objects.get(party="SELLER").texts["en"]


def test_a_listing_that_infringes_in_part_may_stay():
    partly = Ruling(outcome="PARTLY", severity="ADVICE", ground="MISLEADING", reasons=REASONS, actions=())
    issue_decision(case(), partly, at=NOON, actor=MODERATOR)

    assert Listing.objects.get().state == Listing.State.LIVE


def test_sister_shops_are_restricted_with_the_second_strike_and_freed_with_its_fall():
    shop, sister = seller("s-1"), seller("s-2", "Sunlight Shop")
    business = TraderEntity.objects.create(name="Moonlight Ltd")
    Seller.objects.update(trader_entity=business)
    decision("SERIOUS", about=live_listing("l-1", by=shop), at=NOON)
    second = decision("SERIOUS", about=live_listing("l-2", by=shop), at=NOON + timedelta(days=10))
    sister.refresh_from_db()
    assert sister.standing == Seller.Standing.RESTRICTED
    assert set(Measure.objects.filter(seller=shop).values_list("kind", flat=True)) == {
        "deposit",
        "no_new_store",
    }

    annul_decision(second, reasons=WHY, at=NOON + timedelta(days=11), actor=SECOND)

    sister.refresh_from_db()
    assert sister.standing == Seller.Standing.ACTIVE
    assert not Measure.live(NOON + timedelta(days=11)).exists()
    assert Event.objects.filter(name="enforcement.measure.lifted").count() == 3


def test_undo_at_the_desk_brings_the_case_back(person, browser_of):
    desk, asked = browser_of(person("moderator")), case()
    ruled = {"choice": "SERIOUS", "ground": "COUNTERFEIT", "reasons": WHY}
    desk.post(f"/desk/cases/{asked.pk}/decisions", ruled)
    made = Decision.objects.get()
    assert f"/desk/decisions/{made.pk}/withdrawals" in desk.get("/desk/").content.decode()

    answer = desk.post(f"/desk/decisions/{made.pk}/withdrawals")

    assert (answer.status_code, answer["Location"]) == (302, f"/desk/cases/{asked.pk}")
    assert Case.objects.get().state == Case.State.OPEN
    nothing_happened()


def test_the_second_person_agrees_or_refuses_on_the_page(person, browser_of):
    first, second = (
        issue_decision(case(live_listing(name)), ruling(), at=timezone.now(), actor=TESTER)
        for name in ("l-1", "l-2")
    )
    desk = browser_of(person("penalties"))
    assert desk.get("/penalties/approvals/").content.decode().count("/agreements") == 2

    assert desk.post(f"/penalties/approvals/{first.pk}/agreements").status_code == 302
    assert desk.post(f"/penalties/approvals/{second.pk}/refusals", {"reasons": "short"}).status_code == 422
    assert desk.post(f"/penalties/approvals/{second.pk}/refusals", {"reasons": WHY}).status_code == 302

    assert set(Decision.objects.values_list("state", flat=True)) == {"IN_FORCE", "WITHDRAWN"}
    assert desk.post(f"/penalties/approvals/{first.pk}/agreements").status_code == 409
