import base64
import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from klean.core.events.models import Event
from klean.core.files.store import read_file
from klean.core.rows.refusals import Refused
from legal.actions.matters import open_matter, place_hold, release_hold
from legal.models import Matter
from listings.models import Listing
from mystery_shop.actions.custody import HandOver, record_custody
from mystery_shop.actions.documents import document_of
from mystery_shop.actions.purchases import close_purchase, give_up_purchase, leave_unexamined, ship_purchase
from mystery_shop.models import CustodyEvent, TestPurchase, Verdict
from tests import make
from tests.fixtures import NOON, TESTER

Kind, State = CustodyEvent.Kind, TestPurchase.State
PDF = b"%PDF-1.7 certificate"


@pytest.fixture
def shopper(person):
    return person("inspector", name="sol", organisation=make.body().organisation)


@pytest.fixture
def exhibit(policy, shopper):
    listing = make.decision().case.listing
    purchase = make.opened_purchase(listing, shopper=shopper)
    make.judged(purchase)
    purchase.refresh_from_db()
    return purchase


def hand_on(purchase, kind, **also):
    fields = {"from_party": "store", "to_party": "court", "place": "Seoul", "happened_at": make.LATER} | also
    return record_custody(
        purchase, HandOver(kind=kind, **fields), at=make.LATER + timedelta(hours=1), actor=TESTER
    )


def test_an_exhibit_is_stored_lent_returned_and_destroyed_with_a_certificate(exhibit):
    for kind in (Kind.STORED, Kind.LOANED, Kind.RETURNED):
        hand_on(exhibit, kind)
    with pytest.raises(Refused, match="certificate"):
        hand_on(exhibit, Kind.DESTROYED)
    gone = hand_on(exhibit, Kind.DESTROYED, certificate=PDF)
    assert gone.certificate.sha256 == hashlib.sha256(PDF).hexdigest()
    for kind in CustodyEvent.Kind:
        with pytest.raises(Refused, match="cannot be recorded"):
            hand_on(exhibit, kind, certificate=PDF)
    assert exhibit.custody.count() == 9


def test_nothing_is_destroyed_under_a_hold(exhibit):
    matter = open_matter(Matter.Kind.CIVIL, "Claim", case=exhibit.listing.cases.get(), at=NOON, actor=TESTER)
    hand_on(exhibit, Kind.STORED)
    place_hold(matter, "A claim.", at=NOON, actor=TESTER)
    with pytest.raises(Refused, match="legal hold") as refusal:
        hand_on(exhibit, Kind.DESTROYED, certificate=PDF)
    assert refusal.value.code == "legal_hold"
    assert exhibit.custody.count() == 6
    release_hold(matter, at=NOON, actor=TESTER)
    assert hand_on(exhibit, Kind.DESTROYED, certificate=PDF).kind == "DESTROYED"


@pytest.mark.parametrize("kind", [Kind.LOANED, Kind.RETURNED, Kind.DESTROYED])
def test_what_was_never_stored_is_not_lent_returned_or_destroyed(exhibit, kind):
    with pytest.raises(Refused, match="cannot be recorded"):
        hand_on(exhibit, kind, certificate=PDF)
    assert exhibit.custody.count() == 5


def test_a_sealed_exhibit_that_nobody_examines_is_kept_all_the_same(policy, shopper):
    purchase = make.ordered_purchase(make.live_listing(), shopper=shopper)
    ship_purchase(purchase, at=timezone.now(), actor=TESTER)
    for kind in (Kind.RECEIVED, Kind.SEALED):
        make.hand_over(purchase, kind)
    purchase.refresh_from_db()
    leave_unexamined(purchase, "Enough of this shop.", at=timezone.now(), actor=TESTER)
    hand_on(purchase, Kind.STORED)
    assert close_purchase(purchase, at=timezone.now(), actor=TESTER).state == "CLOSED"
    assert not Event.objects.filter(name="mystery_shop.verdict.given").exists()


@pytest.mark.parametrize(("is_lost", "state"), [(True, "NOT_DELIVERED"), (False, "CANCELLED")])
def test_what_never_came_says_why(policy, shopper, is_lost, state):
    purchase = make.ordered_purchase(make.live_listing(), shopper=shopper)
    ended = give_up_purchase(purchase, "The shop is gone.", is_lost=is_lost, at=timezone.now(), actor=TESTER)
    assert (ended.state, ended.reason) == (state, "The shop is gone.")


STEPS = [(before, after) for before in State for after in State]


@pytest.mark.parametrize(("before", "after"), STEPS)
def test_a_purchase_moves_only_as_its_table_says(policy, shopper, before, after):
    purchase = make.planned_purchase(make.live_listing())
    TestPurchase.objects.filter(pk=purchase.pk).update(state=before)
    purchase.refresh_from_db()
    if after in TestPurchase.STEPS[before]:
        assert purchase.step(after).state == after
    else:
        with pytest.raises(Refused):
            purchase.step(after)
        purchase.refresh_from_db()
        assert purchase.state == before


def test_the_report_is_a_pdf_with_hangul_and_byte_identical_when_made_again(exhibit):
    verdict = Verdict.objects.get()
    kept = read_file(verdict.document)
    assert kept.startswith(b"%PDF-")
    assert b"NotoSansKR" in kept
    assert document_of(verdict) == document_of(Verdict.objects.get()) == kept


def test_the_report_and_the_chain_never_name_the_shopper(exhibit, policy, shopper):
    assert shopper.name not in str(document_of(Verdict.objects.get()))
    purchase = make.ordered_purchase(make.live_listing("other"), shopper=shopper, of=exhibit.programme)
    handover = HandOver(
        kind=Kind.RECEIVED, from_party="courier", to_party="Sol", place="Seoul", happened_at=NOON
    )
    with pytest.raises(Refused, match="never names"):
        record_custody(purchase, handover, at=NOON, actor=TESTER)
    assert not purchase.custody.exists()


def test_the_shopper_is_shielded_from_the_examiner(exhibit, shopper, person, browser_of, machine):
    examiner = person("inspector", name="ara", organisation=make.body().organisation)
    for page in (f"/inspections/{exhibit.pk}", "/inspections/", "/inspections/field"):
        shown = browser_of(examiner).get(page).text
        assert not any(word in shown for word in (shopper.email, "S-1", "89,000"))
    assert "S-1" in browser_of(shopper).get(f"/inspections/{exhibit.pk}").text
    client = machine("custody:write", organisation=make.body().organisation)
    shown = client.get(f"/api/v1/test-purchases/{exhibit.pk}").json()
    assert not {"order", "shopper", "paid", "seller"} & set(shown)


def test_a_seller_sees_no_test_purchase_at_all(exhibit, person, browser_of):
    for page in (f"/inspections/{exhibit.pk}", "/inspections/", "/inspections/field"):
        assert browser_of(person("seller")).get(page).status_code == 403


def test_a_body_walks_the_whole_way_from_its_own_system(policy, shopper, machine):
    purchase = make.ordered_purchase(make.live_listing(), shopper=shopper)
    client = machine("custody:write", organisation=make.body().organisation)
    base = f"/api/v1/test-purchases/{purchase.pk}"
    assert [row["id"] for row in client.get("/api/v1/test-purchases").json()["test_purchases"]] == [
        purchase.pk
    ]
    photo = base64.b64encode(make.photo()).decode()
    video = base64.b64encode(b"\0\0\0\x18ftypmp42" + b"\0" * 50).decode()
    for number, kind in enumerate(make.WAY):
        handover = {
            "kind": kind,
            "from_party": "a",
            "to_party": "b",
            "place": "c",
            "seal_number": "K-1" if number else "",
            "is_seal_intact": True,
            "happened_at": NOON.isoformat(),
            "photo": photo,
            "video": video,
            "weight": 420,
        }
        for _again in range(2):
            answer = client.post(f"{base}/custody-events", handover, headers={"Idempotency-Key": kind})
            assert answer.status_code == 201, answer.json()
    found = {"finding": "COUNTERFEIT", "method": "m", "reasons": "r", "examiner": "E-7", "pictures": [photo]}
    assert client.post(f"{base}/verdicts", found).json()["given"] is False
    assert client.post(f"{base}/countersignatures", {"signer": "E-7"}).status_code == 409
    assert client.post(f"{base}/countersignatures", {"signer": "H-1"}).json()["given"] is True
    shown = client.get(base).json()
    assert (shown["state"], len(shown["custody"])) == ("JUDGED", 5)
    assert shown["custody"][0]["entry"]["video_sha256"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("photo", "no base64!"),
        ("photo", base64.b64encode(b"GIF?").decode()),
        ("weight", -1),
        ("happened_at", "yesterday"),
    ],
)
def test_bad_input_is_named_and_records_nothing(policy, shopper, machine, field, value):
    purchase = make.ordered_purchase(make.live_listing(), shopper=shopper)
    client = machine("custody:write", organisation=make.body().organisation)
    handover = {
        "kind": "RECEIVED",
        "from_party": "a",
        "to_party": "b",
        "place": "c",
        "is_seal_intact": True,
        "happened_at": NOON.isoformat(),
    }
    answer = client.post(f"/api/v1/test-purchases/{purchase.pk}/custody-events", {**handover, field: value})
    assert answer.status_code in (409, 422)
    assert not CustodyEvent.objects.exists()


def test_the_exhibit_is_seen_beside_the_brands_reference(exhibit, person, browser_of):
    reference = make.reference(make.brand("Haneul"))
    Listing.objects.filter(pk=exhibit.listing_id).update(trades_on="Haneul")
    hand_on(exhibit, Kind.STORED, photo=make.photo())
    keeper = browser_of(person("inspector", name="ara", organisation=make.body().organisation))

    page = f"/inspections/{exhibit.pk}"
    text = keeper.get(page).text
    for key in ("custody-6", f"reference-{reference.pk}"):
        assert f"{page}/pictures/{key}" in text
        picture = keeper.get(f"{page}/pictures/{key}")
        assert picture["Content-Type"] == "image/jpeg"
        assert b"".join(picture.streaming_content).startswith(b"\xff\xd8")
    assert keeper.get(f"{page}/pictures/reference-0").status_code == 404
    other = person("inspector", name="elsewhere", organisation=make.body("Another lab").organisation)
    assert browser_of(other).get(f"{page}/pictures/custody-6").status_code == 404
