from datetime import timedelta

import pytest
from django.utils import timezone

from klean.core.events.actors import person
from klean.core.events.models import Event
from klean.core.mail.models import Mail
from klean.core.rows.refusals import IllegalStep, Refused
from refunds.actions.parcels import examine_parcel, miss_due_parcels, post_parcel, receive_parcel
from refunds.actions.recovery import recover_refunds
from refunds.models.claims import RefundClaim
from refunds.models.ledger import LedgerEntry, Recovery
from refunds.models.parcels import ReturnParcel
from refunds.queries.books import owed_by
from refunds.rules.sampling import is_sampled
from tests import make
from tests.fixtures import TESTER

pytestmark = pytest.mark.usefixtures("policy")


@pytest.fixture
def refunded(market, work):
    """A claim that was paid, as the worker does it."""

    def pay(amount=129_000, number="O-1001", listing="1005", buyer="jiwoo@test.klean"):
        make.order(market, number, listing=listing, amount=amount, buyer=buyer)
        make.claim(number, make.offer(listing), by=make.consumer(buyer))
        work()
        return RefundClaim.objects.select_related("listing", "seller").get(order=number)

    return pay


def received(parcel):
    return receive_parcel(parcel, f"KL-{parcel.pk}", at=timezone.now(), actor=TESTER)


def test_the_goods_are_asked_for_once_the_money_is_out_and_small_ones_stay(refunded):
    large, small = refunded(), refunded(29_999, "O-2", "1006")
    assert large.parcel.state == "RETURN_REQUESTED"
    assert large.parcel.return_by - large.refunded_at == timedelta(days=30)
    assert not ReturnParcel.objects.filter(claim=small).exists()


def test_a_parcel_goes_from_the_buyer_to_the_seal_and_some_are_examined(refunded, recorded):
    claim = refunded()
    post_parcel(claim.parcel, carrier="CJ", tracking_number="123456789", at=timezone.now(), actor=TESTER)
    parcel = received(claim.parcel)
    drawn = is_sampled(claim.reference, 25)
    assert parcel.state == ("AUTHENTICATION" if drawn else "NOT_EXAMINED")
    assert recorded()[-3:] == ["refunds.parcel.state_changed"] * 3
    states = [
        event.data["state"]
        for event in Event.objects.filter(name="refunds.parcel.state_changed").order_by("id")
    ]
    assert states == ["RETURN_REQUESTED", "IN_TRANSIT", parcel.state]
    assert Mail.objects.filter(key=f"claim:{claim.pk}:parcel_received").exists()


def test_one_in_four_is_drawn_and_the_same_one_always():
    drawn = [is_sampled(f"ABCDE-{n}", 25) for n in range(4000)]
    assert 0.22 < sum(drawn) / 4000 < 0.28
    assert drawn == [is_sampled(f"ABCDE-{n}", 25) for n in range(4000)]


@pytest.mark.parametrize("finding", ["COUNTERFEIT", "GENUINE", "INCONCLUSIVE"])
def test_whatever_is_found_the_buyer_keeps_the_money_and_only_a_decision_charges_the_seller(
    refunded, finding
):
    claim = refunded()
    examine_parcel(received(claim.parcel), finding, "The stitching.", at=timezone.now(), actor=TESTER)
    claim.refresh_from_db()
    assert claim.state == "REFUNDED"
    assert owed_by(claim.seller) == 0
    event = Event.objects.get(name="refunds.parcel.examined")
    assert event.data["finding"] == finding


def test_a_fake_in_the_parcel_opens_a_case_and_its_decision_recovers_the_refund(refunded, deliver_events):
    claim = refunded()
    examine_parcel(received(claim.parcel), "COUNTERFEIT", "Glue.", at=timezone.now(), actor=TESTER)
    deliver_events()
    assert claim.listing.cases.get().evidence.filter(event__name="refunds.parcel.examined").exists()
    recover_refunds(claim.listing, at=timezone.now(), actor=TESTER)
    assert owed_by(claim.seller) == 129_000
    assert Recovery.objects.count() == 1
    assert sum(LedgerEntry.objects.values_list("amount", flat=True)) == 0


def test_a_parcel_that_never_comes_is_missed_once_and_may_still_arrive(refunded, recorded):
    parcel = refunded().parcel
    late = parcel.due_at + timedelta(minutes=1)
    assert miss_due_parcels(at=late) == 1
    assert miss_due_parcels(at=late) == 0
    parcel.refresh_from_db()
    assert (parcel.state, recorded()[-1]) == ("NOT_RETURNED", "refunds.parcel.state_changed")
    assert received(parcel).state in {"AUTHENTICATION", "NOT_EXAMINED"}


def test_a_seal_closes_one_parcel_and_a_finding_needs_its_reasons(refunded, recorded):
    first, second = refunded().parcel, refunded(number="O-2", listing="1006").parcel
    receive_parcel(first, "KL-1", at=timezone.now(), actor=TESTER)
    before = recorded()
    with pytest.raises(Refused, match="another parcel"):
        receive_parcel(second, "KL-1", at=timezone.now(), actor=TESTER)
    with pytest.raises(Refused, match="how you can tell"):
        examine_parcel(first, "COUNTERFEIT", " ", at=timezone.now(), actor=TESTER)
    with pytest.raises(IllegalStep):
        examine_parcel(second, "COUNTERFEIT", "Glue.", at=timezone.now(), actor=TESTER)
    assert recorded() == before


def test_parcels_found_genuine_speak_on_the_buyers_next_claims_alone(refunded):
    for n in range(2):
        parcel = refunded(number=f"O-{n:03}", listing=f"l-{n}").parcel
        examine_parcel(received(parcel), "GENUINE", "The brand's own.", at=timezone.now(), actor=TESTER)
    claim = refunded(number="O-900", listing="l-9")
    assert {"code": "found_genuine", "found": 2, "limit": 1, "points": 50} in claim.abuse_parts
    other = refunded(number="O-901", listing="l-8", buyer="minsu@test.klean")
    assert other.abuse_parts == []


def test_the_buyer_and_the_desk_do_it_on_their_pages(refunded, browser_of, person):
    claim = refunded()
    buyer, desk = browser_of(claim.claimant), browser_of(person("moderator"))
    page = buyer.get(f"/refunds/{claim.reference}")
    assert b"Please send it to us by" in page.content
    bad = buyer.post(f"/refunds/{claim.reference}/parcels", {"carrier": "CJ", "tracking_number": "?"})
    assert bad.status_code == 422
    sent = {"carrier": "CJ", "tracking_number": "1234-5678"}
    assert buyer.post(f"/refunds/{claim.reference}/parcels", sent).status_code == 302
    stranger = browser_of(make.consumer("other@test.klean"))
    assert stranger.post(f"/refunds/{claim.reference}/parcels", sent).status_code == 404

    assert b"1234-5678" in desk.get("/desk/parcels/").content
    url = f"/desk/parcels/{claim.reference}"
    assert desk.post(f"{url}/receipts", {"seal_number": ""}).status_code == 422
    assert desk.post(f"{url}/receipts", {"seal_number": "KL-9"}).status_code == 302
    finding = {"finding": "COUNTERFEIT", "findings": "The zip."}
    assert desk.post(f"{url}/findings", finding).status_code == 302
    assert desk.post(f"{url}/findings", finding).status_code == 409
    claim.parcel.refresh_from_db()
    assert claim.parcel.examined_by == str(person_of(desk))
    assert buyer.post(f"{url}/receipts", {"seal_number": "KL-9"}).status_code == 403


def person_of(browser):
    return person(int(browser.session["_auth_user_id"]))
