"""The desk by keyboard alone, and the pages around it, in a real browser."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from enforcement.appeals.actions.appeals import assign_appeal
from enforcement.appeals.models import Appeal
from enforcement.cases.actions.assignments import assign_case
from enforcement.cases.models import Case
from enforcement.decisions.actions.decisions import issue_decision
from enforcement.decisions.actions.rulings import Ruling
from enforcement.decisions.models import Decision
from enforcement.desk.models import Check, Macro
from klean.core.events.actors import person as actor
from tests.fixtures import TESTER
from tests.make.brands import brand, reference
from tests.make.enforcement import appeal, case, decision, examined, live_listing
from tests.make.sellers import seller

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("policy")]


SERIOUS = Ruling(
    outcome="INFRINGING", reasons="The stitching is a copy.", severity="SERIOUS", ground="COUNTERFEIT"
)


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


class Keys:
    """Presses keys and counts them."""

    def __init__(self, page):
        self.page, self.pressed = page, 0

    def press(self, key):
        self.page.keyboard.press(key)
        self.pressed += 1


def test_a_prepared_case_is_decided_with_one_key_and_undone_with_another(waiting, open_page, person):
    first, second, _third = waiting
    page = open_page("/desk/", language="en", as_=person("moderator"), width=1280)
    keys = Keys(page)
    expect(page.get_by_label("Reasons")).to_have_value(re.compile("is used for counterfeits"))

    keys.press("1")
    expect(page.get_by_role("heading", name=f"Case {second.pk}")).to_be_visible()
    assert keys.pressed <= 3
    assert Decision.objects.get(case=first).state == Decision.State.WAITING
    keys.press("z")
    expect(page.get_by_role("heading", name=f"Case {first.pk}")).to_be_visible()

    assert Decision.objects.get(case=first).state == Decision.State.WITHDRAWN
    assert Case.objects.get(pk=first.pk).is_pending


def test_every_key_of_the_sheet_does_what_it_says(waiting, open_page, person):
    first, second, third = waiting
    Macro.objects.create(name="Copies", reasons="The marks are copies of the original ones.")
    person("moderator", name="Haru")
    page = open_page("/desk/", language="en", as_=person("moderator"), width=1280)
    title, root = page.locator("#case-title"), page.locator("html")
    expect(title).to_contain_text(f"Case {first.pk}")
    expect(page.locator("mark", has_text="mirror grade")).to_be_visible()
    expect(page.get_by_text("2 strikes: suspension 7 days")).to_be_visible()
    no_faults(page)

    page.keyboard.press("Shift+Slash")
    sheet = page.locator("[data-keys] [data-from-page] kbd").all_inner_texts()
    assert set(sheet) == set("/MFJCSHOEDB1234R") | {"Shift+1"}
    page.keyboard.press("Escape")
    page.keyboard.press("d")
    expect(page.locator("[data-pair]")).to_have_attribute("data-difference", "")
    page.keyboard.press("b")
    expect(root).to_have_attribute("data-blur", "")
    page.keyboard.press("x")
    expect(page.locator("[data-row-select]:checked")).to_have_count(1)
    page.keyboard.press("/")
    expect(page.locator("#queue-search")).to_be_focused()
    page.locator("#queue-search").blur()
    page.keyboard.press("Shift+Digit1")
    expect(page.get_by_label("Reasons")).to_have_value("The marks are copies of the original ones.")
    for key, dialog in (("h", "extension"), ("o", "hand-over"), ("e", "escalate")):
        page.keyboard.press(key)
        expect(page.locator(f"#{dialog}")).to_be_visible()
        page.keyboard.press("Escape")
    page.keyboard.press("r")
    expect(page.get_by_role("button", name="Prohibited goods")).to_be_visible()
    page.keyboard.press("j")
    expect(title).to_contain_text(f"Case {second.pk}")
    page.keyboard.press("k")
    expect(title).to_contain_text(f"Case {first.pk}")
    page.keyboard.press("c")
    expect(page.get_by_text("Assigned to you")).to_be_visible()
    page.keyboard.press("l")
    expect(page.get_by_text("Assigned to you")).to_have_count(0)
    page.keyboard.press("s")
    expect(title).to_contain_text(f"Case {second.pk}")
    page.keyboard.press("Shift+Digit1")
    expect(page.get_by_label("Reasons")).not_to_be_empty()
    page.keyboard.press("4")
    expect(title).to_contain_text(f"Case {third.pk}")
    page.keyboard.press("m")
    expect(page.get_by_role("heading", name="Decide in bulk")).to_be_visible()
    page.go_back()
    page.keyboard.press("f")
    expect(page.get_by_label("Search for")).to_be_focused()

    assert Decision.objects.get(case=second).outcome == Decision.Outcome.NOT_INFRINGING


def test_the_next_case_is_fetched_ahead_and_what_a_colleague_does_shows_without_a_reload(
    waiting, open_page, person
):
    first, second, _third = waiting
    page = open_page("/desk/", language="en", as_=person("moderator"), width=1280)
    page.clock.install()
    with page.expect_request(lambda asked: asked.headers.get("x-purpose") == "prefetch") as ahead:
        page.reload()
    assert ahead.value.url.endswith(f"/desk/cases/{second.pk}")
    expect(page.locator("#case-title")).to_contain_text(f"Case {first.pk}")

    assign_case(first, person("moderator", name="Haru"), at=timezone.now(), actor=TESTER)
    page.clock.fast_forward("00:21")

    expect(page.locator("#case-news")).to_contain_text("Haru is working on this case.")
    expect(page.locator("#queue")).to_contain_text("Assigned to Haru")


def test_the_second_person_judges_from_the_case_and_makes_it_golden(waiting, open_page, person):
    made = issue_decision(waiting[1], SERIOUS, at=timezone.now(), actor=actor(person("moderator").pk))
    page = open_page("/penalties/approvals/", language="en", as_=person("penalties"))

    page.get_by_role("link", name=f"Case {made.case_id}").click()
    expect(page.get_by_role("heading", name="History")).to_be_visible()
    no_faults(page)
    page.get_by_role("button", name="Approve").click()
    page.goto(f"/desk/cases/{made.case_id}")
    page.get_by_role("button", name="Make it a golden case").click()
    page.get_by_role("button", name="Yes, go on").click()
    expect(page.get_by_role("heading", name="Golden cases")).to_be_visible()

    made.refresh_from_db()
    assert made.state == Decision.State.IN_FORCE
    assert Check.objects.filter(decision=made, kind=Check.Kind.GOLDEN).exists()


@pytest.mark.parametrize("width", [390, 1500])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_of_enforcement_is_sound(language, width, waiting, open_page, person):
    made = Decision.objects.get()
    senior = person("senior")
    filed = assign_appeal(appeal(made, at=timezone.now()), senior, at=timezone.now(), actor=TESTER)
    clerk = person("seller", organisation=made.seller.organisation)

    for path, user in [
        ("/desk/", senior),
        ("/desk/search?q=mirror", senior),
        ("/desk/batches/new", senior),
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
    page.get_by_role("heading", name="Review").click()
    page.keyboard.press("2")

    expect(page.get_by_text("The invoices are sound.")).to_be_visible()
    assert Appeal.objects.get().state == Appeal.State.OVERTURNED
