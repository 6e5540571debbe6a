"""Where a shop's money goes, and the papers that some goods need."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from klean.core.events.models import Event
from klean.core.mail.models import Mail
from klean.core.operations.due_work import until_quiet
from klean.core.rows.refusals import IllegalStep, Refused
from screening.checks.permit import papers
from sellers.actions.payouts import (
    apply_due_payout_changes,
    cancel_payout_change,
    request_payout_change,
)
from sellers.actions.permits import end_due_permits, give_permit
from sellers.models import PayoutAccount, SalesPermit, Seller, SellerTrait
from sellers.queries.links import linked_sellers
from sellers.queries.needs import needs_of, papers_of
from sellers.rules.permits import normal_kc, normal_mail_order
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")
State = PayoutAccount.State
LATER = NOON + timedelta(hours=72)


@pytest.fixture
def shop():
    return make.seller(organisation="Moonlight Ltd.", contact_email="old@moonlight.example")


def change(shop, number="110123456789"):
    return request_payout_change(shop, bank="신한", number=number, holder="김소라", at=NOON, actor=TESTER)


def apply(at):
    return until_quiet(apply_due_payout_changes, now=lambda: at)


def test_a_new_account_waits_tells_the_old_contact_and_then_takes_effect(shop, deliver_events, person):
    person("seller", organisation=shop.organisation)
    first = change(shop)
    deliver_events()
    assert {mail.to for mail in Mail.objects.all()} == {"seller@test.klean", "old@moonlight.example"}

    assert apply(LATER - timedelta(seconds=1)) == 0
    assert apply(LATER) == 1
    first.refresh_from_db()
    assert first.state == State.ACTIVE

    second = change(shop, "999988887777")
    first.refresh_from_db()
    assert (first.state, second.state) == (State.ACTIVE, State.COOLING)
    apply(LATER)
    assert [account.state for account in shop.payout_accounts.order_by("pk")] == [
        State.REPLACED,
        State.ACTIVE,
    ]


def test_a_change_that_is_cancelled_never_takes_effect(shop):
    account = change(shop)
    with pytest.raises(Refused, match="already waiting"):
        change(shop, "999988887777")
    cancel_payout_change(account, at=NOON, actor=TESTER)

    assert apply(LATER) == 0
    assert PayoutAccount.objects.get().state == State.CANCELLED
    with pytest.raises(IllegalStep):
        cancel_payout_change(account, at=NOON, actor=TESTER)


def test_the_number_is_kept_encrypted_and_links_twins(shop):
    twin = make.seller("s-200", "Starlight")
    change(shop)
    change(twin, "110-123-456789")

    with connection.cursor() as cursor:
        cursor.execute("SELECT number, holder FROM sellers_payoutaccount")
        assert all(value.startswith("gAAAA") for row in cursor.fetchall() for value in row)
    assert [link.shared for link in linked_sellers(shop.pk, at=NOON)] == [(SellerTrait.Kind.ACCOUNT,)]
    facts = Event.objects.filter(name="sellers.payout_change.requested")
    assert all("110" not in str(event.data) for event in facts)


def test_changing_the_account_asks_again_who_it_is(shop, person):
    user = person("seller", organisation=shop.organisation)
    browser, page = Client(), reverse("sellers:payouts", args=[shop.pk])
    browser.force_login(user)
    account_form = {"bank": "신한", "number": "110-123-456789", "holder": "김소라"}

    refused = browser.post(page, account_form)
    assert refused["Location"].startswith(reverse("account_reauthenticate"))
    assert not PayoutAccount.objects.exists()

    browser.post(reverse("account_reauthenticate"), {"password": "a long enough password"})
    assert browser.post(page, account_form).status_code == 302
    shown = browser.get(page).content.decode()
    assert "110123456789" not in shown
    wrong = browser.post(page, account_form | {"number": "12"})
    assert wrong.status_code == 422

    account = PayoutAccount.objects.get()
    assert browser.post(reverse("sellers:payout_cancellations", args=[account.pk])).status_code == 302
    assert PayoutAccount.objects.get().state == State.CANCELLED


def test_anothers_account_is_not_there(shop, person, browser_of):
    rival = make.seller("s-200", "Rival", organisation="Rival Ltd.")
    browser = browser_of(person("seller", name="rival", organisation=rival.organisation))
    account = change(shop)

    assert browser.post(reverse("sellers:payout_cancellations", args=[account.pk])).status_code == 404
    assert browser.get(reverse("sellers:permits", args=[shop.pk])).status_code == 404
    assert PayoutAccount.objects.get().state == State.COOLING


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("R-R-ABC-MODEL1", "R-R-ABC-MODEL1"),
        ("r-c-abc-x1", "R-C-ABC-X1"),
        ("MSIP-REM-ABC-X1", "MSIP-REM-ABC-X1"),
        ("CB065R1234-1001", "CB065R1234-1001"),
        ("HU07123-12001A", "HU07123-12001A"),
        ("1234", None),
        ("R-", None),
        ("", None),
    ],
)
def test_a_kc_number_has_the_form_of_one_of_its_schemes(text, normal):
    assert normal_kc(text) == normal


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("제2023-서울강남-01234호", "제2023-서울강남-01234호"),
        ("2023-서울강남-01234", "제2023-서울강남-01234호"),
        ("2023-Seoul-01234", None),
        ("서울강남-01234", None),
    ],
)
def test_a_mail_order_report_number_has_its_form(text, normal):
    assert normal_mail_order(text) == normal


WANTED = {"toys": ["KC"], "health": ["PERMIT", "KC"]}


@pytest.mark.parametrize(
    ("category", "papers_held", "lacking"),
    [
        ("toys", [], [("toys", "KC")]),
        ("Toys > Dolls", [], [("toys", "KC")]),
        ("home/toys/dolls", [], [("toys", "KC")]),
        ("toy boxes", [], []),
        ("bag", [], []),
        ("", [], []),
        ("toys", [("toys", "KC")], []),
        ("toys > dolls", [("toys", "KC")], []),
        ("toys", [("toys", "PERMIT")], [("toys", "KC")]),
        ("toys", [("health", "KC")], [("toys", "KC")]),
        ("health", [("health", "KC")], [("health", "PERMIT")]),
    ],
)
def test_papers_are_asked_for_by_category(category, papers_held, lacking):
    assert papers.lacking(papers.needed_for(category, WANTED), papers_held) == lacking


def lacking(shop, at=NOON):
    return {paper.category for paper in papers_of(shop, at=at) if not paper.is_held}


def test_permits_run_out(shop, deliver_events, person):
    person("seller", organisation=shop.organisation)
    kind = SalesPermit.Kind
    assert "toys" in lacking(shop)
    with pytest.raises(Refused, match="no KC number"):
        give_permit(shop, kind.KC, category="toys", number="1234", at=NOON, actor=TESTER)
    with pytest.raises(Refused, match="run out"):
        give_permit(
            shop,
            kind.KC,
            category="toys",
            number="CB065R1234-1001",
            valid_until=date(2026, 3, 1),
            at=NOON,
            actor=TESTER,
        )
    assert not SalesPermit.objects.exists()

    give_permit(
        shop,
        kind.KC,
        category="toys",
        number="cb065r1234-1001",
        valid_until=date(2026, 3, 2),
        at=NOON,
        actor=TESTER,
    )
    assert "toys" not in lacking(shop)
    assert "toys" in lacking(shop, NOON + timedelta(days=1))
    assert end_due_permits(at=NOON, actor=TESTER) == 0
    assert end_due_permits(at=NOON + timedelta(days=1), actor=TESTER) == 1
    assert end_due_permits(at=NOON + timedelta(days=2), actor=TESTER) == 0
    deliver_events()
    assert Mail.objects.get(template="mail/sellers/permit_expired.txt").context["category"] == "toys"


def test_a_shop_sees_what_it_still_has_to_show(shop, person, browser_of):
    needs = {str(need.words): need.is_met for need in needs_of(Seller.objects.get(), at=NOON)}
    assert list(needs.values()) == [False, None, False, False, False]

    page = browser_of(person("seller", organisation=shop.organisation)).get(reverse("sellers:home"))
    assert "Mail-order report number" in page.content.decode()
