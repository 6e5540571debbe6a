import threading

import pytest
from django.db import connection
from django.urls import include, path
from django.utils import timezone
from rest_framework.response import Response
from rest_framework.serializers import CharField, Serializer
from rest_framework.test import APIClient
from rest_framework.views import APIView

from klean.core.access.actions import issue_key, revoke_key
from klean.core.access.models import ApiKey, Organisation
from klean.core.events.record import record_all
from klean.core.policy.facts import PolicyPublished
from klean.core.rows.refusals import Refused
from klean.core.web.idempotency import idempotent
from klean.core.web.models import IdempotentAnswer
from klean.core.web.permissions import allow
from tests.fixtures import NOON, TESTER


class Shops(APIView):
    """An operation of this test: names a shop."""

    permission_classes = [allow(roles={"engineer"}, scope="shops:write")]

    class Input(Serializer):
        name = CharField(max_length=20)

    @idempotent
    def post(self, request):
        shop = self.Input(data=request.data)
        shop.is_valid(raise_exception=True)
        if shop.validated_data["name"] == "taken":
            raise Refused("That name is taken.", code="taken")
        made = Organisation.objects.create(kind="SELLER", **shop.validated_data)
        return Response({"id": made.pk}, status=201)


urlpatterns = [path("api/shops", Shops.as_view()), path("", include("klean.urls"))]


@pytest.fixture(autouse=True)
def _urls(settings):
    settings.ROOT_URLCONF = __name__


def shops():
    return Organisation.objects.filter(kind="SELLER")


def test_a_request_without_a_key_is_asked_for_one(db):
    answer = APIClient().post("/api/shops", {"name": "Moa"})

    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"] == "Bearer"
    assert not shops().exists()


def test_a_key_without_the_scope_is_refused(machine):
    answer = machine("listings:read").post("/api/shops", {"name": "Moa"})

    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")
    assert not shops().exists()


def test_a_revoked_key_opens_nothing(db):
    market = Organisation.objects.create(name="Hanbit Market", kind="MARKETPLACE")
    key, token = issue_key(market, "till", ["shops:write"], at=NOON, actor=TESTER)
    client = APIClient(headers={"Authorization": f"Bearer {token}"})
    assert client.post("/api/shops", {"name": "Moa"}).status_code == 201

    revoke_key(key, at=NOON, actor=TESTER)
    assert client.post("/api/shops", {"name": "Bom"}).status_code == 401
    assert shops().count() == 1


def test_only_the_hash_of_a_key_is_kept(db):
    market = Organisation.objects.create(name="Hanbit Market", kind="MARKETPLACE")
    key, token = issue_key(market, "till", ["shops:write"], at=NOON, actor=TESTER)

    secret = token.rpartition("_")[2]
    assert secret not in str(ApiKey.objects.filter(pk=key.pk).values())


def test_people_pass_by_their_role(person):
    client = APIClient()
    client.force_authenticate(person("consumer"))
    assert client.post("/api/shops", {"name": "Moa"}).status_code == 403
    client.force_authenticate(person("engineer"))
    assert client.post("/api/shops", {"name": "Moa"}).status_code == 201


def test_a_wrong_field_is_named(machine):
    problem = machine("shops:write").post("/api/shops", {"name": "x" * 21})

    assert problem.status_code == 422
    assert problem.json()["errors"]["name"] == ["Ensure this field has no more than 20 characters."]
    assert not shops().exists()


def test_broken_json_is_a_problem_and_no_crash(machine):
    answer = machine("shops:write").generic("POST", "/api/shops", "{", content_type="application/json")

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_a_refusal_is_a_conflict_with_a_stable_code(machine):
    answer = machine("shops:write").post("/api/shops", {"name": "taken"})

    assert (answer.status_code, answer.json()["code"], answer.json()["detail"]) == (
        409,
        "taken",
        "That name is taken.",
    )


def test_the_same_key_is_answered_alike_and_done_once(machine):
    client = machine("shops:write")
    first = client.post("/api/shops", {"name": "Moa"}, headers={"Idempotency-Key": "k1"})
    again = client.post("/api/shops", {"name": "Moa"}, headers={"Idempotency-Key": "k1"})

    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert again["Idempotency-Replayed"] == "true"
    assert shops().count() == 1


def test_a_key_cannot_be_used_for_another_request(machine):
    client = machine("shops:write")
    client.post("/api/shops", {"name": "Moa"}, headers={"Idempotency-Key": "k1"})
    other = client.post("/api/shops", {"name": "Bom"}, headers={"Idempotency-Key": "k1"})

    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")
    assert shops().count() == 1


def test_a_refused_request_may_be_mended_under_its_key(machine):
    client = machine("shops:write")
    assert client.post("/api/shops", {"name": "taken"}, headers={"Idempotency-Key": "k1"}).status_code == 409
    assert client.post("/api/shops", {"name": "Moa"}, headers={"Idempotency-Key": "k1"}).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_simultaneous_requests_with_one_key_do_the_work_once(machine):
    client, answers, together = machine("shops:write"), [], threading.Barrier(4)

    def ask():
        together.wait()
        answers.append(client.post("/api/shops", {"name": "Moa"}, headers={"Idempotency-Key": "k1"}).json())
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert shops().count() == IdempotentAnswer.objects.count() == 1
    assert answers == [answers[0]] * 4


def test_the_feed_tells_every_event_in_order_and_goes_on_where_it_stopped(machine, deliver_events):
    market = Organisation.objects.create(name="Seoul Market", kind="MARKETPLACE")
    record_all(
        [(PolicyPublished(policy=f"p{n}", sha256=""), market) for n in range(5)],
        at=timezone.now(),
        actor=TESTER,
    )
    client = machine("events:read")
    deliver_events()

    first = client.get("/api/v1/events?limit=3&type=core.policy.published").json()
    rest = client.get(f"/api/v1/events?after={first['next']}&type=core.policy.published").json()
    policies = [event["data"]["policy"] for event in first["events"] + rest["events"]]
    assert policies == ["p0", "p1", "p2", "p3", "p4"]


@pytest.mark.parametrize("query", ["after=-1", "after=x", "limit=0", "limit=501", "limit=1e3"])
def test_a_wrong_cursor_is_named(machine, query):
    assert machine("events:read").get(f"/api/v1/events?{query}").status_code == 422


def test_only_the_api_reference_may_style_itself(db, client):
    assert "style-src 'self' 'unsafe-inline'" in client.get("/api/v1/docs/")["Content-Security-Policy"]
    assert "unsafe-inline" not in client.get("/")["Content-Security-Policy"]
