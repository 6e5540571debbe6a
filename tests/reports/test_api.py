import pytest
from rest_framework.test import APIClient

from klean.core.events.models import Event
from reports.models.notices import Notice
from tests import make

pytestmark = pytest.mark.usefixtures("policy")
WORDS = "The mark on the buckle is a plain copy of ours."
BODY = {
    "listings": ["1005"],
    "right": "40-1234567",
    "reason": "counterfeit",
    "explanation": WORDS,
    "good_faith": True,
}


@pytest.fixture
def holder(machine):
    return machine("notices:write", "notices:read", organisation=make.organisation_of(make.holder_person()))


def test_a_rights_holders_machine_files_and_follows(holder):
    make.offer()
    answer = holder.post("/api/v1/notices", BODY)
    assert answer.status_code == 201
    body = answer.json()
    assert (body["state"], body["right"], body["reason"]) == ("ACKNOWLEDGED", "40-1234567", "COUNTERFEIT")
    assert body["listings"] == [{"listing": "1005", "outcome": "", "answered_at": None}]
    assert holder.get(f"/api/v1/notices/{body['id']}").json()["id"] == body["id"]
    assert Notice.objects.get().notifier_type == "RIGHTS_HOLDER"


def test_a_person_of_the_rights_holder_files_too(client):
    make.offer()
    api = APIClient()
    api.force_authenticate(make.holder_person())
    assert api.post("/api/v1/notices", BODY).status_code == 201
    assert Notice.objects.get().reporter == make.holder_person()


def test_the_marketplace_reports_of_its_own_accord(machine):
    make.offer()
    answer = machine("notices:write").post("/api/v1/notices", {"listings": ["1005"], "reason": "counterfeit"})
    assert answer.status_code == 201
    assert Notice.objects.get().notifier_type == "OWN_INITIATIVE"


def test_what_is_open_already_is_said(holder):
    make.offer("1005")
    make.offer("1006")
    first = holder.post("/api/v1/notices", BODY).json()
    again = holder.post("/api/v1/notices", BODY)
    assert (again.status_code, again.json()["id"], again.json()["already_open"]) == (
        200,
        first["id"],
        ["1005"],
    )
    more = holder.post("/api/v1/notices", BODY | {"listings": ["1005", "1006"]})
    assert (more.status_code, more.json()["already_open"]) == (201, ["1005"])


@pytest.mark.parametrize(
    ("also", "field"),
    [
        ({"listings": []}, "listings"),
        ({"listings": "1005"}, "listings"),
        ({"listings": [{"id": 1}]}, "listings"),
        ({"listings": ["1005", "nowhere"]}, "listings"),
        ({"listings": ["1005\x00"]}, "listings"),
        ({"right": ""}, "right"),
        ({"right": "40-9999999"}, "right"),
        ({"explanation": "Fake."}, "explanation"),
        ({"explanation": "900101-1234567 " + WORDS}, "explanation"),
        ({"good_faith": False}, "good_faith"),
        ({"good_faith": "perhaps"}, "good_faith"),
        ({"reason": None}, "reason"),
        ({"reason": "x" * 201}, "reason"),
    ],
    ids=str,
)
def test_a_bad_field_is_named_and_nothing_is_filed(holder, also, field):
    make.offer()
    answer = holder.post("/api/v1/notices", BODY | also)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])
    assert not Notice.objects.exists()
    assert not Event.objects.filter(name__startswith="reports.").exists()


def test_three_hundred_and_one_listings_are_too_many(holder):
    ids = [listing.external_id for listing in make.offers(301)]
    assert holder.post("/api/v1/notices", BODY | {"listings": ids}).status_code == 422
    assert holder.post("/api/v1/notices", BODY | {"listings": ids[:300]}).status_code == 201


def test_another_holders_right_is_unknown(holder, machine):
    make.offer()
    make.ip_right(make.rights_holder("Other House"), number="40-7654321")
    assert "right" in holder.post("/api/v1/notices", BODY | {"right": "40-7654321"}).json()["errors"]


def test_reasons_in_words_of_ones_own_are_kept(holder):
    make.offer()
    holder.post("/api/v1/notices", BODY | {"reason": "Fake buckle", "right": "trademark"})
    notice = Notice.objects.get()
    assert (notice.reason, notice.right_kind) == ("OTHER", "TRADEMARK")
    assert notice.explanation == f"Fake buckle\n{WORDS}"


def test_a_batch_answers_row_by_row_and_goes_on(holder):
    make.offer("1005")
    make.offer("1006")
    rows = [BODY, BODY | {"right": "x"}, "no object", BODY, BODY | {"listings": ["1006"]}]
    answer = holder.post("/api/v1/notices/batch", {"notices": rows})
    results = answer.json()["results"]
    assert [row["status"] for row in results] == [201, 422, 422, 200, 201]
    assert list(results[1]["errors"]) == ["right"]
    assert Notice.objects.count() == 2


@pytest.mark.parametrize(
    "body", [{}, {"notices": []}, {"notices": "x"}, {"notices": [BODY] * 101}, []], ids=repr
)
def test_a_batch_that_is_none_is_refused(holder, body):
    answer = holder.post("/api/v1/notices/batch", body)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["notices"])


def test_the_same_key_files_once(holder):
    make.offer()
    first = holder.post("/api/v1/notices", BODY, headers={"Idempotency-Key": "k"})
    again = holder.post("/api/v1/notices", BODY, headers={"Idempotency-Key": "k"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json()["id"] == first.json()["id"]
    assert Notice.objects.count() == 1


def test_nobody_follows_the_notices_of_others(holder, machine):
    make.offer()
    reference = holder.post("/api/v1/notices", BODY).json()["id"]
    other = machine(
        "notices:read", organisation=make.organisation_of(make.holder_person("Other House", "o@h.example"))
    )
    assert other.get(f"/api/v1/notices/{reference}").status_code == 404
    assert other.get("/api/v1/notices/AAAAA-AAAAA-AAAAA-AAAAA").status_code == 404


def test_a_person_of_no_rights_holder_files_nothing(person):
    make.offer()
    api = APIClient()
    api.force_authenticate(person("rights_holder"))
    assert api.post("/api/v1/notices", BODY).status_code == 403
    assert not Notice.objects.exists()
