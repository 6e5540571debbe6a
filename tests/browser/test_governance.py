"""The public report and the governance desk in a real browser, at both widths and in both languages."""

import os
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from governance.actions.consultations import answer_comment, comment_on, open_consultation
from governance.actions.editions import publish_edition
from governance.actions.feeds import Origin, import_feed
from governance.actions.register import open_item, register_stakeholder, sign_agreement, write_minutes
from governance.actions.requests import receive_request
from klean.core.importing.feeds import Feed
from klean.core.privacy.models import Viewing
from tests.fixtures import TESTER
from tests.make.enforcement import decision
from tests.make.reports import anonymous, notice

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("policy")]
SEOUL = ZoneInfo("Asia/Seoul")
SHOTS = os.environ.get("KLEAN_SHOTS")
POLICY = (Path(settings.BASE_DIR) / "policy" / "2026-01.toml").read_text()


@pytest.fixture
def governor(person):
    return person("governance", name="Han Sora")


@pytest.fixture
def world(governor, tmp_path):
    """One of everything that the desk shows."""
    cache.clear()
    now = timezone.now()
    decision()
    filed = notice(by=anonymous("yuna@test.klean"))
    month = datetime(timezone.localtime().year, timezone.localtime().month, 1, tzinfo=SEOUL)
    after = (month + timedelta(days=40)).replace(day=2)
    publish_edition(month, at=after, actor=TESTER)
    publish_edition(month, reason="Two decisions came late.", at=after, actor=TESTER)
    later = (now + timedelta(days=90)).isoformat(timespec="seconds")
    text = re.sub(r"in_force_from = .*", f"in_force_from = {later}", POLICY).replace(
        "notice_days = 30", "notice_days = 45"
    )
    draft = open_consultation("2027-01", "More notice for small shops.", text, at=now, actor=TESTER)
    comment = comment_on(draft, "Please give us two months.", by=governor, at=now, actor=TESTER)
    answer_comment(comment, "We give 45 days.", at=now, actor=TESTER)
    comment_on(draft, "Thank you.", by=governor, at=now, actor=TESTER)
    customs = register_stakeholder("관세청", "CUSTOMS", contact="desk@customs.example", at=now, actor=TESTER)
    sign_agreement(
        customs,
        "Exchange",
        signed_on=date(2025, 1, 1),
        ends_on=date(2025, 12, 31),
        document=None,
        at=now,
        actor=TESTER,
    )
    meeting = write_minutes(
        "Spring meeting", date(2026, 3, 2), "We talked.", with_=[customs], at=timezone.now(), actor=TESTER
    )
    open_item(
        "Send the list",
        owner=governor,
        due_on=date(2026, 3, 9),
        meeting=meeting,
        at=timezone.now(),
        actor=TESTER,
    )
    path = tmp_path / "seizures.csv"
    path.write_text("number,date,brand,goods,country,quantity\nS-1,2026-02-01,Haneul,bags,CN,120\n")
    with Feed(path, required=["number"]) as feed:
        origin = Origin(kind="SEIZURES", source="관세청", dated_on=date(2026, 3, 1))
        taken, _is_new = import_feed(feed, origin, at=now, actor=TESTER)
    request = receive_request("ERASURE", "yuna@test.klean", identity="ADDRESS", at=now, actor=TESTER)
    return {
        "/signing-keys": "public",
        "/transparency": "public",
        "/transparency/editions": "public",
        "/transparency/editions/1": "public",
        "/transparency/statements": "public",
        "/transparency/policies": "public",
        "/transparency/policies/2026-01": "public",
        f"/transparency/drafts/{draft.pk}": "desk",
        "/governance/": "desk",
        "/governance/editions": "desk",
        "/governance/drafts": "desk",
        "/governance/stakeholders": "desk",
        f"/governance/stakeholders/{customs.pk}": "desk",
        "/governance/meetings": "desk",
        "/governance/items": "desk",
        "/governance/feeds": "desk",
        f"/governance/feeds/{taken.pk}": "desk",
        "/governance/personal-data": "desk",
        "/governance/requests": "desk",
        f"/governance/requests/{request.pk}": "desk",
        "/governance/viewings": "desk",
        f"/governance/viewings/reports.Notice/{filed.pk}": "desk",
    }


@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (390, "ko")])
def test_every_page_passes_axe_and_is_no_wider_than_the_window(world, governor, open_page, width, language):
    for number, (path, who) in enumerate(world.items()):
        page = open_page(path, width=width, language=language, as_=governor if who == "desk" else None)
        if SHOTS:
            page.screenshot(path=Path(SHOTS, f"{width}-{number:02}.png"), full_page=True)
        found = Axe().run(page)
        assert found.violations_count == 0, (path, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        expect(page.locator("h1")).to_have_count(1)


def test_an_address_is_shown_after_a_reason_and_the_log_tells(world, governor, open_page):
    path = next(path for path in world if "reports.Notice" in path)
    page = open_page(path, language="en", as_=governor)
    expect(page.get_by_text("y***@test.klean")).to_be_visible()
    page.get_by_label("Why you need to see it").fill("The notifier asked us to call back.")
    page.get_by_role("button", name="Show it").click()

    expect(page.get_by_text("yuna@test.klean")).to_be_visible()
    page.goto("/governance/viewings")
    expect(page.get_by_text("The notifier asked us to call back.")).to_be_visible()
    assert Viewing.objects.count() == 1


def test_a_person_is_erased_at_the_desk_only_when_nothing_of_theirs_is_open(world, governor, open_page):
    path = next(path for path in world if path.startswith("/governance/requests/"))
    page = open_page(path, language="en", as_=governor)
    page.get_by_role("button", name="Erase the person").click()
    page.get_by_role("dialog").get_by_role("button").filter(has_not_text="Cancel").last.click()

    expect(page.get_by_text("are still needed")).to_be_visible()
