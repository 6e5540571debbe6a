"""The API: who may, what it answers, and that a repeated call does nothing twice."""

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from enforcement.appeals.models import Appeal
from enforcement.cases.models import Case
from enforcement.decisions.models import Decision
from klean.core.access.models import Organisation
from klean.core.events.models import Event
from reports.actions.notices import Notifier, file_notice
from tests.fixtures import NOON, TESTER
from tests.make.enforcement import REASONS, case, decide, decision, live_listing
from tests.make.reports import holder_person, organisation_of
from tests.make.sellers import seller

pytestmark = pytest.mark.usefixtures("policy")
RULING = {
    "outcome": "INFRINGING",
    "severity": "SERIOUS",
    "ground": "COUNTERFEIT",
    "reasons": "The mark is a copy.",
}


def test_the_queue_pages_by_cursor(machine):
    shop = seller()
    for n in range(41):
        case(live_listing(f"l-{n}", by=shop))
    client = machine("cases:read")

    first = client.get("/api/v1/cases").json()
    rest = client.get("/api/v1/cases", {"after": first["next"]}).json()

    assert [len(first["cases"]), len(rest["cases"])] == [40, 1]
    assert rest["next"] is None
    assert first["cases"][0]["priority_parts"][0]["code"] == "source"


def test_a_case_is_decided_once_however_often_the_call_comes(machine):
    asked, client = case(), machine("decisions:write")
    address, key = f"/api/v1/cases/{asked.pk}/decisions", {"Idempotency-Key": "k-1"}

    first = client.post(address, RULING, headers=key)
    again = client.post(address, RULING, headers=key)
    another = client.post(address, RULING)

    assert (first.status_code, again.status_code, another.status_code) == (201, 201, 409)
    assert first.json() == again.json()
    assert (first.json()["state"], first.json()["impacts"]) == ("UNAPPROVED", ["SUSPENSION"])
    assert another.json()["code"] == "case_decided"
    assert Decision.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"outcome": "MAYBE"}, 422),
        ({"reasons": "short"}, 422),
        ({"reasons": "His number is 900101-1234567."}, 422),
        ({"severity": ""}, 422),
        ({"outcome": "PARTLY"}, 409),
    ],
)
def test_a_wrong_ruling_is_refused_and_changes_nothing(wrong, status, machine):
    asked = case()

    answer = machine("decisions:write").post(f"/api/v1/cases/{asked.pk}/decisions", RULING | wrong)

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert Case.objects.get().is_pending


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/api/v1/cases"),
        ("post", "/api/v1/cases/1/decisions"),
        ("post", "/api/v1/decisions/1/appeals"),
        ("get", "/api/v1/sellers/s-100/standing"),
    ],
)
def test_a_key_without_the_scope_is_refused(method, path, machine):
    assert getattr(machine("listings:read"), method)(path).status_code == 403
    assert getattr(APIClient(), method)(path).status_code == 401


def test_the_marketplace_appeals_on_a_sellers_behalf(machine):
    made, client = decision(at=timezone.now()), machine("appeals:write")
    grounds = {"grounds": "The seller shows invoices of the brand."}

    assert client.post(f"/api/v1/decisions/{made.pk}/appeals", grounds).status_code == 201
    assert Appeal.objects.get().filed_by.startswith("machine:")
    assert client.post("/api/v1/decisions/99/appeals", grounds).status_code == 404


@pytest.fixture
def dismissed(machine, deliver_events):
    """A rights holder's notice that was answered in the seller's favour, its key, and the decision."""
    holder, listing = organisation_of(holder_person()), live_listing()
    notifier = Notifier.of(holder, user=None, language="en")
    filed = file_notice(
        [listing],
        notifier,
        reason="COUNTERFEIT",
        explanation=REASONS,
        right_kind="TRADEMARK",
        good_faith=True,
        at=NOON,
        actor=TESTER,
    )
    deliver_events()
    made = decide(listing.cases.get(), outcome="NOT_INFRINGING", at=timezone.now())
    return machine("notices:write", organisation=holder), filed.notice.reference, made


def test_a_reporters_machine_sees_what_was_answered_and_appeals_once(dismissed):
    client, reference, made = dismissed
    address = f"/api/v1/notices/{reference}/appeals"
    (answered,) = client.get(address).json()["decisions"]
    assert (answered["id"], answered["listing"]) == (made.pk, "l-100")
    body = {"decision": made.pk, "grounds": "The seams are glued, as no bag of ours is."}

    first = client.post(address, body, headers={"Idempotency-Key": "once"})
    again = client.post(address, body, headers={"Idempotency-Key": "once"})

    assert (first.status_code, again.json()) == (201, first.json())
    appeal = Appeal.objects.get()
    assert (appeal.party, appeal.notice.reference, appeal.state) == ("REPORTER", reference, "SUBMITTED")
    assert client.get(address).json()["appeals"] == [first.json()]
    assert client.post(address, body).status_code == 409


def test_nobody_appeals_from_somebody_elses_notice(dismissed, machine, person):
    _client, reference, made = dismissed
    body = {"decision": made.pk, "grounds": "The seams are glued, as no bag of ours is."}
    other = Organisation.objects.create(name="Byeol Ltd", kind="RIGHTS_HOLDER")
    of_other = APIClient()
    of_other.force_authenticate(person("rights_holder", organisation=other))
    address = f"/api/v1/notices/{reference}/appeals"

    assert machine("notices:write", organisation=other).post(address, body).status_code == 404
    assert of_other.get(address).status_code == 404
    assert machine("notices:read", organisation=other).post(address, body).status_code == 403
    assert not Appeal.objects.exists()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"grounds": "The seams are glued, as no bag of ours is."}, 422),
        ({"decision": "x", "grounds": "The seams are glued, as no bag of ours is."}, 422),
        ({"decision": 10**6, "grounds": "The seams are glued, as no bag of ours is."}, 404),
        ({"decision": 1, "grounds": "no"}, 422),
        ({"decision": 1, "grounds": "Call me: 900101-1234568, thank you."}, 422),
    ],
)
def test_a_wrong_appeal_of_a_reporter_is_refused_and_changes_nothing(body, status, dismissed):
    client, reference, _made = dismissed
    before = Event.objects.count()

    assert client.post(f"/api/v1/notices/{reference}/appeals", body, format="json").status_code == status

    assert (Appeal.objects.count(), Event.objects.count()) == (0, before)


def test_the_standing_explains_every_point(machine):
    decision("SERIOUS")

    found = machine("sellers:read").get("/api/v1/sellers/s-100/standing").json()

    serious = next(track for track in found["tracks"] if track["track"] == "serious")
    entry = serious["entries"][0]
    assert (entry["points"], entry["counted"], entry["counting"], entry["policy"]) == (
        1,
        1,
        "FULL",
        "2026-01",
    )
    assert entry["expires_at"] == "2027-03-02T03:00:00Z"
    assert serious["unit"] == "strikes"


def test_a_seller_reads_its_own_standing_and_no_other(person):
    shop = seller(organisation="Moonlight Ltd")
    seller("s-200", "Sunlight Shop")
    client = APIClient()
    client.force_login(person("seller", organisation=shop.organisation))

    assert client.get("/api/v1/sellers/s-100/standing").status_code == 200
    assert client.get("/api/v1/sellers/s-200/standing").status_code == 404
