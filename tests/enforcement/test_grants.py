"""Which queues a role works and what it decides there: the policy says so, the desk shows and keeps it."""

from pathlib import Path

import pytest
from django.conf import settings

from enforcement.cases.models import Case
from enforcement.decisions.models import Decision
from klean.core.events.models import Event
from klean.core.policy.actions.publishing import publish_policy_text
from klean.core.rows.refusals import Refused
from tests.fixtures import NOON, TESTER
from tests.make.enforcement import case, live_listing
from tests.make.sellers import seller

pytestmark = pytest.mark.django_db
POLICY = Path(settings.BASE_DIR) / "policy" / "2026-01.toml"
ENGLISH = {"Accept-Language": "en"}
FORM = {"choice": "SERIOUS", "ground": "COUNTERFEIT", "reasons": "The stitching and the mark are copies."}


def changed(before: str, after: str) -> bytes:
    text = POLICY.read_text()
    assert before in text
    return text.replace(before, after, 1).encode()


@pytest.fixture
def no_screening():
    """A policy under which moderators do not work what screening brings in."""
    text = changed('    "SCREENING", "OWN_INITIATIVE",\n', '    "OWN_INITIATIVE",\n')
    return publish_policy_text("narrow", text, at=NOON, actor=TESTER)


@pytest.mark.usefixtures("policy")
@pytest.mark.parametrize("wish", [{"choice": "EXTREME"}, {"also": "HOLD_SETTLEMENT"}, {"is_emergency": "on"}])
def test_a_moderator_is_not_offered_what_the_policy_leaves_to_seniors_and_cannot_do_it(
    wish, person, browser_of
):
    asked, desk = case(), browser_of(person("moderator"))
    ((name, value),) = wish.items()
    sign = f'value="{value}"' if value != "on" else f'name="{name}"'
    assert sign not in desk.get(f"/desk/cases/{asked.pk}").content.decode()
    assert sign in browser_of(person("senior")).get(f"/desk/cases/{asked.pk}").content.decode()
    before = Event.objects.count()

    answer = desk.post(f"/desk/cases/{asked.pk}/decisions", FORM | wish, headers=ENGLISH)

    assert answer.status_code == 409
    assert "Your role cannot make this decision." in answer.content.decode()
    assert not Decision.objects.exists()
    assert Event.objects.count() == before


@pytest.mark.usefixtures("no_screening")
def test_a_queue_that_a_role_does_not_work_is_not_its_queue(person, browser_of):
    asked, desk = case(), browser_of(person("moderator"))

    assert f"Case {asked.pk}" not in desk.get("/desk/", headers=ENGLISH).content.decode()
    page = desk.get(f"/desk/cases/{asked.pk}", headers=ENGLISH).content.decode()
    assert "Your role cannot decide cases in this queue." in page
    assert desk.post(f"/desk/cases/{asked.pk}/decisions", FORM).status_code == 409
    assert Case.objects.get().is_pending
    assert f"Case {asked.pk}" in browser_of(person("senior")).get("/desk/", headers=ENGLISH).content.decode()


@pytest.mark.usefixtures("no_screening")
def test_a_batch_holds_only_what_the_role_may_decide(person, browser_of):
    case(live_listing(by=seller()))

    page = browser_of(person("moderator")).get("/desk/batches/new", headers=ENGLISH).content.decode()

    assert "No waiting cases selected" in page


@pytest.mark.usefixtures("no_screening")
def test_everybody_at_the_desks_reads_who_may_do_what(person, browser_of):
    for role in ("moderator", "senior", "penalties"):
        page = browser_of(person(role)).get("/desk/grants", headers=ENGLISH).content.decode()
        assert page.count('<s class="faint">Screening</s>') == 1
        assert page.count('<s class="faint">Extreme</s>') == 1


@pytest.mark.parametrize(
    ("before", "after", "where", "words"),
    [
        (
            "[decisions.grants.moderator]",
            "[decisions.grants.janitor]",
            "[decisions.grants.janitor]",
            "janitor: unknown setting",
        ),
        (
            'orders = ["NO_NEW_GOODS"]',
            'orders = ["PRISON"]',
            'orders = ["PRISON"]',
            "one of HOLD_SETTLEMENT, NO_NEW_GOODS",
        ),
        ("emergencies = false", 'emergencies = "no"', "emergencies", "true or false"),
        ('orders = ["NO_NEW_GOODS"]\n', 'orders = ["NO_NEW_GOODS"]\nsee = 1\n', "see = 1", "unknown setting"),
    ],
)
def test_grants_that_nobody_could_keep_are_refused_with_the_line(before, after, where, words):
    text = changed(before, after)
    number = next(place for place, line in enumerate(text.decode().splitlines(), 1) if where in line)

    with pytest.raises(Refused, match=words) as refusal:
        publish_policy_text("broken", text, at=NOON, actor=TESTER)

    assert f"line {number}: decisions.grants." in str(refusal.value)
    assert not Event.objects.exists()
