"""The style guide in a real browser: access for all, keys under a Korean input method, nothing wider than a phone."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from klean.core.access.models import User

pytestmark = [pytest.mark.urls("tests.browser.urls"), pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
ACCOUNT_PAGES = [
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/sessions/",
    "/accounts/logout/",
]


def findings(page: Page) -> list[tuple[str, list[str]]]:
    violations = Axe().run(page).response["violations"]
    return [(found["id"], [node["target"] for node in found["nodes"]]) for found in violations]


def press(page: Page, code: str, key: str, *, shift: bool = False) -> None:
    """Presses a physical key that types ``key``, as an input method would have it."""
    session = page.context.new_cdp_session(page)
    for kind in ("rawKeyDown", "keyUp"):
        session.send(
            "Input.dispatchKeyEvent", {"type": kind, "code": code, "key": key, "modifiers": 8 if shift else 0}
        )


@pytest.mark.parametrize("path", ["/design/", "/", "/accounts/login/", "/nothing-here"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    open_page: Open, path: str, scheme: str, width: int
) -> None:
    page = open_page(path, scheme=scheme, width=width)
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_shortcut_follows_the_physical_key_when_it_types_hangul(open_page: Open) -> None:
    page = open_page("/design/")
    press(page, "KeyO", "ㅐ")
    expect(page.locator("#sample-dialog")).to_be_visible()


def test_a_shortcut_stays_silent_while_somebody_types(open_page: Open) -> None:
    page = open_page("/design/")
    page.locator("#id_name").focus()
    page.keyboard.press("o")
    expect(page.locator("#sample-dialog")).not_to_be_visible()
    expect(page.locator("#id_name")).to_have_value("o")


def test_the_question_mark_lists_the_keys_of_this_page(open_page: Open) -> None:
    page = open_page("/design/", language="en")
    press(page, "Slash", "?", shift=True)
    expect(page.locator("#shortcuts")).to_contain_text("Open a dialog")
    expect(page.locator("#shortcuts")).to_contain_text("Show difference")


def test_the_palette_finds_a_page_by_its_name(open_page: Open) -> None:
    page = open_page("/design/", language="en")
    page.keyboard.press("Control+k")
    page.keyboard.type("dialog")
    expect(page.locator("[data-palette-list] a")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#sample-dialog")).to_be_visible()


def test_rows_are_walked_and_selected_by_keys(open_page: Open) -> None:
    page = open_page("/design/")
    page.locator("body").press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Shift+X")
    expect(page.locator("[data-row-select]:checked")).to_have_count(3)
    expect(page.locator("[data-selected-count]")).to_have_text("3")
    expect(page.locator("[data-when-selected]")).to_be_visible()


def test_a_confirmed_form_is_sent_only_after_yes(open_page: Open) -> None:
    page = open_page("/design/")
    page.locator("[data-row-select]").first.check()
    page.locator("[data-when-selected] button").click()
    expect(page.locator("#confirm")).to_be_visible()
    page.locator("#confirm [data-close]").last.click()
    assert "case=" not in page.url
    page.locator("[data-when-selected] button").click()
    page.locator("[data-confirm-yes]").click()
    page.wait_for_url("**case=K-1042**")


def test_the_chosen_colours_are_in_the_next_page_from_its_first_byte(open_page: Open) -> None:
    page = open_page("/design/", language="en")
    page.get_by_label("Display").click()
    page.get_by_role("button", name="Dark", exact=True).click()
    assert 'data-theme="dark"' in page.request.get("/design/").text()


def test_difference_and_blur_are_switched_by_their_keys(open_page: Open) -> None:
    page = open_page("/design/")
    page.keyboard.press("d")
    expect(page.locator("[data-pair]")).to_have_attribute("data-difference", "")
    page.keyboard.press("b")
    expect(page.locator("html")).to_have_attribute("data-blur", "")


def test_chosen_pictures_are_listed_before_they_are_sent(open_page: Open) -> None:
    page = open_page("/design/")
    page.locator("#id_picture").set_input_files(
        {"name": "신발.txt", "mimeType": "text/plain", "buffer": b"x" * 2048}
    )
    expect(page.locator(".drop-files").first).to_contain_text("신발.txt · 2 KB")


def test_an_invalid_form_takes_the_focus_to_its_summary(open_page: Open) -> None:
    page = open_page("/design/")
    expect(page.locator(".error-summary")).to_be_focused()
    page.locator(".error-summary a").first.click()
    expect(page.locator("#id_bad-name")).to_be_focused()


@pytest.mark.parametrize("path", ACCOUNT_PAGES)
def test_account_pages_pass_axe_on_a_phone(open_page: Open, person: Callable[..., User], path: str) -> None:
    page = open_page(path, width=390, as_=person("moderator"))
    expect(page.locator("h1")).to_have_count(1)
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_an_invalid_answer_is_swapped_in_and_takes_the_focus(open_page: Open) -> None:
    page = open_page("/refused/")
    page.locator("#id_reason").evaluate("field => { field.type = 'text' }")
    page.locator("#id_reason").fill("seven")
    page.get_by_role("button", name="422").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator("#id_reason")).to_have_attribute("aria-invalid", "true")


def test_a_refusal_is_swapped_in_with_its_words(open_page: Open) -> None:
    page = open_page("/refused/")
    page.get_by_role("button", name="409").click()
    expect(page.locator("#region")).to_contain_text("Somebody else has decided.")


def test_a_fault_of_the_server_is_said_in_a_toast_and_leaves_the_form(open_page: Open) -> None:
    page = open_page("/refused/", may_fail=True)
    page.get_by_role("button", name="500").click()
    expect(page.locator("#toasts .toast")).to_have_attribute("data-tone", "critical")
    expect(page.locator("#region")).to_be_visible()
