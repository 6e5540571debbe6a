"""The whole story with the hands of the people in it: visitor, moderator, buyer, seller, senior."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from brands.actions.references import NewReference, add_references, picture_of
from brands.models import ReferenceImage
from demo.drawing import Photo, jpeg_of, photograph, recompressed
from demo.drawing.goods import METALS, Design
from enforcement.appeals.models import Appeal
from enforcement.cases.models import Case
from enforcement.decisions.models import Decision
from klean.core.access.models import Membership, Role
from listings.actions.upserts import upsert_listings
from listings.models import Listing
from listings.rules.rows import ListingRow
from refunds.models.claims import RefundClaim
from reports.models.notices import Notice
from sellers.models import Seller
from tests.fixtures import NOON, TESTER
from tests.make.brands import brand
from tests.make.refunds import order
from tests.make.sellers import seller

pytestmark = pytest.mark.django_db(transaction=True)
BAG = Design("bag", "Maroen", "diamond", (112, 34, 44), 0, METALS[0])
OFFICIAL = photograph(Photo(BAG, "official", is_official=True))


@pytest.fixture
def fakes(market, gallery, work):
    """Two listings of one shop that screening doubts."""
    maroen = brand("Maroen", korean_name="마로엔", aliases=[], protection="GATED", list_price=890_000)
    front = NewReference(
        brand=maroen, kind=ReferenceImage.Kind.OFFICIAL, picture=picture_of(jpeg_of(OFFICIAL)), label="front"
    )
    add_references([front], at=NOON, actor=TESTER)
    seller("s-7", "Moonlight Shop", organisation="Moonlight Ltd")
    stolen = (gallery.show("fake.jpg", recompressed(OFFICIAL)),)
    rows = [
        ListingRow(
            external_id=name, seller="s-7", title=title, price=139_000, condition="new", pictures=stolen
        )
        for name, title in (("f-1", "미러급 ㅁㅏ로엔 클래식 토트백"), ("f-2", "미러급 M4roen 미니백"))
    ]
    upsert_listings(rows, at=timezone.now(), actor=TESTER)
    work()
    return rows


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_story_can_be_clicked_through(fakes, market, work, agree, person, open_page, language):
    shop = Seller.objects.get()
    moderator, senior, buyer = person("moderator"), person("senior"), person("consumer", name="jiwoo")
    owner = person("seller", organisation=shop.organisation)
    order(market, "O-1001", listing="f-1", buyer=buyer.email, amount=139_000)

    def enter(path, user=None):
        return open_page(path, language=language, as_=user)

    visitor_reports(enter("/report"))
    work()
    assert Notice.objects.get().state == "ADMITTED"

    moderator_decides(enter("/desk/", moderator))
    agree()
    decision = Decision.objects.get()
    assert (decision.case.listing.external_id, decision.severity) == ("f-1", "SERIOUS")
    assert Listing.objects.get(external_id="f-1").state == "REMOVED"

    buyer_asks(enter("/refunds", buyer))
    work()
    assert RefundClaim.objects.get().state == "REFUNDED"
    page = enter("/refunds", buyer)
    expect(page.locator("tbody tr").first).to_contain_text("139,000")

    seller_appeals(enter("/seller/decisions/", owner))
    appeal = Appeal.objects.get()
    Membership.objects.create(user=moderator, role=Role.SENIOR)
    page = enter(f"/desk/appeals/{appeal.pk}", moderator)
    expect(page.locator(f"form[action='/desk/appeals/{appeal.pk}/assignments']")).to_have_count(0)

    senior_overturns(enter("/desk/appeals/", senior))
    work()
    appeal.refresh_from_db()
    assert (appeal.state, Listing.objects.get(external_id="f-1").state) == ("OVERTURNED", "LIVE")
    assert Seller.objects.get().standing == "ACTIVE"
    page = enter(f"/seller/decisions/{decision.pk}", owner)
    expect(page.locator("main")).to_contain_text("The invoice is genuine")
    expect(enter("/transparency").locator("main")).to_be_visible()


def visitor_reports(page):
    page.fill("[name=listing]", "f-1")
    page.check("[name=reason][value=COUNTERFEIT]")
    page.fill("[name=email]", "visitor@test.klean")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/report/*-*")


def moderator_decides(page):
    """By keyboard alone: look at the next case and back, take the case in hand, say why, decide."""
    first, second = Case.objects.get(listing__external_id="f-1"), Case.objects.get(listing__external_id="f-2")
    title = page.locator("#case-title")
    expect(title).to_contain_text(first.listing.title)
    expect(page.locator("mark").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    shown = "[...document.querySelectorAll('main img')].filter(i => i.naturalWidth > 99).length"
    assert page.evaluate(shown) >= 2
    page.keyboard.press("j")
    expect(title).to_contain_text(second.listing.title)
    page.keyboard.press("k")
    expect(title).to_contain_text(first.listing.title)
    page.keyboard.press("c")
    expect(page.locator(".alert[data-tone=positive]")).to_be_visible()
    page.locator("[name=reasons]").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("The mark on the clasp is turned.")
    page.locator("[name=reasons]").blur()
    page.keyboard.press("1")
    expect(title).to_contain_text(second.listing.title)


def buyer_asks(page):
    page.fill("[name=order]", "O-1001")
    page.fill("[name=listing]", "f-1")
    page.check("[name=reason][value=LOOKS_FAKE]")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/refunds/*-*")


def seller_appeals(page):
    page.locator("main tbody a[href^='/seller/decisions/']").first.click()
    expect(page.locator("main")).to_contain_text("The mark on the clasp is turned.")
    page.fill("[name=grounds]", "We bought these bags from the brand itself.")
    page.locator("form[action$='/appeals'] button").click()
    expect(page.locator("form[action$='/appeals']")).to_have_count(0)


def senior_overturns(page):
    page.locator("main tbody a").first.click()
    page.wait_for_url("**/desk/appeals/*")
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text("from the brand itself")
    page.keyboard.press("c")
    expect(page.locator("[name=reasons]")).to_be_visible()
    page.wait_for_load_state()
    page.locator("[name=reasons]").fill("The invoice is genuine: these bags are.")
    page.locator("[name=reasons]").blur()
    page.keyboard.press("2")
    expect(page.locator("[name=reasons]")).to_have_count(0)
