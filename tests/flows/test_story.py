"""One fake, from the catalogue to the last event: found, punished, refunded, appealed against, and all of it undone."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from brands.actions.references import NewReference, add_references, picture_of
from brands.models import ReferenceImage
from demo.drawing import Photo, jpeg_of, photograph, recompressed
from demo.drawing.goods import METALS, Design
from enforcement.appeals.models import Appeal
from enforcement.cases.models import Case
from enforcement.decisions.models import Decision, Statement
from enforcement.sanctions.models import Sanction, Violation
from klean.core.access.models import Membership, Role
from klean.core.events.models import Event
from klean.core.mail.models import Mail
from listings.models import Listing
from refunds.models.claims import RefundClaim
from refunds.models.ledger import LedgerEntry
from reports.models.notices import Notice, NoticeItem
from sellers.models import Seller
from tests.fixtures import NOON, TESTER
from tests.make.brands import brand
from tests.make.refunds import order
from tests.make.sellers import seller

BAG = Design("bag", "Maroen", "diamond", (112, 34, 44), 0, METALS[0])
OFFICIAL = photograph(Photo(BAG, "official", is_official=True))
HONEST = photograph(Photo(Design("bag", "Plain", "hexagon", (40, 54, 96), 2, METALS[1]), "somebody's table"))
REASONS = "The mark on the clasp is turned, and the shop calls it a mirror copy."


@pytest.mark.django_db(transaction=True)
def test_a_fake_is_found_punished_and_refunded_and_an_appeal_undoes_all_of_it(
    market, gallery, work, agree, machine, person, browser_of, mailoutbox
):
    maroen = brand("Maroen", korean_name="마로엔", aliases=[], protection="GATED", list_price=890_000)
    front = NewReference(
        brand=maroen,
        kind=ReferenceImage.Kind.OFFICIAL,
        picture=picture_of(jpeg_of(OFFICIAL, 92)),
        label="front",
    )
    add_references([front], at=NOON, actor=TESTER)
    shop = seller("s-7", "Moonlight Shop", organisation="Moonlight Ltd")
    moderator, senior, buyer = person("moderator"), person("senior"), person("consumer", name="jiwoo")
    owner = person("seller", organisation=shop.organisation)
    order(market, "O-1001", listing="f-1", buyer=buyer.email, amount=139_000)
    catalogue = machine("listings:write", "listings:read")
    reading = machine("sellers:read", "events:read")

    # The catalogue comes in.
    offers = [
        {
            "id": "f-1",
            "seller_id": "s-7",
            "title": "미러급 ㅁㅏ로엔 클래식 토트백",
            "price": "139000 KRW",
            "condition": "new",
            "image_link": gallery.show("fake.jpg", recompressed(OFFICIAL)),
        },
        {
            "id": "h-1",
            "seller_id": "s-7",
            "title": "데일리 숄더백 네이비",
            "price": "39000 KRW",
            "condition": "new",
            "image_link": gallery.show("honest.jpg", jpeg_of(HONEST)),
        },
    ]
    answer = catalogue.post("/api/v1/listings/batch", {"listings": offers})
    assert answer.status_code == 202
    assert [row["outcome"] for row in answer.json()["results"]] == ["created", "created"]

    # Screening looks at it and doubts the one, with evidence that a person can check.
    work()
    fake = catalogue.get("/api/v1/listings/f-1").json()
    assert (fake["state"], fake["verdict"]) == ("BLOCKED", "block")
    signals = {signal["kind"]: signal for signal in fake["signals"]}
    mention = signals["brand_mention"]["evidence"]
    assert offers[0]["title"][mention["start"] : mention["end"]] == mention["text"] == "ㅁㅏ로엔"
    assert signals["image_match"]["brand"] == "Maroen"
    assert "counterfeit_language" in signals
    assert catalogue.get("/api/v1/listings/h-1").json()["state"] == "LIVE"
    case = Case.objects.get()
    assert (case.listing.external_id, case.source, case.state) == ("f-1", "SCREENING", "OPEN")

    # A visitor reports it too: it joins the case.
    report = {
        "listing": "f-1",
        "reason": "COUNTERFEIT",
        "email": "visitor@test.klean",
        "explanation": "It smells.",
    }
    assert Client().post("/report", report).status_code == 302
    work()
    assert Case.objects.get().evidence.count() == 2
    assert Notice.objects.get().state == "ADMITTED"

    # The moderator takes the case in hand at the desk and decides it.
    desk = browser_of(moderator)
    assert f"/desk/cases/{case.pk}" in desk.get("/desk/").content.decode()
    assert desk.post(f"/desk/cases/{case.pk}/assignments").status_code == 302
    ruling = {"choice": "SERIOUS", "ground": "COUNTERFEIT", "reasons": REASONS}
    assert desk.post(f"/desk/cases/{case.pk}/decisions", ruling).status_code == 302
    assert Decision.objects.get().state == "WAITING"
    agree()

    # One decision: points, suspension, listing off, the report answered, the seller told why.
    decision = Decision.objects.get()
    assert (Violation.objects.get().counted, Sanction.objects.get().rung) == (1, "SUSPENSION")
    standing = reading.get("/api/v1/sellers/s-7/standing").json()
    assert (standing["standing"], [row["rung"] for row in standing["sanctions"]]) == (
        "SUSPENDED",
        ["SUSPENSION"],
    )
    assert Listing.objects.get(external_id="f-1").state == "REMOVED"
    assert NoticeItem.objects.get().outcome == "UPHELD"
    statement = Statement.objects.get(party="SELLER")
    assert REASONS in statement.texts["ko"]
    assert REASONS in statement.texts["en"]

    # The marketplace hears of it, and so does the seller by mail.
    work()
    types = [event["type"] for event in market.events.values()]
    assert {"listings.listing.removed", "enforcement.decision.issued", "enforcement.sanction.imposed"} <= set(
        types
    )
    assert Mail.objects.get(template="mail/enforcement/decision.txt").sent_at
    assert Mail.objects.get(template="mail/reports/notice_decided.txt").sent_at
    assert {owner.email, "visitor@test.klean"} <= {address for letter in mailoutbox for address in letter.to}

    # The buyer asks for the money, without evidence, and has it.
    claim = {"order": "O-1001", "listing": "f-1", "reason": "LOOKS_FAKE"}
    assert browser_of(buyer).post("/refunds", claim).status_code == 302
    work()
    assert RefundClaim.objects.get().state == "REFUNDED"
    assert market.paid_out() == 139_000
    assert charged_to(shop) == 139_000

    # The seller appeals; whoever decided may not hear it, also when they are a senior.
    grounds = {"grounds": "We bought these bags from the brand itself; the invoice is attached."}
    assert browser_of(owner).post(f"/seller/decisions/{decision.pk}/appeals", grounds).status_code == 302
    appeal = Appeal.objects.get()
    Membership.objects.create(user=moderator, role=Role.SENIOR)
    refused = browser_of(moderator).post(f"/desk/appeals/{appeal.pk}/assignments")
    assert refused.status_code == 409
    appeal.refresh_from_db()
    assert appeal.state == "SUBMITTED"

    # Another senior hears it and overturns the decision.
    hearing = browser_of(senior)
    assert hearing.post(f"/desk/appeals/{appeal.pk}/assignments").status_code == 302
    outcome = {"outcome": "OVERTURNED", "reasons": "The invoice is genuine: these bags are."}
    assert hearing.post(f"/desk/appeals/{appeal.pk}/outcomes", outcome).status_code == 302
    work()

    # All that followed is undone; the buyer keeps the money, and the seller no longer pays it.
    assert Listing.objects.get(external_id="f-1").state == "LIVE"
    assert Violation.objects.get().voided_at
    assert Sanction.objects.get().lifted_at
    assert reading.get("/api/v1/sellers/s-7/standing").json()["standing"] == "ACTIVE"
    assert (NoticeItem.objects.get().outcome, charged_to(shop), market.paid_out()) == (
        "DISMISSED",
        0,
        139_000,
    )
    assert Mail.objects.get(template="mail/reports/notice_corrected.txt").sent_at
    assert Mail.objects.get(template="mail/enforcement/correction.txt").sent_at
    assert "listings.listing.reinstated" in {event["type"] for event in market.events.values()}

    # Every step stands in the one log, in its order, and the log is whole.
    out = StringIO()
    call_command("verify_events", stdout=out)
    assert "every hash fits" in out.getvalue()
    assert_in_order(reading.get("/api/v1/events?limit=500").json()["events"])
    assert Event.objects.filter(position=None).count() == 0


STORY = [
    "listings.listing.flagged",
    "enforcement.case.opened",
    "reports.notice.filed",
    "enforcement.evidence.added",
    "enforcement.case.assigned",
    "enforcement.sanction.imposed",
    "sellers.standing.changed",
    "listings.listing.removed",
    "reports.notice.answered",
    "enforcement.statement.issued",
    "enforcement.decision.issued",
    "refunds.claim.opened",
    "refunds.claim.approved",
    "refunds.refund.paid",
    "refunds.claim.refunded",
    "enforcement.appeal.filed",
    "enforcement.appeal.assigned",
    "enforcement.sanction.lifted",
    "sellers.standing.changed",
    "listings.listing.reinstated",
    "reports.notice.answer_corrected",
    "enforcement.decision.overturned",
]


def assert_in_order(events: list[dict]) -> None:
    types = iter(event["type"] for event in events)
    missing = [name for name in STORY if not any(name == one for one in types)]
    assert missing == [], [event["type"] for event in events]


def charged_to(shop: Seller) -> int:
    entries = LedgerEntry.objects.filter(seller=shop, account=LedgerEntry.Account.SELLER)
    return -sum(entries.values_list("amount", flat=True))
