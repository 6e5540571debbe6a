"""Decisions side by side, with real threads and real transactions."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.conf import settings
from django.db import connection

from enforcement.actions import claim_case
from enforcement.models import Case, CaseClaim, Decision, Sanction, Violation
from klean.core.policy import publish_policy
from klean.core.refusals import Refused
from sellers.models import Seller
from tests.fixtures import NOON, TESTER
from tests.make.enforcement import case, decide, live_listing
from tests.make.sellers import seller

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def three_strikes(tmp_path):
    """The policy of the project with the ladder that neither caps nor bundles."""
    policy = Path(settings.BASE_DIR) / "policy"
    body = (policy / "2026-01.toml").read_text()
    rest = body[: body.index("[ladder]")]
    path = tmp_path / "strikes.toml"
    path.write_text(rest + (policy / "presets" / "three-strikes.toml").read_text())
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

    answers = at_once(*[lambda user=user: claim_case(asked, user, at=NOON) for user in people])

    assert sum(isinstance(answer, Case) for answer in answers) == 1
    assert CaseClaim.objects.count() == 1
