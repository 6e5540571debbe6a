"""Reporting, notices and refunds in a real browser: on a phone and a desktop, in both languages."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from reports.actions import check_due_claims, pay_due_refunds
from reports.gateways.fake_marketplace import FakeMarketplace
from reports.models import Notice
from tests import make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("policy")]
LOOKS = [("ko", 390), ("en", 1280)]


@pytest.fixture
def market(settings):
    cache.clear()
    with FakeMarketplace() as running:
        settings.KLEAN_ORDERS_URL = settings.KLEAN_PAYMENTS_URL = running.url
        settings.KLEAN_TRUSTED_HOSTS = [running.address]
        yield running


def no_faults(page):
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    sideways = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(sideways)


@pytest.mark.parametrize(("language", "width"), LOOKS)
def test_a_stranger_reports_by_keyboard_and_follows(market, open_page, language, width):
    make.offer()
    page = open_page("/report", language=language, width=width)
    no_faults(page)
    page.locator("#id_listing").fill("1005")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.locator("#id_email").fill("minsu@example.kr")
    page.keyboard.press("Enter")

    page.wait_for_url("**/report/*?new")
    expect(page.get_by_text(Notice.objects.get().reference).first).to_be_visible()
    no_faults(page)


def test_what_was_wrong_is_read_out_first(market, open_page):
    page = open_page("/report", language="en", width=390)
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator(".error-summary")).to_be_focused()
    no_faults(page)


@pytest.mark.parametrize(("language", "width"), LOOKS)
def test_a_buyer_watches_the_money_come_without_touching_the_page(market, open_page, language, width):
    make.order(market)
    make.offer()
    page = open_page(
        "/refunds?order=O-1001&listing=1005", language=language, width=width, as_=make.consumer()
    )
    no_faults(page)
    page.locator("input[name=reason]").first.check()
    page.locator(".form-actions button").click()

    page.wait_for_url("**/refunds/*")
    no_faults(page)
    check_due_claims(at=timezone.now())
    expect(page.locator("#claim .alert[data-tone=positive]")).to_be_visible()
    pay_due_refunds(at=timezone.now())
    expect(page.locator("#claim[hx-get]")).to_have_count(0)
    assert page.evaluate("document.activeElement === document.body")
    no_faults(page)


@pytest.mark.parametrize(("language", "width"), LOOKS)
def test_a_rights_holder_searches_previews_and_files(market, open_page, language, width):
    make.offer("1005")
    make.offer("1006", title="Haneul purse, mirror grade")
    page = open_page("/rights/notices/new", language=language, width=width, as_=make.holder_person())
    page.locator("#id_q").fill("haneul")
    page.keyboard.press("Enter")
    page.locator("input[name=listings]").first.check()
    page.locator("input[name=listings]").last.check()
    page.locator("#id_right").select_option(index=1)
    page.locator("input[name=reason]").first.check()
    page.locator("#id_explanation").fill("The mark on the buckle is a plain copy of ours.")
    page.locator("#id_good_faith").check()
    no_faults(page)
    page.locator("button[value=preview]").click()
    expect(page.locator("button[value=file]")).to_be_visible()
    no_faults(page)
    page.locator("button[value=file]").click()

    page.wait_for_url("**/rights/notices/*-*")
    no_faults(page)
    page.goto("/rights/notices/")
    no_faults(page)
    assert Notice.objects.get().items.count() == 2


def test_a_moderator_decides_a_held_claim(market, open_page, person):
    make.order(market, amount=600_000)
    claim = make.claim()
    check_due_claims(at=timezone.now())
    page = open_page("/desk/claims/", language="en", as_=person("moderator"))
    no_faults(page)
    page.get_by_role("link", name="O-1001").click()
    no_faults(page)
    page.get_by_label("Approve and pay").check()
    page.get_by_label("Reasons").fill("A regular buyer.")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("Approved, money on its way")).to_be_visible()
    claim.refresh_from_db()
    assert claim.state == "APPROVED_PROVISIONALLY"
