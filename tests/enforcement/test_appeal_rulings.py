"""Who may appeal against what, and what may be ruled in its place."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from enforcement.appeals.actions.appeals import assign_appeal, overturn_appeal
from enforcement.appeals.models import Appeal
from enforcement.decisions.actions.approvals import approve_decision, withdraw_decision
from enforcement.decisions.models import Decision
from enforcement.sanctions.models import Violation
from klean.core.events.actors import person as acting
from klean.core.events.models import Event
from klean.core.mail.models import Mail
from klean.core.rows.refusals import Refused
from listings.models import Listing
from reports.models.notices import Notice
from sellers.models import Seller
from tests.enforcement.appealed import DAY, WORDS, decided, filed, milder
from tests.fixtures import NOON, TESTER
from tests.make.brands import picture
from tests.make.enforcement import SECOND, decide

pytestmark = pytest.mark.usefixtures("policy")


def test_a_harder_decision_for_a_reporter_waits_for_a_second_person_who_may_refuse_it(reported, senior):
    appeal = assign_appeal(filed(decided(reported, ""), "REPORTER"), senior, at=NOON, actor=TESTER)
    actor = acting(senior.pk)
    overturn_appeal(appeal, reasons=WORDS, ruling=milder("EXTREME"), at=NOON, actor=actor)
    new = Decision.objects.get(state="UNAPPROVED")
    assert (new.impacts, Seller.objects.get().standing) == (["CLOSURE"], "ACTIVE")
    with pytest.raises(Refused, match="somebody else must approve"):
        approve_decision(new, at=NOON, actor=actor)

    withdraw_decision(new, reasons=WORDS, at=NOON, actor=SECOND)

    reported.refresh_from_db()
    assert (reported.state, Listing.objects.get().state) == ("OPEN", "LIVE")
    assert not Violation.objects.exists()


@pytest.mark.parametrize("severity", ["SERIOUS", "EXTREME"])
def test_on_a_sellers_appeal_a_decision_never_becomes_harder(severity, reported, senior):
    appeal = assign_appeal(filed(decided(reported, "SERIOUS"), "SELLER"), senior, at=NOON, actor=TESTER)
    before = Event.objects.count()

    with pytest.raises(Refused, match="only reduce"):
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

    with pytest.raises(Refused, match="somebody else must review"):
        assign_appeal(again, senior, at=NOON, actor=TESTER)
    assert assign_appeal(again, person("senior", name="other"), at=NOON, actor=TESTER).state == "ASSIGNED"


@pytest.mark.parametrize(("severity", "party"), [("SERIOUS", "REPORTER"), ("", "SELLER")])
def test_nobody_appeals_against_what_they_asked_for(severity, party, reported):
    made = decided(reported, severity)

    with pytest.raises(Refused, match="cannot be appealed"):
        filed(made, party)

    assert not Appeal.objects.exists()


def test_the_reporter_appeals_and_shows_a_document_by_the_reference_alone(
    reported, client, browser_of, senior
):
    made = decide(reported, outcome="NOT_INFRINGING", at=timezone.now())
    notice = Notice.objects.get()
    address = f"/appeals/{notice.reference}"
    page = client.get(address, headers={"Accept-Language": "en"}).content.decode()
    assert "The listing has not been removed." in page
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
