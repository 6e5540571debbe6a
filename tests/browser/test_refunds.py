"""Buyers ask for their money, and the desk answers, by keyboard alone."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from klean.core.access.models import Role
from klean.core.events.actors import person as actor
from refunds.actions.approvals import decline_claim
from refunds.actions.payments import pay_due_refunds
from refunds.actions.settlement import check_due_claims
from reports.actions.reporters import impose_measure
from reports.models.counters import CounterNotice
from tests import make
from tests.browser.keyboard import LANGUAGES_AND_WIDTHS, no_faults, press, walk, write

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("policy")]


@pytest.mark.parametrize(("language", "width"), LANGUAGES_AND_WIDTHS)
def test_a_buyer_claims_by_keyboard_alone_and_watches_the_money_come(marketplace, open_page, language, width):
    make.order(marketplace)
    make.offer()
    page = open_page("/refunds", language=language, width=width, as_=make.consumer())
    no_faults(page)
    write(page, "#id_order", "O-1001")
    press(page, "input[name=reason]", "Space")
    press(page, "main .button-primary")

    page.wait_for_url("**/refunds/*")
    no_faults(page)
    check_due_claims(at=timezone.now())
    expect(page.locator("#claim .alert[data-tone=positive]")).to_be_visible()
    pay_due_refunds(at=timezone.now())
    expect(page.locator("#claim[hx-get]")).to_have_count(0)
    assert page.evaluate("document.activeElement === document.body")
    no_faults(page)


def test_a_buyer_whose_claim_was_declined_asks_another_person(marketplace, open_page, person):
    make.order(marketplace, amount=900_000)
    claim = make.claim()
    check_due_claims(at=timezone.now())
    claim.refresh_from_db()
    decline_claim(claim, "Not ours.", at=timezone.now(), actor=actor(person("moderator").pk))
    page = open_page(f"/refunds/{claim.reference}", width=390, as_=make.consumer())
    no_faults(page)
    page.locator("#id_grounds").fill("I was in hospital.")
    page.locator("form[action$=appeals] button").click()
    expect(page.locator("form[action$=appeals]")).to_have_count(0)
    no_faults(page)
    walk(page, ["/refunds"])


@pytest.mark.parametrize(("language", "width"), LANGUAGES_AND_WIDTHS)
def test_the_desks_pages_of_notices_and_money(marketplace, open_page, holder, person, language, width):
    make.order(marketplace, amount=600_000)
    claim = make.claim()
    check_due_claims(at=timezone.now())
    senior = person(Role.SENIOR)
    key = f"organisation:{make.organisation_of(holder).pk}"
    impose_measure(key, "WARNING", "Nothing of it was so.", at=timezone.now(), actor=actor(senior.pk))
    counter = CounterNotice.objects.get(item__listing__external_id="1002")
    page = open_page("/desk/clocks/", language=language, width=width, as_=senior)
    walk(
        page,
        [
            "/desk/clocks/",
            "/desk/reporters/",
            f"/desk/counter-notices/{counter.pk}",
            "/desk/parcels/",
            "/desk/claims/",
            f"/desk/claims/{claim.reference}",
            "/desk/reconciliations/",
            f"/desk/notices/{counter.item.notice_id}",
        ],
    )


def test_a_moderator_decides_a_held_claim(marketplace, open_page, person):
    make.order(marketplace, amount=600_000)
    claim = make.claim()
    check_due_claims(at=timezone.now())
    page = open_page("/desk/claims/", language="en", as_=person("moderator"))
    page.get_by_role("link", name="O-1001").click()
    page.get_by_label("Approve and pay").check()
    page.get_by_label("Reasons").fill("A regular buyer.")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("Approved, refund on its way")).to_be_visible()
    claim.refresh_from_db()
    assert claim.state == "APPROVED_PROVISIONALLY"
