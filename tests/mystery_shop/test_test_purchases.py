from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from klean.core.access.models import Organisation
from klean.core.events.actors import person as actor_of
from klean.core.events.models import Event
from klean.core.rows.refusals import Refused
from mystery_shop.actions.purchases import approve_purchase, plan_purchase
from mystery_shop.actions.verdicts import Examination, file_report, give_verdict, return_report
from mystery_shop.models import CustodyEvent, TestPurchase, Verdict
from tests import make
from tests.fixtures import NOON, TESTER

Kind = CustodyEvent.Kind
FAKE = Examination(
    finding=Verdict.Finding.COUNTERFEIT, method="stitching and logo", reasons="The seams differ."
)


def filed(purchase, examiner):
    return file_report(purchase, FAKE, at=NOON + timedelta(days=1), actor=actor_of(examiner.pk))


def verdict_of(purchase, examiner):
    filed(purchase, examiner)
    return give_verdict(purchase, at=NOON + timedelta(days=1), actor=TESTER)


def test_whoever_planned_a_purchase_does_not_approve_it(listing):
    purchase = make.planned_purchase(listing)
    with pytest.raises(Refused, match="does not approve"):
        approve_purchase(purchase, at=timezone.now(), actor=TESTER)
    purchase.refresh_from_db()
    assert purchase.state == "PLANNED"
    assert not Event.objects.filter(name="mystery_shop.purchase.state_changed").exists()


def test_the_budget_of_a_programme_is_never_exceeded(listing):
    programme = make.programme(budget=listing.price)
    make.planned_purchase(listing, of=programme)
    with pytest.raises(Refused, match="budget"):
        make.planned_purchase(listing, of=programme)
    assert programme.purchases.count() == 1


def test_a_programme_that_is_over_buys_nothing(listing):
    with pytest.raises(Refused, match="does not run"):
        plan_purchase(make.programme(), listing, at=NOON + timedelta(days=400), actor=TESTER)
    assert not TestPurchase.objects.exists()


def test_a_verdict_after_an_unbroken_chain_is_usable(listing, shopper, examiner):
    purchase = make.opened_purchase(listing, shopper=shopper)
    verdict = verdict_of(purchase, examiner)

    assert verdict.is_usable
    given = Event.objects.get(name="mystery_shop.verdict.given")
    assert given.data["listing"] == listing.external_id
    assert given.data["is_usable"] is True


@pytest.mark.parametrize("broken_at", [Kind.SEALED, Kind.DISPATCHED, Kind.ARRIVED, Kind.OPENED])
def test_a_verdict_after_a_broken_seal_is_not_usable(listing, shopper, examiner, broken_at):
    purchase = make.opened_purchase(listing, shopper=shopper, broken_at=broken_at)

    assert not verdict_of(purchase, examiner).is_usable


def test_whoever_bought_it_does_not_examine_it(listing, shopper):
    purchase = make.opened_purchase(listing, shopper=shopper)
    with pytest.raises(Refused, match="does not examine"):
        verdict_of(purchase, shopper)
    purchase.refresh_from_db()
    assert purchase.state == "OPENED"
    assert not Verdict.objects.exists()


def test_a_report_counts_only_when_somebody_else_has_countersigned_it(listing, shopper, examiner, head):
    purchase = make.opened_purchase(listing, shopper=shopper)
    filed(purchase, examiner)

    for hand, words in [(examiner, "does not countersign"), (shopper, "does not examine")]:
        with pytest.raises(Refused, match=words):
            give_verdict(purchase, at=NOON, actor=actor_of(hand.pk))
    assert Verdict.objects.get().given_at is None
    assert not Event.objects.filter(name="mystery_shop.verdict.given").exists()

    give_verdict(purchase, at=NOON, actor=actor_of(head.pk))
    assert Verdict.objects.get().countersigned_by == f"person:{head.pk}"
    assert Event.objects.filter(name="mystery_shop.verdict.given").count() == 1


def test_a_report_that_is_sent_back_is_filed_again(listing, shopper, examiner, head):
    purchase = make.opened_purchase(listing, shopper=shopper)
    filed(purchase, examiner)
    return_report(purchase, "No picture of the clasp.", at=timezone.now(), actor=actor_of(head.pk))
    purchase.refresh_from_db()

    assert (purchase.state, Verdict.objects.count()) == ("OPENED", 0)
    assert verdict_of(purchase, examiner).finding == "COUNTERFEIT"


def test_there_is_one_verdict(listing, shopper, examiner):
    purchase = make.opened_purchase(listing, shopper=shopper)
    verdict_of(purchase, examiner)
    with pytest.raises(Refused):
        verdict_of(purchase, examiner)
    assert Verdict.objects.count() == 1


def test_a_body_records_custody_and_verdict_from_its_own_system(listing, shopper, machine):
    purchase = make.opened_purchase(listing, shopper=shopper)
    client = machine("custody:write", organisation=make.body().organisation)
    answer = client.post(
        f"/api/v1/test-purchases/{purchase.pk}/verdicts",
        {"finding": "COUNTERFEIT", "method": "stitching", "reasons": "The seams differ."},
    )

    assert (answer.status_code, answer.json()["usable"], answer.json()["given"]) == (201, True, False)


def test_another_body_sees_and_writes_nothing(listing, shopper, machine, person, browser_of):
    purchase = make.opened_purchase(listing, shopper=shopper)
    other = Organisation.objects.create(name="Other Lab", kind="INSPECTION_BODY")
    client = machine("custody:write", organisation=other)
    verdict_form = {"finding": "GENUINE", "method": "m", "reasons": "r"}

    assert client.post(f"/api/v1/test-purchases/{purchase.pk}/verdicts", verdict_form).status_code == 404
    page = browser_of(person("inspector", name="stranger", organisation=other))
    assert page.get(reverse("inspections:purchase", args=[purchase.pk])).status_code == 404
    assert not Verdict.objects.exists()


@pytest.mark.parametrize("role", ["consumer", "seller", "rights_holder", "engineer", "penalties"])
def test_other_roles_are_kept_out(listing, shopper, person, browser_of, role):
    purchase = make.opened_purchase(listing, shopper=shopper)
    client = browser_of(person(role))

    for name, args in [("purchases", []), ("plan", []), ("purchase", [purchase.pk])]:
        assert client.get(reverse(f"inspections:{name}", args=args)).status_code == 403
    for name in ["approvals", "orders", "custody_events", "verdicts", "countersignatures", "ends"]:
        assert client.post(reverse(f"inspections:{name}", args=[purchase.pk])).status_code == 403


def test_an_inspector_walks_the_whole_way_by_the_pages(listing, shopper, examiner, head, person, browser_of):
    staff = browser_of(person("moderator"))
    made = staff.post(
        reverse("inspections:plan"),
        {
            "programme": make.programme().pk,
            "listing": listing.external_id,
        },
    )
    assert made.status_code == 302
    purchase = TestPurchase.objects.get()
    page = lambda name: reverse(f"inspections:{name}", args=[purchase.pk])  # noqa: E731
    assert staff.post(page("approvals")).status_code == 409
    assert browser_of(person("senior")).post(page("approvals")).status_code == 302

    buying = browser_of(shopper)
    assert buying.post(page("orders"), {"number": "S-1", "paid": "89000"}).status_code == 302
    for kind in ["RECEIVED", "SEALED", "DISPATCHED", "ARRIVED", "OPENED"]:
        custody_form = {
            "kind": kind,
            "from_party": "courier",
            "to_party": "bench",
            "place": "Seoul",
            "seal_number": "KL-7",
            "is_seal_intact": "on",
            "happened_at": "2026-11-01T10:00",
        }
        assert buying.post(page("custody_events"), custody_form).status_code == 302
    given = browser_of(examiner).post(
        page("verdicts"), {"finding": "COUNTERFEIT", "method": "seams", "reasons": "They differ."}
    )
    assert given.status_code == 302
    assert browser_of(examiner).post(page("countersignatures")).status_code == 409
    assert browser_of(head).post(page("countersignatures")).status_code == 302
    assert "counterfeit" in browser_of(examiner).get(page("purchase"), headers={"accept-language": "en"}).text
    assert Verdict.objects.get().is_usable


def test_the_shopper_is_named_on_no_page_of_the_staff(listing, shopper, person, browser_of):
    purchase = make.opened_purchase(listing, shopper=shopper)
    page = browser_of(person("moderator")).get(reverse("inspections:purchase", args=[purchase.pk])).text

    assert shopper.name not in page
    assert shopper.email not in page


def test_an_empty_verdict_is_sent_back_with_the_fields_named(listing, shopper, examiner, browser_of):
    purchase = make.opened_purchase(listing, shopper=shopper)
    answer = browser_of(examiner).post(
        reverse("inspections:verdicts", args=[purchase.pk]), {"finding": "COUNTERFEIT"}
    )

    assert answer.status_code == 422
    assert not Verdict.objects.exists()
