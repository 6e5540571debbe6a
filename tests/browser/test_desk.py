"""The desk by keyboard alone, and the pages around it, in a real browser."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from enforcement.actions import assign_appeal
from enforcement.models import Appeal, Case, Decision
from tests.fixtures import TESTER
from tests.make.brands import brand, reference
from tests.make.enforcement import appeal, case, decision, examined, live_listing
from tests.make.sellers import seller

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("policy")]


@pytest.fixture
def waiting():
    """Three cases, the most urgent with pictures, words and a price."""
    now, shop = timezone.now(), seller(organisation="Moonlight Ltd")
    decision("SERIOUS", about=live_listing("l-0", by=shop), at=now - timedelta(days=30))
    listing = examined(live_listing("l-1", by=shop), reference(brand()))
    cases = [case(listing, score=0.9, at=now)]
    return cases + [case(live_listing(f"l-{n}", by=shop), score=1 / n, at=now) for n in (2, 3)]


def no_faults(page):
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_the_desk_decides_by_keyboard(waiting, open_page, person):
    first, second, third = waiting
    page = open_page("/desk/", language="en", as_=person("moderator"), width=1500)

    expect(page.get_by_role("heading", name=f"Case {first.pk}")).to_be_visible()
    expect(page.locator("mark", has_text="mirror grade")).to_be_visible()
    expect(page.get_by_text("2 strikes: suspension 7 days")).to_be_visible()
    no_faults(page)
    page.keyboard.press("j")
    expect(page.get_by_role("heading", name=f"Case {second.pk}")).to_be_visible()
    page.keyboard.press("k")
    expect(page.get_by_role("heading", name=f"Case {first.pk}")).to_be_visible()
    page.keyboard.press("c")
    expect(page.get_by_text("In your hands")).to_be_visible()
    page.keyboard.press("1")
    expect(page.get_by_role("heading", name=f"Case {second.pk}")).to_be_visible()
    page.keyboard.press("s")
    expect(page.get_by_role("heading", name=f"Case {third.pk}")).to_be_visible()

    assert Decision.objects.get(case=first).severity == "SERIOUS"
    assert Case.objects.get(pk=second.pk).is_pending


@pytest.mark.parametrize("width", [390, 1500])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_of_enforcement_is_sound(language, width, waiting, open_page, person):
    made = Decision.objects.get()
    senior = person("senior")
    filed = assign_appeal(appeal(made, at=timezone.now()), senior, at=timezone.now(), actor=TESTER)
    clerk = person("seller", organisation=made.seller.organisation)

    for path, user in [
        ("/desk/", senior),
        ("/penalties/", senior),
        ("/penalties/sellers/s-100", senior),
        ("/desk/appeals/", senior),
        (f"/desk/appeals/{filed.pk}", senior),
        ("/seller/decisions/", clerk),
        (f"/seller/decisions/{made.pk}", clerk),
    ]:
        page = open_page(path, language=language, as_=user, width=width)
        no_faults(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_the_senior_overturns_an_appeal_by_keyboard(waiting, open_page, person):
    senior = person("senior")
    filed = appeal(Decision.objects.get(), at=timezone.now())
    page = open_page(f"/desk/appeals/{filed.pk}", language="en", as_=senior)

    page.keyboard.press("c")
    page.get_by_label("Reasons").fill("The invoices are sound.")
    page.get_by_role("heading", name="Hearing").click()
    page.keyboard.press("2")

    expect(page.get_by_text("The invoices are sound.")).to_be_visible()
    assert Appeal.objects.get().state == Appeal.State.OVERTURNED
