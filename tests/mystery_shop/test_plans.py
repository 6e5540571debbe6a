import hashlib
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from klean.core.events.record import events_about
from klean.core.rows.refusals import Refused
from listings.models import Listing
from mystery_shop.actions.plans import NewStratum, approve_plan, draw_more, draw_plan, make_plan
from mystery_shop.actions.programmes import Terms, enter_agreement, open_programme, set_fund
from mystery_shop.actions.purchases import plan_targets
from mystery_shop.models import Agreement, Fund, Programme, SamplingPlan, TestPurchase, Verdict
from mystery_shop.queries.draws import targets_of
from mystery_shop.queries.money import money_of, spent_of
from mystery_shop.queries.prevalence import figures_of
from tests import make
from tests.fixtures import NOON, TESTER

BAGS = NewStratum("bags", 4, category="Bags")
REST = NewStratum("the rest", 2)
Finding = Verdict.Finding


@pytest.fixture
def catalogue(db):
    """Twelve bags and eight shoes of as many sellers, one dearer than the other."""
    first = make.live_listing("b-0")
    for number in range(20):
        listing = first if number == 0 else make.live_listing(f"b-{number}", by=make.seller(f"s-{number}"))
        kind = "Bags > Tote" if number < 12 else "Shoes"
        Listing.objects.filter(pk=listing.pk).update(
            category=kind, price=10_000 + 1_000 * number, score=number / 100, state="LIVE", judged_revision=1
        )
    return list(Listing.objects.order_by("pk"))


@pytest.fixture
def plan(catalogue):
    return make_plan(make.programme(), "Spring", [BAGS, REST], seed="seven", at=NOON, actor=TESTER)


def test_a_draw_follows_from_seed_and_listing_numbers_alone(plan, catalogue):
    draw_plan(plan, at=NOON, actor=TESTER)

    def drawn_by_hand(rows, count):
        return sorted(
            (row.external_id for row in rows),
            key=lambda name: hashlib.sha256(f"seven:{name}".encode()).digest(),
        )[:count]

    for stratum, rows in zip(plan.strata.all(), (catalogue[:12], catalogue[12:]), strict=True):
        names = stratum.purchases.order_by("rank").values_list("listing__external_id", flat=True)
        assert list(names) == drawn_by_hand(rows, stratum.wanted)
        assert (stratum.size, stratum.drawn) == (len(rows), stratum.wanted)


def test_the_seed_stands_in_the_log_before_the_draw(plan):
    draw_plan(plan, at=NOON, actor=TESTER)
    names = list(events_about(plan).values_list("name", flat=True))
    assert names == ["mystery_shop.plan.created", "mystery_shop.sample.drawn", "mystery_shop.sample.drawn"]


def test_a_seed_that_nobody_gives_is_drawn_by_lot(catalogue):
    programme = make.programme()
    seeds = {make_plan(programme, name, [BAGS], at=NOON, actor=TESTER).seed for name in ("a", "b")}
    assert len(seeds) == 2


def test_one_more_purchase_is_the_next_in_the_order_of_the_seed(plan):
    draw_plan(plan, at=NOON, actor=TESTER)
    bags = plan.strata.get(number=1)
    (more,) = draw_more(bags, 1, at=NOON, actor=TESTER)
    wanted = make_plan(
        plan.programme,
        "Wider",
        [NewStratum("bags", 5, category="Bags"), REST],
        seed="seven",
        at=NOON,
        actor=TESTER,
    )
    draw_plan(wanted, at=NOON, actor=TESTER)

    assert more.rank == 5
    assert more.listing == wanted.strata.get(number=1).purchases.get(rank=5).listing


def test_a_plan_is_drawn_once(plan):
    draw_plan(plan, at=NOON, actor=TESTER)
    with pytest.raises(Refused, match="drawn already"):
        draw_plan(plan, at=NOON, actor=TESTER)
    assert TestPurchase.objects.count() == 6


def test_a_draw_that_the_budget_does_not_cover_draws_nothing(catalogue):
    plan = make_plan(make.programme(budget=60_000), "Poor", [BAGS, REST], at=NOON, actor=TESTER)
    with pytest.raises(Refused, match="budget"):
        draw_plan(plan, at=NOON, actor=TESTER)
    assert not TestPurchase.objects.exists()
    assert SamplingPlan.objects.get().drawn_at is None


def test_a_stratum_that_is_too_small_is_named(catalogue):
    plan = make_plan(
        make.programme(), "Wide", [NewStratum("shoes", 9, category="Shoes")], at=NOON, actor=TESTER
    )
    with pytest.raises(Refused, match="“shoes” has 8 offers"):
        draw_plan(plan, at=NOON, actor=TESTER)
    assert not TestPurchase.objects.exists()


def test_whoever_drew_does_not_approve_the_draw(plan, person):
    draw_plan(plan, at=NOON, actor=TESTER)
    with pytest.raises(Refused, match="does not approve"):
        approve_plan(plan, at=timezone.now(), actor=TESTER)
    assert approve_plan(plan, at=timezone.now(), actor=make.other_hand()) == 6
    assert set(TestPurchase.objects.values_list("state", flat=True)) == {"APPROVED"}


def test_the_database_refuses_to_mix_random_and_targeted_draws(plan, catalogue):
    draw_plan(plan, at=NOON, actor=TESTER)
    with pytest.raises(IntegrityError, match="never_mix"), transaction.atomic():
        TestPurchase.objects.update(draw="TARGETED")


def judged(purchase, shopper, finding):
    return make.judged(make.opened(make.ordered(purchase, shopper=shopper)), finding)


def test_only_random_draws_on_sound_custody_are_counted(plan, catalogue, person):
    shopper = person("inspector", organisation=make.body().organisation)
    draw_plan(plan, at=NOON, actor=TESTER)
    bags = list(plan.strata.get(number=1).purchases.order_by("rank"))
    judged(bags[0], shopper, Finding.COUNTERFEIT)
    judged(bags[1], shopper, Finding.GENUINE)
    judged(bags[2], shopper, Finding.INCONCLUSIVE)
    make.judged(make.opened(make.ordered(bags[3], shopper=shopper), broken_at=make.Kind.ARRIVED))
    targeted = make.planned_purchase(catalogue[-1], of=plan.programme)
    judged(targeted, shopper, Finding.COUNTERFEIT)

    figures = figures_of(plan, at=make.LATER)
    counts = figures.strata[0].counts
    assert (counts.size, counts.examined, counts.fakes) == (12, 2, 1)
    assert (figures.strata[0].unresolved, figures.strata[1].unresolved) == (2, 2)
    assert (figures.estimate.rate, figures.estimate.covered) == (0.5, 0.6)
    assert figures_of(plan, at=NOON).estimate is None


def test_targets_are_the_most_risk_for_the_money_within_the_budget(catalogue):
    programme = make.programme(budget=80_000)
    targets = targets_of(programme)
    spent = sum(target.price for target in targets)

    assert spent <= 80_000
    assert len({target.seller_id for target in targets}) == len(targets)
    assert targets[0].external_id == "b-19"
    plan_targets(programme, targets, at=NOON, actor=TESTER)
    assert money_of(programme).left == 80_000 - spent
    assert not set(targets_of(programme)) & set(targets)


def test_targets_beyond_the_budget_are_planned_not_at_all(catalogue):
    programme = make.programme(budget=40_000)
    with pytest.raises(Refused, match="budget"):
        plan_targets(programme, catalogue[-3:], at=NOON, actor=TESTER)
    assert not TestPurchase.objects.exists()


def test_a_fee_counts_against_the_budget_and_is_spent_with_the_verdict(catalogue, person):
    shopper = person("inspector", organisation=make.body().organisation)
    programme = make.programme(fee=100_000)
    purchase = make.opened_purchase(catalogue[0], shopper=shopper, of=programme)
    assert (money_of(programme).spent, money_of(programme).left) == (89_000, 5_000_000 - 189_000)
    make.judged(purchase)
    assert (money_of(programme).spent, spent_of(programme.fund)) == (189_000, 189_000)


def test_programmes_never_get_more_than_the_fund_has(db):
    money, terms = make.fund(1_000_000), make.agreement()
    open_programme(
        "one", terms, money, 700_000, date(2026, 1, 1), date(2026, 12, 31), at=timezone.now(), actor=TESTER
    )
    with pytest.raises(Refused, match="less left"):
        open_programme(
            "two",
            terms,
            money,
            300_001,
            date(2026, 1, 1),
            date(2026, 12, 31),
            at=timezone.now(),
            actor=TESTER,
        )
    with pytest.raises(Refused, match="term"):
        open_programme(
            "three", terms, money, 1, date(2026, 1, 1), date(2027, 1, 1), at=timezone.now(), actor=TESTER
        )
    assert Programme.objects.count() == 1


def test_a_fund_runs_for_three_years_at_most(db):
    with pytest.raises(Refused, match="three years"):
        set_fund(
            "Long",
            Fund.Purpose.MYSTERY_SHOP,
            1,
            date(2026, 1, 1),
            date(2029, 2, 1),
            at=timezone.now(),
            actor=TESTER,
        )
    assert not Fund.objects.exists()


def test_no_agreement_without_a_word_on_conflicts_of_interest(db):
    terms = Terms("Bags", 0, date(2026, 1, 1), date(2026, 12, 31), conflict_of_interest=" ")
    with pytest.raises(Refused, match="conflicts of interest"):
        enter_agreement(make.body().organisation, terms, at=NOON, actor=TESTER)
    assert not Agreement.objects.exists()


def test_a_programme_buys_nothing_after_its_agreement(catalogue):
    programme = make.programme()
    Agreement.objects.update(
        ends_on=NOON.date() - timedelta(days=1), starts_on=NOON.date() - timedelta(days=9)
    )
    programme.refresh_from_db()
    with pytest.raises(Refused, match="does not run"):
        make.planned_purchase(catalogue[0], of=programme)
    assert not TestPurchase.objects.exists()


def test_staff_draw_approve_and_read_the_figures_by_the_pages(catalogue, person, browser_of):
    staff, programme = browser_of(person("moderator")), make.programme()
    base = f"/inspections/programmes/{programme.pk}"
    bad = staff.post(base, {"name": "P", "strata": "Bags; many"}, headers={"accept-language": "en"})
    assert bad.status_code == 422
    assert "Line 1" in bad.text
    assert staff.post(base, {"name": "P", "strata": "Bags; 4; ; Bags\nRest; 2"}).status_code == 302
    page = f"/inspections/plans/{SamplingPlan.objects.get().pk}"
    assert staff.post(f"{page}/draws").status_code == 302
    assert staff.post(f"{page}/draws").status_code == 409
    assert staff.post(f"{page}/approvals").status_code == 409
    assert browser_of(person("senior")).post(f"{page}/approvals").status_code == 302
    assert staff.post(f"{page}/strata/1/draws", {"count": 1}).status_code == 302
    assert staff.get(page).status_code == 200
    shopper = person("inspector", organisation=make.body().organisation)
    for finding in (Finding.COUNTERFEIT, Finding.GENUINE):
        purchase = TestPurchase.objects.filter(state="APPROVED", stratum__number=1).first()
        make.judged(make.opened(make.bought(purchase, shopper=shopper)), finding)
    assert "50.0%" in staff.get(page).text
    assert staff.get(f"{base}/targets").status_code == 200
    picked = targets_of(programme)[0]
    assert staff.post(f"{base}/targets", {"listing": picked.pk}).status_code == 302
    assert TestPurchase.objects.get(draw="TARGETED").listing == picked


def test_governance_enters_agreement_fund_and_programme_by_the_pages(person, browser_of):
    client, organisation = browser_of(person("governance")), make.body().organisation
    term = {"starts_on": "2026-01-01", "ends_on": "2026-12-31"}
    agreement_form = {
        "organisation": organisation.pk,
        "scope": "Bags",
        "fee": 1,
        "conflict_of_interest": "none",
        **term,
    }
    assert client.post("/inspections/agreements", agreement_form).status_code == 302
    fund = {"name": "Fund", "purpose": "MYSTERY_SHOP", "amount": 10, **term}
    assert client.post("/inspections/funds", fund).status_code == 302
    more = {"name": "P", "agreement": Agreement.objects.get().pk, "fund": Fund.objects.get().pk, **term}
    assert client.post("/inspections/programmes/new", {**more, "budget": 11}).status_code == 409
    assert client.post("/inspections/programmes/new", {**more, "budget": 10}).status_code == 302
    assert client.get("/inspections/programmes").status_code == 200
    assert browser_of(person("moderator")).post("/inspections/funds", fund).status_code == 403
