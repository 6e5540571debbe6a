"""Reporting, notices and refunds in a real browser: phone and desktop, both languages, by keyboard, with axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from klean.core.access.models import Role
from klean.core.events.actors import person as actor
from klean.core.files.store import keep_file
from listings.models import ListingPicture
from refunds.actions.approvals import decline_claim
from refunds.actions.payments import pay_due_refunds
from refunds.actions.settlement import check_due_claims
from refunds.gateways.fake_marketplace.server import FakeMarketplace
from reports.actions.counters import answer_counter
from reports.actions.drafts import save_draft
from reports.actions.notices import Notifier
from reports.actions.reporters import impose_measure
from reports.actions.watchlist import FlaggedListing, watch_listings
from reports.models.counters import CounterNotice
from reports.models.notices import Notice
from reports.models.portal import WatchItem
from screening.images.pdq import pdq_of
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("policy")]
LANGUAGES_AND_WIDTHS = [("ko", 390), ("en", 1280)]
WORDS = "The mark on the buckle is a plain copy of ours."


@pytest.fixture
def market(settings):
    cache.clear()
    with FakeMarketplace() as running:
        settings.KLEAN_ORDERS_URL = settings.KLEAN_PAYMENTS_URL = running.url
        settings.KLEAN_TRUSTED_HOSTS = [running.address]
        yield running


@pytest.fixture
def holder():
    """A rights holder with a brand, three flagged listings, a decided notice, one that the seller answered, a draft."""
    user = make.holder_person()
    make.brand("Haneul", holder=make.rights_holder())
    for name in ("2001", "2002", "2003"):
        listing = make.offer(name, title=f"Haneul purse {name}")
        watch_listings([FlaggedListing(listing.pk, "Haneul", 0.8)], at=NOON, actor=TESTER)
    reported_by(user, make.offer("1001"))
    make.decide_on(make.offer("1001"))
    shopkeeper = make.shopkeeper()
    reported_by(user, make.offer("1002"))
    counter = CounterNotice.objects.get(item__listing__external_id="1002")
    answer_counter(
        counter,
        ground="GENUINE",
        statement="From the brand's own outlet.",
        documents={"INVOICE": make.picture()},
        by=shopkeeper,
        at=NOON,
        actor=TESTER,
    )
    save_draft(
        make.organisation_of(user), "Bags", {"explanation": [WORDS]}, is_template=True, at=NOON, actor=TESTER
    )
    return user


def reported_by(user, *listings):
    by = Notifier.of(make.organisation_of(user), user=user, language="en")
    right = by.organisation.rights_holder.ip_rights.get()
    return make.notice(*listings, by=by, right=right, explanation=WORDS, good_faith=True)


def no_faults(page):
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    sideways = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(sideways)


def walk(page, paths):
    """Every one of these pages answers, and axe finds nothing on it."""
    for path in paths:
        assert page.goto(path).ok, path
        no_faults(page)


def tab_to(page, selector):
    """Reach this element with the Tab key alone, and see that it has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"the Tab key does not reach {selector}")


def press(page, selector, key="Enter"):
    tab_to(page, selector)
    page.keyboard.press(key)


def write(page, selector, words):
    tab_to(page, selector)
    page.keyboard.type(words)


@pytest.mark.parametrize(("language", "width"), LANGUAGES_AND_WIDTHS)
def test_a_stranger_reports_by_keyboard_alone_and_follows(market, open_page, language, width):
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


def test_what_was_wrong_is_read_out_first(market, open_page):
    page = open_page("/report", language="en", width=390)
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator(".error-summary")).to_be_focused()
    no_faults(page)


def test_of_several_listings_with_one_picture_the_reporter_chooses(market, open_page):
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
    page.get_by_role("button", name="Send the report").click()
    no_faults(page)
    page.locator("input[name=listing]").last.check()
    page.get_by_role("button", name="Send the report").click()
    page.wait_for_url("**/report/*?new")
    assert Notice.objects.get().items.count() == 1


@pytest.mark.parametrize(("language", "width"), LANGUAGES_AND_WIDTHS)
def test_a_buyer_claims_by_keyboard_alone_and_watches_the_money_come(market, open_page, language, width):
    make.order(market)
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


def test_a_buyer_whose_claim_was_declined_asks_another_person(market, open_page, person):
    make.order(market, amount=900_000)
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
def test_a_rights_holder_searches_previews_and_files_by_keyboard_alone(market, open_page, language, width):
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


@pytest.mark.parametrize(("language", "width"), LANGUAGES_AND_WIDTHS)
def test_the_desks_pages_of_notices_and_money(market, open_page, holder, person, language, width):
    make.order(market, amount=600_000)
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


def test_a_moderator_decides_a_held_claim(market, open_page, person):
    make.order(market, amount=600_000)
    claim = make.claim()
    check_due_claims(at=timezone.now())
    page = open_page("/desk/claims/", language="en", as_=person("moderator"))
    page.get_by_role("link", name="O-1001").click()
    page.get_by_label("Approve and pay").check()
    page.get_by_label("Reasons").fill("A regular buyer.")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("Approved, money on its way")).to_be_visible()
    claim.refresh_from_db()
    assert claim.state == "APPROVED_PROVISIONALLY"
