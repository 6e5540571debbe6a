"""Every decision × appeal × outcome, row by row: what stands after, for the shop, the listing and the reporter."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from enforcement.actions import Ruling, assign_appeal, file_appeal, overturn_appeal, uphold_appeal
from enforcement.models import Appeal, Decision, Sanction, Statement, Violation
from klean.core.actors import person as acting
from klean.core.models import Event, Mail
from klean.core.refusals import Refused
from listings.models import Listing
from reports.actions import Notifier, file_notice
from reports.models import Notice, NoticeItem, Recovery
from sellers.models import Seller
from tests.fixtures import NOON, TESTER
from tests.make.brands import picture
from tests.make.enforcement import decide, live_listing

pytestmark = pytest.mark.usefixtures("policy")
DAY = timedelta(days=1)
WORDS = "The invoices are sound."
PDF = b"%PDF-1.4\n%%EOF\n"


def milder(severity, **also):
    return Ruling(outcome="INFRINGING", severity=severity, ground="COUNTERFEIT", reasons=WORDS, **also)


STAYS = Ruling(outcome="PARTLY", severity="ADVICE", ground="MISLEADING", reasons=WORDS, actions=())
# decision, who appeals, outcome, ruling instead → appeal, listing, notice, live points, standing, charged
TABLE = [
    ("ADVICE", "SELLER", "UPHELD", None, "UPHELD", "REMOVED", "UPHELD", 0, "ACTIVE", True),
    ("ADVICE", "SELLER", "OVERTURNED", None, "OVERTURNED", "LIVE", "DISMISSED", 0, "ACTIVE", False),
    ("GENERAL", "SELLER", "UPHELD", None, "UPHELD", "REMOVED", "UPHELD", 0, "ACTIVE", True),
    ("GENERAL", "SELLER", "OVERTURNED", None, "OVERTURNED", "LIVE", "DISMISSED", 0, "ACTIVE", False),
    ("GENERAL", "SELLER", "OVERTURNED", milder("ADVICE"), "PARTLY", "REMOVED", "UPHELD", 0, "ACTIVE", True),
    ("SERIOUS", "SELLER", "UPHELD", None, "UPHELD", "REMOVED", "UPHELD", 1, "SUSPENDED", True),
    ("SERIOUS", "SELLER", "OVERTURNED", None, "OVERTURNED", "LIVE", "DISMISSED", 0, "ACTIVE", False),
    ("SERIOUS", "SELLER", "OVERTURNED", milder("GENERAL"), "PARTLY", "REMOVED", "UPHELD", 0, "ACTIVE", True),
    ("SERIOUS", "SELLER", "OVERTURNED", STAYS, "PARTLY", "LIVE", "UPHELD", 0, "ACTIVE", False),
    ("EXTREME", "SELLER", "UPHELD", None, "UPHELD", "REMOVED", "UPHELD", 3, "CLOSED", True),
    ("EXTREME", "SELLER", "OVERTURNED", None, "OVERTURNED", "LIVE", "DISMISSED", 0, "ACTIVE", False),
    ("EXTREME", "SELLER", "OVERTURNED", milder("SERIOUS"), "PARTLY", "REMOVED", "UPHELD", 1, "SUSPENDED", True),
    ("", "REPORTER", "UPHELD", None, "UPHELD", "LIVE", "DISMISSED", 0, "ACTIVE", False),
    ("", "REPORTER", "OVERTURNED", milder("ADVICE"), "OVERTURNED", "REMOVED", "UPHELD", 0, "ACTIVE", True),
    ("", "REPORTER", "OVERTURNED", milder("SERIOUS"), "OVERTURNED", "REMOVED", "UPHELD", 1, "SUSPENDED", True),
    ("", "REPORTER", "OVERTURNED", STAYS, "OVERTURNED", "LIVE", "UPHELD", 0, "ACTIVE", False),
]  # fmt: skip


@pytest.fixture
def senior(person):
    return person("senior")


@pytest.fixture
def reported(hear):
    """A case that a buyer's notice brought, and the notice."""
    listing = live_listing()
    notifier = Notifier(
        type=Notice.NotifierType.CONSUMER, key="buyer", language="en", email="buyer@test.klean"
    )
    file_notice([listing], notifier, reason="COUNTERFEIT", explanation="A fake.", at=NOON, actor=TESTER)
    hear()
    return listing.cases.get()


def decided(case, severity):
    return decide(case, severity) if severity else decide(case, outcome="NOT_INFRINGING")


def filed(made, party):
    notice = Notice.objects.get() if party == "REPORTER" else None
    return file_appeal(
        made, grounds="Look again, please.", notice=notice, at=NOON + timedelta(hours=1), actor=TESTER
    )


@pytest.mark.parametrize(
    ("severity", "party", "outcome", "ruling", "state", "listing", "notice", "points", "standing", "charged"),
    TABLE,
)
def test_every_appeal_leaves_what_its_row_says(
    severity, party, outcome, ruling, state, listing, notice, points, standing, charged, reported, senior
):
    at = NOON + timedelta(hours=2)
    appeal = assign_appeal(filed(decided(reported, severity), party), senior, at=at, actor=TESTER)
    actor = acting(senior.pk)
    if outcome == "UPHELD":
        uphold_appeal(appeal, reasons=WORDS, at=at, actor=actor)
    else:
        overturn_appeal(appeal, reasons=WORDS, ruling=ruling, at=at, actor=actor)

    assert Appeal.objects.get().state == state
    assert Listing.objects.get().state == listing
    assert NoticeItem.objects.get().outcome == notice
    live = Violation.objects.filter(voided_at=None)
    assert sum(live.values_list("counted", flat=True)) == points
    assert Seller.objects.get().standing == standing
    assert Recovery.objects.filter(released_at=None).exists() == charged
    assert Decision.objects.filter(state="IN_FORCE").count() == (1 if outcome == "UPHELD" or ruling else 0)
    assert not Sanction.objects.filter(lifted_at=None, violation__voided_at__isnull=False).exists()
    corrected = Mail.objects.filter(template="mail/reports/notice_corrected.txt").count()
    was = "UPHELD" if severity else "DISMISSED"
    assert corrected == (0 if notice == was else 1)
    fell = outcome != "UPHELD" and bool(severity)
    assert Statement.objects.filter(kind="CORRECTION").exists() == fell


@pytest.mark.parametrize("severity", ["SERIOUS", "EXTREME"])
def test_on_a_sellers_appeal_a_decision_never_becomes_harder(severity, reported, senior):
    appeal = assign_appeal(filed(decided(reported, "SERIOUS"), "SELLER"), senior, at=NOON, actor=TESTER)
    before = Event.objects.count()

    with pytest.raises(Refused, match="milder"):
        overturn_appeal(appeal, reasons=WORDS, ruling=milder(severity), at=NOON, actor=acting(senior.pk))

    assert Event.objects.count() == before
    assert Decision.objects.get().state == Decision.State.IN_FORCE


def test_a_milder_decision_counts_from_the_first_ones_day(reported, senior):
    made = decided(reported, "EXTREME")
    appeal = assign_appeal(filed(made, "SELLER"), senior, at=NOON + DAY * 5, actor=TESTER)

    overturn_appeal(
        appeal, reasons=WORDS, ruling=milder("SERIOUS"), at=NOON + DAY * 5, actor=acting(senior.pk)
    )

    assert Violation.objects.get(voided_at=None).confirmed_at == NOON
    assert Seller.objects.get().standing == Seller.Standing.ACTIVE


def test_after_a_reporter_won_the_seller_may_appeal_and_another_senior_hears_it(reported, senior, person):
    appeal = assign_appeal(filed(decided(reported, ""), "REPORTER"), senior, at=NOON, actor=TESTER)
    overturn_appeal(appeal, reasons=WORDS, ruling=milder("ADVICE"), at=NOON, actor=acting(senior.pk))
    new = Decision.objects.get(state="IN_FORCE")

    again = filed(new, "SELLER")

    with pytest.raises(Refused, match="no part"):
        assign_appeal(again, senior, at=NOON, actor=TESTER)
    assert assign_appeal(again, person("senior", name="other"), at=NOON, actor=TESTER).state == "ASSIGNED"


@pytest.mark.parametrize(("severity", "party"), [("SERIOUS", "REPORTER"), ("", "SELLER")])
def test_nobody_appeals_against_what_they_asked_for(severity, party, reported):
    made = decided(reported, severity)

    with pytest.raises(Refused, match="nothing to appeal"):
        filed(made, party)

    assert not Appeal.objects.exists()


def test_the_reporter_appeals_and_shows_a_document_by_the_reference_alone(
    reported, client, browser_of, senior
):
    made = decide(reported, outcome="NOT_INFRINGING", at=timezone.now())
    notice = Notice.objects.get()
    address = f"/appeals/{notice.reference}"
    page = client.get(address, headers={"Accept-Language": "en"}).content.decode()
    assert "The listing stays." in page
    assert made.seller.name not in page

    grounds = {"grounds": "I hold the bag in my hands, and its seams are glued."}
    assert client.post(f"{address}/{made.pk}", grounds).status_code == 302
    appeal = Appeal.objects.get()
    sent = {"text": "See the seams.", "document": SimpleUploadedFile("seams.png", picture("maroon"))}
    assert client.post(f"{address}/{appeal.pk}/messages", sent).status_code == 302
    message = appeal.messages.get()

    desk = browser_of(senior)
    for reader, where in ((client, address), (desk, "/desk/appeals")):
        shown = reader.get(f"{where}/{appeal.pk}/messages/{message.pk}")
        assert shown.getvalue() == picture("maroon")
    assert desk.post(f"/desk/appeals/{appeal.pk}/messages", {"text": "Which order?"}).status_code == 302
    assert Mail.objects.get(template="mail/enforcement/appeal_message.txt").to == "buyer@test.klean"
    assert client.get("/appeals/NONE-NONE-NONE").status_code == 404
