"""Reporting, notices and refunds in a real browser: phone and desktop, both languages, by keyboard, with axe."""

import pytest
from playwright.sync_api import expect

from klean.core.files.store import keep_file
from listings.models import ListingPicture
from reports.models.counters import CounterNotice
from reports.models.notices import Notice
from reports.models.portal import WatchItem
from screening.images.pdq import pdq_of
from tests import make
from tests.browser.keyboard import LANGUAGES_AND_WIDTHS, no_faults, press, tab_to, walk, write
from tests.browser.reporting import WORDS, reported_by
from tests.fixtures import NOON

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("policy")]


@pytest.mark.parametrize(("language", "width"), LANGUAGES_AND_WIDTHS)
def test_a_stranger_reports_by_keyboard_alone_and_follows(marketplace, open_page, language, width):
    listing = make.offer()
    page = open_page("/report", language=language, width=width)
    no_faults(page)
    write(page, "#id_listing", "1005")
    press(page, "input[name=reason]", "Space")
    write(page, "#id_email", "minsu@example.kr")
    press(page, "main .button-primary")

    page.wait_for_url("**/report/*?new")
    expect(page.get_by_text(Notice.objects.get().reference).first).to_be_visible()
    no_faults(page)
    make.decide_on(listing)
    page.reload()
    no_faults(page)
    page.locator("a[href*='/appeals/']").click()
    page.wait_for_url("**/appeals/*")
    no_faults(page)


def test_what_was_wrong_is_read_out_first(marketplace, open_page):
    page = open_page("/report", language="en", width=390)
    page.get_by_role("button", name="Send report").click()
    expect(page.locator(".error-summary")).to_be_focused()
    no_faults(page)


def test_of_several_listings_with_one_picture_the_reporter_chooses(marketplace, open_page):
    hashed = pdq_of(make.photo("bag"))
    for name in ("p-1", "p-2"):
        ListingPicture.objects.create(
            listing=make.offer(name),
            position=0,
            address=f"https://x.example/{name}",
            hash=hashed.hash,
            quality=hashed.quality,
        )
    page = open_page("/report", language="en", width=390)
    picture = {"name": "bag.jpg", "mimeType": "image/jpeg", "buffer": make.photo("bag")}
    page.locator("#id_picture").set_input_files(picture)
    page.locator("input[name=reason]").first.check()
    page.get_by_role("button", name="Send report").click()
    no_faults(page)
    page.locator("input[name=listing]").last.check()
    page.get_by_role("button", name="Send report").click()
    page.wait_for_url("**/report/*?new")
    assert Notice.objects.get().items.count() == 1


@pytest.mark.parametrize(("language", "width"), LANGUAGES_AND_WIDTHS)
def test_a_rights_holder_searches_previews_and_files_by_keyboard_alone(
    marketplace, open_page, language, width
):
    make.offer("1005")
    make.offer("1006", title="Haneul purse, mirror grade")
    page = open_page("/rights/notices/new", language=language, width=width, as_=make.holder_person())
    write(page, "#id_q", "haneul")
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_be_focused()
    press(page, "[data-select-all]", "Space")
    tab_to(page, "#id_right")
    page.keyboard.press("ArrowDown")
    press(page, "input[name=reason]", "Space")
    write(page, "#id_explanation", WORDS)
    press(page, "#id_good_faith", "Space")
    no_faults(page)
    press(page, "button[value=preview]")
    expect(page.locator("button[value=file]")).to_be_visible()
    no_faults(page)
    press(page, "button[value=file]")

    page.wait_for_url("**/rights/notices/*-*")
    no_faults(page)
    assert Notice.objects.get().items.count() == 2


@pytest.mark.parametrize(("language", "width"), LANGUAGES_AND_WIDTHS)
def test_the_watchlist_is_answered_and_undone_by_single_keys(open_page, holder, language, width):
    page = open_page("/rights/watchlist/", language=language, width=width, as_=holder)
    no_faults(page)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("f")
    expect(page.locator("[data-row]")).to_have_count(2)
    expect(page.locator("[data-row]").last).to_be_focused()
    no_faults(page)
    assert WatchItem.objects.get(listing__external_id="2002").state == "CONFIRMED"
    page.keyboard.press("z")
    expect(page.locator("[data-row]")).to_have_count(3)
    page.keyboard.press("h")
    expect(page.locator("[data-row]")).to_have_count(2)
    states = list(WatchItem.objects.order_by("listing__external_id").values_list("state", flat=True))
    assert states == ["WAITING", "WAITING", "WAVED_OFF"]


@pytest.mark.parametrize(("language", "width"), LANGUAGES_AND_WIDTHS)
def test_every_page_of_the_holders_portal(open_page, holder, language, width):
    picture = keep_file(make.photo("bag"), at=NOON)
    ListingPicture.objects.create(
        listing=make.offer("2001", title="Haneul purse 2001"),
        position=0,
        address="https://x.example/1",
        file=picture,
    )
    page = open_page("/rights/", language=language, width=width, as_=holder)
    decided, answered = Notice.objects.order_by("pk")
    walk(
        page,
        [
            "/rights/notices/",
            "/rights/notices/upload",
            "/rights/notices/drafts/",
            "/rights/impact",
            "/accuracy",
            f"/rights/notices/{decided.reference}",
            f"/rights/notices/{answered.reference}",
            f"/rights/counter-notices/{CounterNotice.objects.get(item__notice=answered).pk}",
        ],
    )
    page.goto("/rights/notices/upload")
    lines = f"listing,right,reason,explanation,good_faith\n9999,40-1234567,COUNTERFEIT,{WORDS},yes\n"
    file = {"name": "n.csv", "mimeType": "text/csv", "buffer": lines.encode()}
    page.locator("#id_file").set_input_files(file)
    page.locator("main .button-primary").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    no_faults(page)


@pytest.mark.parametrize(("language", "width"), LANGUAGES_AND_WIDTHS)
def test_a_seller_answers_with_the_documents_of_the_ground(open_page, language, width):
    seller = make.shopkeeper()
    reported_by(make.holder_person(), make.offer())
    page = open_page("/seller/notices/", language=language, width=width, as_=seller)
    no_faults(page)
    page.locator("tbody a").click()
    expect(page.locator("input[type=file]:visible")).to_have_count(0)
    no_faults(page)
    page.locator("input[value=PARALLEL_IMPORT]").check()
    page.locator("main form .button-primary").click()
    expect(page.locator(".error-summary")).to_be_focused()
    no_faults(page)
    for field in page.locator("input[type=file]:visible").all():
        field.set_input_files({"name": "p.jpg", "mimeType": "image/jpeg", "buffer": make.picture()})
    page.locator("#id_statement").fill("Imported in parallel; the customs papers are attached.")
    page.locator("main form .button-primary").click()
    expect(page.locator("main form")).to_have_count(0)
    no_faults(page)
    assert CounterNotice.objects.get().documents.count() == 2
