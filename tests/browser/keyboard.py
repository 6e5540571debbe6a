"""A page as somebody uses it who has a keyboard alone, and as axe sees it."""

from axe_playwright_python.sync_playwright import Axe

LANGUAGES_AND_WIDTHS = [("ko", 390), ("en", 1280)]


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
