"""The phone pages in a real browser: one hand, no connection, sent once."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from klean.core.web.models import IdempotentAnswer
from mystery_shop.models import CustodyEvent
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def purchase(person, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    shopper = person("inspector", name="sol", organisation=make.body().organisation)
    return make.ordered_purchase(make.live_listing(), shopper=shopper)


def open_form(open_page, purchase):
    page = open_page("/inspections/field", language="en", width=390, as_=purchase.shopper)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.click(f"a[href='/inspections/field/{purchase.pk}']")
    page.wait_for_selector("form[data-offline]")
    return page


def fill(page):
    page.fill("[name=place]", "Seoul")
    page.set_input_files("[name=photo]", {"name": "p.jpg", "mimeType": "image/jpeg", "buffer": make.photo()})


def test_the_phone_page_fits_a_hand_and_has_no_accessibility_fault(open_page, purchase):
    page = open_form(open_page, purchase)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.get_attribute("[name=photo]", "capture") == "environment"
    button = page.locator(".field-actions button")
    box = button.bounding_box()
    assert box["height"] >= 44
    assert box["y"] + box["height"] <= 900
    assert Axe().run(page).response["violations"] == []


def test_what_is_recorded_without_a_connection_is_kept_and_sent_once_after(open_page, purchase):
    page = open_form(open_page, purchase)
    fill(page)
    page.context.set_offline(True)
    page.click(".field-actions button")
    page.wait_for_selector("[data-unsent]:not([hidden]) li")
    assert not CustodyEvent.objects.exists()

    page.reload()  # from the phone itself, without a connection
    page.wait_for_selector("[data-unsent]:not([hidden]) li")
    page.context.set_offline(False)
    page.wait_for_selector("[data-unsent][hidden]", state="attached")
    entry = CustodyEvent.objects.get()
    assert (entry.place, entry.photo is not None) == ("Seoul", True)
    assert IdempotentAnswer.objects.count() == 1


def test_a_draft_survives_a_page_that_is_lost(open_page, purchase):
    page = open_form(open_page, purchase)
    page.fill("[name=place]", "Busan")
    page.reload()
    assert page.input_value("[name=place]") == "Busan"


def test_the_same_form_sent_twice_is_recorded_once(open_page, purchase, browser_of):
    custody_form = {
        "kind": "RECEIVED",
        "from_party": "courier",
        "to_party": "shopper",
        "place": "Seoul",
        "is_seal_intact": "on",
        "happened_at": "2026-03-02T12:00",
    }
    client = browser_of(purchase.shopper)
    for _time in range(2):
        sent = client.post(
            f"/inspections/{purchase.pk}/custody-events", custody_form, headers={"Idempotency-Key": "one"}
        )
        assert sent.status_code == 302
    assert CustodyEvent.objects.count() == 1


def test_a_refusal_is_shown_with_its_words_and_kept(open_page, purchase):
    page = open_form(open_page, purchase)
    fill(page)
    page.fill("[name=happened_at]", "2099-01-01T00:00")
    page.click(".field-actions button")
    page.wait_for_selector("[data-unsent]:not([hidden]) [data-unsent-fault]:has-text('future')")
    assert not CustodyEvent.objects.exists()
    page.click("[data-unsent-drop]")
    page.wait_for_selector("[data-unsent][hidden]", state="attached")
