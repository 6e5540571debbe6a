"""The marketplace's calls: answered row by row, refused by field, never half done."""

import json

import pytest

from listings.models import Listing, Screening
from tests import make

pytestmark = pytest.mark.usefixtures("policy")
OFFER = {"id": "L-1", "seller_id": "s-100", "title": "Canvas tote bag", "price": "39000 KRW", "gtin": "880"}


@pytest.fixture
def api(machine):
    make.seller()
    make.known()
    return machine("listings:write", "listings:read", "screenings:write")


def test_an_offer_is_taken_in_and_answered_with_its_run(api) -> None:
    answer = api.post("/api/v1/listings", OFFER)

    assert answer.status_code == 202
    assert answer.json() == {"id": "L-1", "screening": Screening.objects.get().pk, "outcome": "created"}
    listing = Listing.objects.get()
    assert (listing.price, listing.attributes) == (39_000, {"gtin": "880"})


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": ""}, "id"),
        ({"title": None}, "title"),
        ({"price": "cheap"}, "price"),
        ({"price": ["1"]}, "price"),
        ({"seller_id": "nobody"}, "seller_id"),
        ({"title": "x" * 501}, "title"),
        ({"image_link": "ftp://shop.example/1.jpg"}, "image_link"),
        ({"image_link": "file:///etc/passwd"}, "image_link"),
        ({"image_link": {"a": 1}}, "image_link"),
        ({"image_link": "../x.jpg"}, "image_link"),
        ({"more": {"deep": {"er": 1}}}, "more"),
        ({"currency": "XXX"}, "price"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_kept(api, change, field) -> None:
    answer = api.post("/api/v1/listings", OFFER | change)

    assert answer.status_code == 422
    assert field in answer.json()["errors"]
    assert not Listing.objects.exists()


@pytest.mark.parametrize(
    ("field", "text"), [("title", '"\\ud800"'), ("price", "1e400"), ("price", "NaN"), ("id", "[]")]
)
def test_json_that_no_honest_client_writes_is_refused_as_well(api, field, text) -> None:
    body = json.dumps(OFFER | {field: "HERE"}).replace('"HERE"', text)
    answer = api.post("/api/v1/listings", body, content_type="application/json")

    assert answer.status_code in (400, 422)
    assert not Listing.objects.exists()


def test_a_batch_answers_each_row_in_its_place(api) -> None:
    rows = [
        OFFER,
        OFFER | {"id": "L-2", "title": ""},
        OFFER,
        OFFER | {"id": "L-3", "seller_id": "x"},
        7,
        OFFER | {"id": "L-4"},
    ]

    results = api.post("/api/v1/listings/batch", {"listings": rows}).json()["results"]

    assert [row["outcome"] for row in results] == [
        "created",
        "refused",
        "refused",
        "refused",
        "refused",
        "created",
    ]
    assert [list(row.get("errors", {})) for row in results] == [
        [],
        ["title"],
        ["id"],
        ["seller_id"],
        [""],
        [],
    ]
    assert set(Listing.objects.values_list("external_id", flat=True)) == {"L-1", "L-4"}


@pytest.mark.parametrize("body", [{}, {"listings": []}, {"listings": [OFFER] * 1001}, [1], {"listings": "x"}])
def test_a_batch_that_is_none_is_refused(api, body) -> None:
    assert api.post("/api/v1/listings/batch", body).status_code == 422
    assert not Listing.objects.exists()


def test_a_repeated_request_is_answered_alike_and_done_once(api) -> None:
    first = api.post("/api/v1/listings", OFFER, headers={"Idempotency-Key": "k"})
    again = api.post("/api/v1/listings", OFFER, headers={"Idempotency-Key": "k"})
    assert first.json() == again.json()
    assert Screening.objects.count() == 1


def test_an_offer_is_judged_at_once_and_not_stored(api) -> None:
    make.brand("Haneul", protection="GATED")
    make.known()
    verdict = api.post("/api/v1/screenings", OFFER | {"title": "HANEUL STUDIO 토트백"}).json()

    assert (verdict["id"], verdict["verdict"], verdict["policy_version"]) == ("L-1", "review", "2026-01")
    assert set(verdict) == {"id", "verdict", "score", "signals", "policy_version", "model_version"}
    missing = next(s for s in verdict["signals"] if s["kind"] == "authorisation")
    assert (missing["brand"], missing["evidence"]["missing"]) == ("Haneul", "brand_authorisation")
    assert missing["evidence"]["apply_at"].startswith("/seller/authorisations/")
    mention = next(s for s in verdict["signals"] if s["kind"] == "brand_mention")["evidence"]
    assert "HANEUL STUDIO 토트백"[mention["start"] : mention["end"]] == mention["text"]
    assert not Listing.objects.exists()


def test_a_listing_is_read_back_with_its_verdict_and_its_runs(api) -> None:
    make.brand("Haneul", protection="GATED")
    make.listing(title="HANEUL STUDIO 토트백")

    answer = api.get("/api/v1/listings/L-1").json()
    runs = api.get("/api/v1/listings/L-1/screenings").json()

    assert (answer["state"], answer["verdict"], answer["seller_id"]) == ("HELD", "review", "s-100")
    assert [signal["kind"] for signal in answer["signals"]][:1] == ["brand_mention"]
    assert [(run["state"], run["verdict"]) for run in runs["results"]] == [("FLAGGED", "review")]
    assert api.get("/api/v1/listings/nothing").status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", "/api/v1/listings"),
        ("post", "/api/v1/listings/batch"),
        ("post", "/api/v1/screenings"),
        ("get", "/api/v1/listings/L-1"),
        ("get", "/api/v1/listings/L-1/screenings"),
    ],
)
def test_a_key_without_the_scope_is_refused(machine, client, method, path) -> None:
    make.listing()
    before = Screening.objects.count()
    assert getattr(machine("cases:read"), method)(path).status_code == 403
    assert getattr(client, method)(path).status_code == 401
    assert Screening.objects.count() == before
