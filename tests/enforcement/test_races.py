"""Decisions side by side, with real threads and real transactions."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.conf import settings
from django.db import connection

from enforcement.appeals.actions.appeals import assign_appeal, file_appeal, overturn_appeal
from enforcement.cases.actions.assignments import assign_case
from enforcement.cases.actions.cases import NewEvidence, Target, open_or_join_cases
from enforcement.cases.handlers import DESK
from enforcement.cases.models import Case, CaseAssignment, Evidence
from enforcement.decisions.actions.approvals import approve_decision
from enforcement.decisions.actions.decisions import issue_decision
from enforcement.decisions.actions.rulings import Ruling
from enforcement.decisions.models import Decision
from enforcement.sanctions.actions.sanctions import settle_due_standings
from enforcement.sanctions.models import Sanction, Violation
from klean.core.events.actors import person as acting
from klean.core.events.models import Event
from klean.core.policy.actions.publishing import publish_policy
from klean.core.policy.faults import UnusablePolicy
from klean.core.policy.models import PolicyVersion
from klean.core.rows.refusals import Refused
from listings.actions.upserts import upsert_listings
from listings.models import Listing
from listings.rules.rows import ListingRow
from sellers.models import Seller
from tests.fixtures import NOON, TESTER
from tests.make.enforcement import MODERATOR, REASONS, SECOND, case, decide, flag, live_listing
from tests.make.sellers import seller

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def three_strikes(tmp_path):
    """The policy of the project with the ladder that neither caps nor bundles."""
    policy = Path(settings.BASE_DIR) / "policy"
    body = (policy / "2026-01.toml").read_text()
    before, after = body[: body.index("[ladder]")], body[body.index("[governance]") :]
    path = tmp_path / "strikes.toml"
    path.write_text(before + (policy / "presets" / "three-strikes.toml").read_text() + after)
    return publish_policy(path, at=NOON, actor=TESTER)


def at_once(*calls):
    """Run the calls in threads that start together; a refusal is an answer."""
    barrier = Barrier(len(calls))

    def run(call):
        barrier.wait()
        try:
            return call()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.mark.usefixtures("three_strikes")
def test_three_decisions_at_once_climb_the_ladder():
    shop = seller()
    cases = [case(live_listing(f"l-{place}", by=shop)) for place in range(3)]

    at_once(*[lambda asked=asked: decide(asked) for asked in cases])

    assert sorted(Sanction.objects.values_list("rung", flat=True)) == ["CLOSURE", "SUSPENSION", "WARNING"]
    assert sorted(Violation.objects.values_list("total", flat=True)) == [1, 2, 3]
    assert Seller.objects.get().standing == Seller.Standing.CLOSED


@pytest.mark.usefixtures("three_strikes")
def test_approvals_a_decision_an_appeal_and_a_lapse_at_once_neither_skip_nor_double_a_step(person):
    shop, senior = seller(), person("senior")
    first = decide(case(live_listing("l-0", by=shop)))
    appeal = file_appeal(first, grounds="Genuine goods.", at=NOON, actor=TESTER)
    assign_appeal(appeal, senior, at=NOON, actor=TESTER)
    ruling = Ruling(outcome="INFRINGING", severity="SERIOUS", ground="COUNTERFEIT", reasons=REASONS)
    waiting = [
        issue_decision(case(live_listing(f"l-{place}", by=shop)), ruling, at=NOON, actor=MODERATOR)
        for place in (1, 2)
    ]
    # What waits for a second person was weighed while the first strike stood.
    assert [made.state for made in waiting] == ["UNAPPROVED"] * 2
    asked = case(live_listing("l-3", by=shop))

    answers = at_once(
        *[lambda made=made: approve_decision(made, at=NOON, actor=SECOND) for made in waiting],
        lambda: overturn_appeal(appeal, reasons=REASONS, at=NOON, actor=acting(senior.pk)),
        lambda: decide(asked, "GENERAL"),
        lambda: settle_due_standings(at=NOON),
    )

    assert not [answer for answer in answers if isinstance(answer, Refused)]
    standing = Violation.objects.filter(voided_at=None)
    assert sorted(standing.values_list("total", flat=True)) == [1, 2, 3]
    rungs = Sanction.objects.filter(lifted_at=None).values_list("rung", flat=True)
    assert sorted(rungs) == ["CLOSURE", "SUSPENSION", "WARNING"]
    assert Seller.objects.get().standing == Seller.Standing.CLOSED
    imposed = Event.objects.filter(name="enforcement.sanction.imposed").values_list(
        "data__sanction_id", flat=True
    )
    assert len(set(imposed)) == len(imposed) == Sanction.objects.count()


@pytest.mark.usefixtures("policy")
def test_one_case_decided_twice_at_once_is_decided_once():
    asked = case()

    answers = at_once(*[lambda: decide(asked)] * 3)

    assert sum(isinstance(answer, Decision) for answer in answers) == 1
    assert Violation.objects.count() == 1


@pytest.mark.usefixtures("policy")
def test_one_case_claimed_at_once_has_one_holder(person):
    asked = case()
    people = [person("moderator", name=f"m{place}") for place in range(3)]

    answers = at_once(
        *[lambda user=user: assign_case(asked, user, at=NOON, actor=acting(user.pk)) for user in people]
    )

    assert sum(isinstance(answer, Case) for answer in answers) == 1
    assert CaseAssignment.objects.count() == 1


@pytest.mark.usefixtures("policy")
def test_a_catalogue_of_the_same_shop_comes_in_while_its_listing_is_decided():
    shop = seller()
    for turn in range(8):
        asked = case(live_listing(f"l-{turn}", by=shop))
        Listing.objects.update(judged_revision=1)
        rows = [
            ListingRow(external_id=name, seller=shop.external_id, title=f"Canvas bag, turn {turn}")
            for name in (f"l-{turn}", *(f"new-{turn}-{n}" for n in range(200)))
        ]

        answers = at_once(
            lambda asked=asked: decide(asked, "GENERAL"),
            lambda rows=rows: upsert_listings(rows, at=NOON, actor=TESTER),
        )

        assert isinstance(answers[0], Decision)
        assert len(answers[1]) == 201


@pytest.mark.usefixtures("policy")
def test_evidence_that_comes_while_a_case_is_decided_is_never_lost():
    listing = live_listing()
    asked, event = case(listing), flag(listing)
    target = Target(listing.seller_id, listing.pk)

    at_once(
        lambda: decide(asked, outcome="NOT_INFRINGING"),
        lambda: open_or_join_cases([NewEvidence(target, event, "SCREENING")], at=NOON, actor=DESK),
    )

    assert Evidence.objects.filter(event=event).count() == 1
    assert Decision.objects.count() == 1


def test_a_decision_that_fails_at_its_last_step_leaves_nothing(policy):
    """The policy lost its window for appeals, so the statement of reasons cannot be written."""
    body = {name: section for name, section in policy.body.items() if name != "appeals"}
    PolicyVersion.objects.create(
        name="broken", body=body, in_force_from=NOON, published_at=NOON, sha256="0" * 64
    )
    asked = case()
    ruling = Ruling(outcome="INFRINGING", severity="GENERAL", ground="COUNTERFEIT", reasons=REASONS)
    before = Event.objects.count()

    with pytest.raises(UnusablePolicy, match="broken"):
        issue_decision(asked, ruling, at=NOON, actor=TESTER)

    assert not Decision.objects.exists()
    assert not Sanction.objects.exists()
    assert Listing.objects.get().state == Listing.State.LIVE
    assert Seller.objects.get().standing == Seller.Standing.ACTIVE
    assert Event.objects.count() == before
