"""Every decision × appeal × outcome, row by row: what stands after, for the shop, the listing and the reporter."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from enforcement.appeals.actions.appeals import assign_appeal, file_appeal, overturn_appeal, uphold_appeal
from enforcement.appeals.models import Appeal
from enforcement.decisions.actions.approvals import approve_decision, withdraw_decision
from enforcement.decisions.actions.decisions import issue_decision
from enforcement.decisions.actions.rulings import Ruling
from enforcement.decisions.models import Decision, Statement
from enforcement.sanctions.actions.sanctions import settle_due_standings
from enforcement.sanctions.models import Measure, Sanction, Violation
from klean.core.events.actors import person as acting
from klean.core.events.models import Event
from klean.core.mail.models import Mail
from klean.core.rows.refusals import Refused
from listings.models import Listing
from refunds.models.ledger import Recovery
from reports.actions.notices import Notifier, file_notice
from reports.models.notices import Notice, NoticeItem
from reports.queries.reporters import record_of
from sellers.models import Seller, TraderEntity
from tests.fixtures import NOON, TESTER
from tests.make.brands import picture
from tests.make.enforcement import SECOND, case, decide, in_force, live_listing
from tests.make.sellers import seller

pytestmark = pytest.mark.usefixtures("policy")
DAY = timedelta(days=1)
WORDS = "The invoices are sound."
PDF = b"%PDF-1.4\n%%EOF\n"


def milder(severity, **also):
    return Ruling(outcome="INFRINGING", severity=severity, ground="COUNTERFEIT", reasons=WORDS, **also)


STAYS = Ruling(outcome="PARTLY", severity="ADVICE", ground="MISLEADING", reasons=WORDS, actions=())
SELLER, BUYER = "owner@test.klean", "buyer@test.klean"
KEPT = {("enforcement/appeal_upheld", SELLER)}
FELL = {("enforcement/correction", SELLER), ("reports/notice_corrected", BUYER)}
MILDER = {("enforcement/correction", SELLER), ("enforcement/decision", SELLER)}
STANDS = {("enforcement/appeal_upheld", BUYER)}
FOUND = {("enforcement/decision", SELLER), ("reports/notice_corrected", BUYER)}
# decision, who appeals, outcome, ruling instead → appeal, listing, notice, live points, standing, charged, mailed
TABLE = [
    ("ADVICE", "SELLER", "UPHELD", None, "UPHELD", "REMOVED", "UPHELD", 0, "ACTIVE", True, KEPT),
    ("ADVICE", "SELLER", "OVERTURNED", None, "OVERTURNED", "LIVE", "DISMISSED", 0, "ACTIVE", False, FELL),
    ("GENERAL", "SELLER", "UPHELD", None, "UPHELD", "REMOVED", "UPHELD", 0, "ACTIVE", True, KEPT),
    ("GENERAL", "SELLER", "OVERTURNED", None, "OVERTURNED", "LIVE", "DISMISSED", 0, "ACTIVE", False, FELL),
    (
        "GENERAL",
        "SELLER",
        "OVERTURNED",
        milder("ADVICE"),
        "PARTLY",
        "REMOVED",
        "UPHELD",
        0,
        "ACTIVE",
        True,
        MILDER,
    ),
    ("SERIOUS", "SELLER", "UPHELD", None, "UPHELD", "REMOVED", "UPHELD", 1, "SUSPENDED", True, KEPT),
    ("SERIOUS", "SELLER", "OVERTURNED", None, "OVERTURNED", "LIVE", "DISMISSED", 0, "ACTIVE", False, FELL),
    (
        "SERIOUS",
        "SELLER",
        "OVERTURNED",
        milder("GENERAL"),
        "PARTLY",
        "REMOVED",
        "UPHELD",
        0,
        "ACTIVE",
        True,
        MILDER,
    ),
    ("SERIOUS", "SELLER", "OVERTURNED", STAYS, "PARTLY", "LIVE", "UPHELD", 0, "ACTIVE", False, MILDER),
    ("EXTREME", "SELLER", "UPHELD", None, "UPHELD", "REMOVED", "UPHELD", 3, "CLOSED", True, KEPT),
    ("EXTREME", "SELLER", "OVERTURNED", None, "OVERTURNED", "LIVE", "DISMISSED", 0, "ACTIVE", False, FELL),
    (
        "EXTREME",
        "SELLER",
        "OVERTURNED",
        milder("SERIOUS"),
        "PARTLY",
        "REMOVED",
        "UPHELD",
        1,
        "SUSPENDED",
        True,
        MILDER,
    ),
    ("", "REPORTER", "UPHELD", None, "UPHELD", "LIVE", "DISMISSED", 0, "ACTIVE", False, STANDS),
    (
        "",
        "REPORTER",
        "OVERTURNED",
        milder("ADVICE"),
        "OVERTURNED",
        "REMOVED",
        "UPHELD",
        0,
        "ACTIVE",
        True,
        FOUND,
    ),
    (
        "",
        "REPORTER",
        "OVERTURNED",
        milder("SERIOUS"),
        "OVERTURNED",
        "REMOVED",
        "UPHELD",
        1,
        "SUSPENDED",
        True,
        FOUND,
    ),
    ("", "REPORTER", "OVERTURNED", STAYS, "OVERTURNED", "LIVE", "UPHELD", 0, "ACTIVE", False, FOUND),
]


@pytest.fixture
def senior(person):
    return person("senior")


@pytest.fixture
def reported(deliver_events, person):
    """A case that a buyer's notice brought about the listing of a shop with an owner."""
    shop = seller(organisation="Moonlight Ltd")
    person("seller", name="owner", organisation=shop.organisation)
    listing = live_listing(by=shop)
    notifier = Notifier(
        type=Notice.NotifierType.CONSUMER, key="buyer", language="en", email="buyer@test.klean"
    )
    file_notice([listing], notifier, reason="COUNTERFEIT", explanation="A fake.", at=NOON, actor=TESTER)
    deliver_events()
    return listing.cases.get()


def decided(case, severity):
    return decide(case, severity) if severity else decide(case, outcome="NOT_INFRINGING")


def filed(made, party):
    notice = Notice.objects.get() if party == "REPORTER" else None
    return file_appeal(
        made, grounds="Look again, please.", notice=notice, at=NOON + timedelta(hours=1), actor=TESTER
    )


@pytest.mark.parametrize(
    (
        "severity",
        "party",
        "outcome",
        "ruling",
        "state",
        "listing",
        "notice",
        "points",
        "standing",
        "charged",
        "mailed",
    ),
    TABLE,
)
def test_every_appeal_leaves_what_its_row_says(
    severity,
    party,
    outcome,
    ruling,
    state,
    listing,
    notice,
    points,
    standing,
    charged,
    mailed,
    reported,
    senior,
):
    at = NOON + timedelta(hours=2)
    appeal = assign_appeal(filed(decided(reported, severity), party), senior, at=at, actor=TESTER)
    actor, before = acting(senior.pk), set(Mail.objects.values_list("pk", flat=True))
    if outcome == "UPHELD":
        uphold_appeal(appeal, reasons=WORDS, at=at, actor=actor)
    else:
        overturn_appeal(appeal, reasons=WORDS, ruling=ruling, at=at, actor=actor)
        for new in Decision.objects.filter(state="UNAPPROVED"):
            assert (party, standing) == ("REPORTER", "SUSPENDED")
            approve_decision(new, at=at, actor=SECOND)

    assert Appeal.objects.get().state == state
    assert Listing.objects.get().state == listing
    assert NoticeItem.objects.get().outcome == notice
    live = Violation.objects.filter(voided_at=None)
    assert sum(live.values_list("counted", flat=True)) == points
    assert Seller.objects.get().standing == standing
    assert Recovery.objects.filter(released_at=None).exists() == charged
    assert Decision.objects.filter(state="IN_FORCE").count() == (1 if outcome == "UPHELD" or ruling else 0)
    assert not Sanction.objects.filter(lifted_at=None, violation__voided_at__isnull=False).exists()
    mails = Mail.objects.exclude(pk__in=before).values_list("template", "to")
    assert sorted((name.removeprefix("mail/").removesuffix(".txt"), to) for name, to in mails) == sorted(
        mailed
    )
    figures = record_of("buyer", at=at)["figures"]
    assert (figures.upheld, figures.dismissed) == ((1, 0) if notice == "UPHELD" else (0, 1))
    fell = outcome != "UPHELD" and bool(severity)
    corrections = Statement.objects.filter(kind="CORRECTION", party="SELLER", decision__state="ANNULLED")
    assert corrections.count() == Statement.objects.filter(kind="CORRECTION").count() == int(fell)
    replaced = Statement.objects.filter(decision__replaces__isnull=False)
    assert set(replaced.values_list("party", flat=True)) == ({"SELLER", "REPORTER"} if ruling else set())


HELD = milder("SERIOUS", actions=("REMOVE_LISTING", "CHARGE_REFUNDS", "HOLD_SETTLEMENT"))
ONCE, TWICE = ["hold_settlement"], ["hold_settlement"] * 2
# Of two strikes ten days apart, both with the settlement held and the sister shop met by the second:
# which is appealed against, outcome, ruling instead → strikes, standing, sister's standing, live measures on the shop, rungs that stand
TWO_STRIKES = [
    (1, "UPHELD", None, [1, 2], "SUSPENDED", "RESTRICTED", ["deposit", *TWICE, "no_new_store"], [1, 7]),
    (0, "OVERTURNED", None, [1], "SUSPENDED", "ACTIVE", ONCE, [1]),
    (1, "OVERTURNED", None, [1], "ACTIVE", "ACTIVE", ONCE, [1]),
    (0, "OVERTURNED", milder("ADVICE"), [1], "SUSPENDED", "ACTIVE", ONCE, [1]),
    (1, "OVERTURNED", milder("ADVICE"), [1], "ACTIVE", "ACTIVE", ONCE, [1]),
    (1, "OVERTURNED", milder("GENERAL"), [1, 0], "ACTIVE", "ACTIVE", ONCE, [1]),
]


@pytest.mark.parametrize(
    ("which", "outcome", "ruling", "strikes", "standing", "sisters", "measures", "days"), TWO_STRIKES
)
def test_an_appeal_frees_the_money_the_sister_and_what_is_not_otherwise_due_and_nothing_more(
    which, outcome, ruling, strikes, standing, sisters, measures, days, senior
):
    shop, sister = seller("s-1"), seller("s-2")
    Seller.objects.update(trader_entity=TraderEntity.objects.create(name="Moonlight Ltd"))
    made = [
        in_force(
            issue_decision(case(live_listing(f"l-{n}", by=shop), at=at), HELD, at=at, actor=TESTER), at=at
        )
        for n, at in enumerate((NOON, NOON + 10 * DAY))
    ]
    at = NOON + 10 * DAY + timedelta(hours=2)
    settle_due_standings(at=at)
    appeal = file_appeal(made[which], grounds="Look again, please.", at=at, actor=TESTER)
    appeal = assign_appeal(appeal, senior, at=at, actor=TESTER)
    if outcome == "UPHELD":
        uphold_appeal(appeal, reasons=WORDS, at=at, actor=acting(senior.pk))
    else:
        overturn_appeal(appeal, reasons=WORDS, ruling=ruling, at=at, actor=acting(senior.pk))

    rows = Violation.objects.filter(voided_at=None).order_by("confirmed_at")
    assert list(rows.values_list("total", flat=True)) == strikes
    assert Seller.objects.get(pk=shop.pk).standing == standing
    assert Seller.objects.get(pk=sister.pk).standing == sisters
    live = Measure.live(at).filter(seller=shop, lapsed_at=None)
    assert sorted(live.values_list("kind", flat=True)) == measures
    stand = Sanction.objects.filter(lifted_at=None).order_by("starts_at")
    assert [(row.ends_at - row.starts_at).days for row in stand] == days
    restored = Event.objects.filter(name="enforcement.measure.lifted").values_list(
        "data__seller", "data__kind"
    )
    freed = {
        ("s-1", "hold_settlement"),
        ("s-1", "deposit"),
        ("s-1", "no_new_store"),
        ("s-2", "sister_stores_restricted"),
    }
    assert set(restored) == (freed if outcome == "OVERTURNED" else set())


def test_a_harder_decision_for_a_reporter_waits_for_a_second_person_who_may_refuse_it(reported, senior):
    appeal = assign_appeal(filed(decided(reported, ""), "REPORTER"), senior, at=NOON, actor=TESTER)
    actor = acting(senior.pk)
    overturn_appeal(appeal, reasons=WORDS, ruling=milder("EXTREME"), at=NOON, actor=actor)
    new = Decision.objects.get(state="UNAPPROVED")
    assert (new.impacts, Seller.objects.get().standing) == (["CLOSURE"], "ACTIVE")
    with pytest.raises(Refused, match="second person"):
        approve_decision(new, at=NOON, actor=actor)

    withdraw_decision(new, reasons=WORDS, at=NOON, actor=SECOND)

    reported.refresh_from_db()
    assert (reported.state, Listing.objects.get().state) == ("OPEN", "LIVE")
    assert not Violation.objects.exists()


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
