import pytest
from rest_framework.test import APIClient

from klean.core.access.models import Organisation
from refunds.models.claims import RefundClaim
from tests import make

pytestmark = pytest.mark.usefixtures("policy")

CLAIM = {"order": "O-1001", "listing": "1005", "reason": "looks_fake"}


@pytest.fixture
def shop(machine):
    return machine("claims:write", "claims:read")


def test_the_marketplace_asks_for_its_buyer_and_the_money_moves(shop, market, work):
    make.order(market, buyer="somebody@else.example")
    make.offer()
    answer = shop.post("/api/v1/refund-claims", CLAIM)
    assert (answer.status_code, answer.json()["state"], answer.json()["payment"]) == (201, "OPENED", None)
    work()
    body = shop.get(f"/api/v1/refund-claims/{answer.json()['id']}").json()
    assert (body["state"], body["amount"], body["payment"]["state"]) == ("REFUNDED", 129_000, "PAID")


def test_the_same_claim_again_is_the_same_claim(shop):
    make.offer()
    first = shop.post("/api/v1/refund-claims", CLAIM)
    again = shop.post("/api/v1/refund-claims", CLAIM)
    assert (first.status_code, again.status_code, again.json()["id"]) == (201, 200, first.json()["id"])


@pytest.mark.parametrize(
    ("also", "field"),
    [
        ({"order": ""}, "order"),
        ({"order": "a b"}, "order"),
        ({"order": 5}, "order"),
        ({"listing": "nowhere"}, "listing"),
        ({"listing": None}, "listing"),
        ({"reason": ""}, "reason"),
        ({"contact_email": "no address"}, "contact_email"),
        ({"language": "fr"}, "language"),
    ],
    ids=str,
)
def test_a_bad_field_of_a_claim_is_named(shop, also, field):
    make.offer()
    answer = shop.post("/api/v1/refund-claims", CLAIM | also)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])
    assert not RefundClaim.objects.exists()


def test_a_buyer_asks_by_api_and_sees_own_claims_alone(shop):
    make.offer()
    theirs = shop.post("/api/v1/refund-claims", CLAIM).json()["id"]
    api = APIClient()
    api.force_authenticate(make.consumer())
    mine = api.post("/api/v1/refund-claims", CLAIM).json()["id"]
    assert api.get(f"/api/v1/refund-claims/{mine}").status_code == 200
    assert api.get(f"/api/v1/refund-claims/{theirs}").status_code == 404
    assert shop.get(f"/api/v1/refund-claims/{mine}").status_code == 404


def test_another_organisation_sees_no_claim(shop, machine):
    make.offer()
    theirs = shop.post("/api/v1/refund-claims", CLAIM).json()["id"]
    other = Organisation.objects.create(name="Other Market", kind=Organisation.Kind.MARKETPLACE)
    assert (
        machine("claims:read", organisation=other).get(f"/api/v1/refund-claims/{theirs}").status_code == 404
    )
