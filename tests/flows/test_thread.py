"""One thing through all of it: order, parcel, seal, verdict, case, points, recovery, exhibit, bundle, published figure."""

import hashlib
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from enforcement.cases.models import Case
from enforcement.sanctions.models import Violation
from governance.queries.figures import Period, figures_of
from klean.core.documents.models import SigningKey
from klean.core.events.chain import chain_head
from klean.core.events.models import Event
from klean.core.files.store import path_of, read_file
from legal.models import Bundle, Matter
from listings.models import Listing
from mystery_shop.actions.documents import document_of
from mystery_shop.actions.plans import NewStratum, approve_plan, draw_plan, make_plan
from mystery_shop.actions.programmes import Terms, enter_agreement, open_programme, set_fund
from mystery_shop.models import Fund, Programme, TestPurchase, Verdict
from refunds.models.claims import RefundClaim
from refunds.models.ledger import LedgerEntry
from tests import make
from tests.fixtures import TESTER
from tests.legal.test_matters import verify


def programme() -> Programme:
    at = timezone.now()
    term = {"starts_on": at.date() - timedelta(days=1), "ends_on": at.date() + timedelta(days=30)}
    terms = Terms(scope="Bags", fee=150_000, conflict_of_interest="none", **term)
    agreement = enter_agreement(make.body().organisation, terms, at=at, actor=TESTER)
    fund = set_fund("Three years", Fund.Purpose.MYSTERY_SHOP, 10_000_000_000, **term, at=at, actor=TESTER)
    return open_programme("Bags", agreement, fund, 5_000_000, **term, at=at, actor=TESTER)


def handed(client, page, kind, at, **also):
    handover = {
        "kind": kind,
        "from_party": "courier",
        "to_party": "bench",
        "place": "서울",
        "seal_number": "KL-9",
        "is_seal_intact": "on",
        "happened_at": f"{timezone.localtime(at):%Y-%m-%dT%H:%M:%S}",
        **also,
    }
    return client.post(f"{page}/custody-events", handover).status_code


@pytest.mark.django_db(transaction=True)
def test_one_bag_goes_from_the_order_to_the_court_and_the_published_figure(
    market, work, person, browser_of, tmp_path, settings, agree
):
    settings.MEDIA_ROOT = tmp_path / "media"
    begins = timezone.now()
    make.brand("Haneul")
    listing = make.live_listing("bag-1")
    Listing.objects.filter(pk=listing.pk).update(judged_revision=1)
    body, buyer = make.body().organisation, person("consumer", name="jiwoo")
    shopper, examiner, head = (
        person("inspector", name=name, organisation=body) for name in ("sol", "ara", "dae")
    )
    moderator, legal = browser_of(person("moderator")), browser_of(person("legal"))

    # Order: a buyer's money comes back without evidence, and the bag is drawn at random.
    make.order(market, "O-1", listing="bag-1", buyer=buyer.email, amount=39_000)
    assert (
        browser_of(buyer)
        .post("/refunds", {"order": "O-1", "listing": "bag-1", "reason": "LOOKS_FAKE"})
        .status_code
        == 302
    )
    work()
    claim = RefundClaim.objects.get()
    assert claim.state == "REFUNDED"
    plan = make_plan(programme(), "Autumn", [NewStratum("all", 1)], at=timezone.now(), actor=TESTER)
    (purchase,) = draw_plan(plan, at=timezone.now(), actor=TESTER)
    approve_plan(plan, at=timezone.now(), actor=make.other_hand())
    page = f"/inspections/{purchase.pk}"
    assert browser_of(shopper).post(f"{page}/orders", {"number": "S-77", "paid": 39_000}).status_code == 302

    # Parcel and seal: five hands, each sealed to the one before.
    at = timezone.now() - timedelta(minutes=30)
    for step, kind in enumerate(["RECEIVED", "SEALED", "DISPATCHED", "ARRIVED", "OPENED"]):
        assert (
            handed(browser_of(shopper if step < 3 else examiner), page, kind, at + timedelta(minutes=step))
            == 302
        )

    # Verdict: one examines, another countersigns; the examiner learns nothing of the shopper.
    seen = browser_of(examiner).get(page).text
    assert not any(name in seen for name in (shopper.name + "@", "S-77"))
    found = {"finding": "COUNTERFEIT", "method": "봉제 비교", "reasons": "각인이 정품과 다릅니다."}
    assert browser_of(examiner).post(f"{page}/verdicts", found).status_code == 302
    assert browser_of(examiner).post(f"{page}/countersignatures").status_code == 409
    assert browser_of(head).post(f"{page}/countersignatures").status_code == 302
    verdict = Verdict.objects.get()
    assert verdict.is_usable
    assert hashlib.sha256(document_of(verdict)).hexdigest() == verdict.document.sha256

    # Case and points: the desk decides on it.
    work()
    case = Case.objects.get()
    assert {"MYSTERY_SHOP", "REFUND_CLAIM"} <= set(case.evidence.values_list("source", flat=True))
    moderator.post(f"/desk/cases/{case.pk}/assignments")
    ruling = {"choice": "SERIOUS", "ground": "COUNTERFEIT", "reasons": "감정 결과 위조 상품입니다."}
    assert moderator.post(f"/desk/cases/{case.pk}/decisions", ruling).status_code == 302
    work()
    agree()
    work()
    assert Violation.objects.get().counted == 1

    # Recovery: the seller is charged what the buyer got back; the listing is off and a label for screening.
    charged = LedgerEntry.objects.filter(seller=listing.seller, account=LedgerEntry.Account.SELLER)
    assert -sum(charged.values_list("amount", flat=True)) == 39_000
    listing.refresh_from_db()
    assert (listing.state, listing.judged_revision) == ("REMOVED", listing.revision)

    # Exhibit: stored, lent to the court, returned, and not destroyed while a hold stands.
    made = legal.post("/legal/matters", {"kind": "CRIMINAL", "title": "하늘 가방 고소", "case": case.pk})
    assert made.status_code == 302
    matter = f"/legal/matters/{Matter.objects.get().pk}"
    assert legal.post(f"{matter}/holds", {"reason": "고소 준비"}).status_code == 302
    keeper = browser_of(examiner)
    for step, kind in enumerate(["STORED", "LOANED", "RETURNED"], start=6):
        assert handed(keeper, page, kind, at + timedelta(minutes=step)) == 302
    with path_of(verdict.document).open("rb") as certificate:
        assert handed(keeper, page, "DESTROYED", at + timedelta(minutes=9), certificate=certificate) == 409
    assert TestPurchase.objects.get().custody.count() == 8

    # Bundle: verified offline, with the standard library alone, against the published key.
    assert legal.post(f"{matter}/bundles").status_code == 302
    bundle = Bundle.objects.get()
    code, message = verify(path_of(bundle.packed), SigningKey.objects.get().public)
    assert (code, message[:5]) == (0, "Sound")
    assert shopper.email.encode() not in read_file(bundle.packed)

    # Figure: counted in the report, from the events alone.
    work()
    figures = figures_of(Period(begins, timezone.now() + timedelta(seconds=1), chain_head().position))
    (prevalence,) = figures["prevalence"].values()
    assert (prevalence["percent"], prevalence["examined"], prevalence["fakes"]) == (100.0, 1, 1)
    assert figures["findings_random"] == {"COUNTERFEIT": 1}
    assert figures["findings_targeted"] == {}
    assert figures["test_purchases_won"] == 39_000 + 150_000

    # Without the hold the exhibit goes, with its certificate; every step stands in the one log, which is whole.
    assert legal.post(f"{matter}/hold-releases").status_code == 302
    with path_of(verdict.document).open("rb") as certificate:
        assert handed(keeper, page, "DESTROYED", at + timedelta(minutes=9), certificate=certificate) == 302
    out = StringIO()
    call_command("verify_events", stdout=out)
    assert "every hash fits" in out.getvalue()
    names = list(Event.objects.order_by("id").values_list("name", flat=True))
    assert_in_order(names)


STORY = [
    "refunds.claim.opened",
    "refunds.claim.refunded",
    "mystery_shop.plan.created",
    "mystery_shop.sample.drawn",
    "mystery_shop.purchase.planned",
    "mystery_shop.purchase.state_changed",
    "mystery_shop.custody.recorded",
    "mystery_shop.report.filed",
    "mystery_shop.verdict.given",
    "enforcement.decision.issued",
    "legal.matter.opened",
    "legal.hold.placed",
    "mystery_shop.custody.recorded",
    "legal.bundle.created",
    "legal.hold.released",
    "mystery_shop.custody.recorded",
]


def assert_in_order(names: list[str]) -> None:
    recorded = iter(names)
    missing = [name for name in STORY if not any(name == one for one in recorded)]
    assert missing == [], names
