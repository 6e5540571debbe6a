"""The rights holder's, the seller's and the reviewer's pages in a real browser."""

from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe

from sellers.actions.reviews import request_info, review_authorisation
from tests import make
from tests.fixtures import NOON, TESTER


@pytest.fixture
def letter(transactional_db, policy):
    holder = make.rights_holder()
    brand = make.brand(holder=holder, protection="GATED", list_price=129_000)
    make.ip_right(holder)
    make.reference(brand)
    shop = make.seller(organisation="Moonlight Ltd.", business_registration_number="1168200276")
    make.authorisation(shop, brand)
    make.seller("s-200", "Starlight Shop", business_registration_number="1168200276")
    later = date.today() + timedelta(days=400)
    asked = make.submission(shop, brand, valid_until=later, document=make.picture("teal", (600, 800)))
    review_authorisation(asked, at=NOON, actor=TESTER)
    return asked


def addresses(letter):
    return {
        "rights_holder": [
            "/rights/",
            f"/rights/brands/{letter.brand_id}",
            "/rights/ip-rights/new",
            "/rights/sellers/",
            f"/rights/brands/{letter.brand_id}/sellers",
        ],
        "seller": [
            "/seller/",
            f"/seller/authorisations/{letter.pk}",
            "/seller/authorisations/new",
            f"/seller/{letter.seller_id}/permits",
            "/accounts/2fa/",
            "/accounts/sessions/",
        ],
        "moderator": [
            "/desk/authorisations/",
            f"/desk/authorisations/{letter.pk}",
            f"/desk/sellers/{letter.seller_id}/links",
            "/desk/rights-holders/",
            "/desk/sellers/returned",
        ],
    }


@pytest.mark.parametrize("role", ["rights_holder", "seller", "moderator"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(open_page, letter, person, role):
    if role == "seller":
        request_info(letter, reasons="Page 2 is missing.", at=NOON, actor=TESTER)
    organisation = {
        "rights_holder": letter.brand.rights_holder.organisation,
        "seller": letter.seller.organisation,
    }
    user = person(role, organisation=organisation.get(role))
    for path in addresses(letter)[role]:
        for width, scheme in ((1280, "light"), (390, "dark")):
            page = open_page(path, language="en", width=width, scheme=scheme, as_=user)
            assert Axe().run(page).response["violations"] == [], path
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path


def test_a_shop_proves_again_who_it_is_changes_its_account_and_stops_the_change(open_page, letter, person):
    shop = person("seller", organisation=letter.seller.organisation)
    page = open_page(f"/seller/{letter.seller_id}/payouts", language="en", width=390, as_=shop)
    page.get_by_label("Password").fill("a long enough password")
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Account number").fill("110-123-456789")
    page.get_by_label("Account holder").fill("Kim Sora")
    page.get_by_role("button", name="Change the account").click()
    page.get_by_text("takes effect after the waiting time").wait_for()
    assert Axe().run(page).response["violations"] == []
    assert "110123456789" not in page.content()

    page.get_by_role("button", name="Cancel the change").click()
    page.get_by_text("The change is cancelled.").wait_for()
    assert letter.seller.payout_accounts.get().state == "CANCELLED"


def test_a_reviewer_decides_beside_the_document(open_page, letter, person):
    page = open_page(f"/desk/authorisations/{letter.pk}", language="en", as_=person("moderator"))
    for question in page.get_by_role("group").filter(has=page.get_by_label("No", exact=True)).all():
        question.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Note").click()
    page.get_by_text("Noted.").wait_for()
    page.get_by_label("Approve").check()
    page.get_by_role("button", name="Decide").click()
    page.get_by_text("Decided.").wait_for()
    letter.refresh_from_db()
    assert letter.state == "APPROVED"
