"""A real browser on the live server; a script error or a refused resource fails the test that met it."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from klean.core.access.models import User
from refunds.gateways.fake_marketplace.server import FakeMarketplace
from tests.browser.reporting import busy_holder

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine; name one in CHROMIUM")
    # Playwright runs an event loop in this thread, in which Django would refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """Opens a page in a context of its own: ``open_page("/report", language="en", width=390, as_=user)``."""
    contexts = []
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # An answer of 4xx is also written to the console, and pages may well meet one on purpose.
        if message.type == "error" and "Failed to load resource" not in message.text:
            faults.append(message.text)

    def open_one(
        path: str,
        *,
        language: str = "ko",
        width: int = 1280,
        scheme: Any = "light",
        as_: Any = None,
        may_fail: bool = False,
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            locale={"ko": "ko-KR", "en": "en-GB"}[language],
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        if as_ is not None:
            client = Client()
            client.force_login(as_)
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        if not may_fail:
            page.on("console", note)
            page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def marketplace(settings: Any) -> Iterator[FakeMarketplace]:
    """The orders and payments of a marketplace."""
    cache.clear()
    with FakeMarketplace() as running:
        settings.KLEAN_ORDERS_URL = settings.KLEAN_PAYMENTS_URL = running.url
        settings.KLEAN_TRUSTED_HOSTS = [running.address]
        yield running


@pytest.fixture
def holder() -> User:
    return busy_holder()
