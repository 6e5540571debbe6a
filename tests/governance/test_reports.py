"""The transparency report as everybody reads it."""

import csv
import json
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from enforcement.sanctions.facts import SanctionImposed
from governance.queries.figures import as_rows
from tests import make
from tests.governance.march import MARCH, decided


def test_the_report_is_public_and_the_same_as_page_csv_and_json(happen, client):
    happen(1, decided(1, "SCREENING"))
    happen(2, SanctionImposed(sanction_id=1, seller="s-1", rung="CLOSURE", ends_at=""))
    page = client.get(reverse("governance:transparency"), {"month": "2026-03"})
    sheet = client.get(reverse("governance:transparency_csv"), {"month": "2026-03"})
    document = client.get(reverse("governance:transparency_json"), {"month": "2026-03"})

    rows = [tuple(row) for row in csv.reader(StringIO(sheet.content.decode("utf-8-sig")))][1:]
    assert page.status_code == 200
    assert page.context["report"].figures["sellers_suspended"] == 1
    assert ("sellers_suspended", "", "1") in rows
    assert as_rows(json.loads(document.content)["figures"]) == rows


def test_a_month_is_counted_again_as_of_a_day_and_later_events_change_nothing(happen, client):
    address = reverse("governance:transparency_json")
    happen(1, decided(1, "SCREENING"))
    asked = {"month": "2026-03", "as_of": "2026-03-10"}
    before = client.get(address, asked).content
    happen(20 * 24, decided(2, "SCREENING"))
    cache.clear()

    assert client.get(address, asked).content == before
    assert json.loads(before)["figures"]["decisions"] == {"INFRINGING": 1}
    later = client.get(address, {"month": "2026-03", "as_of": "2026-03-31"}).content
    assert json.loads(later)["figures"]["decisions"] == {"INFRINGING": 2}
    assert "2026-03-10" in client.get(reverse("governance:transparency"), asked).text
    for wrong in ("x", "2026-02-30", "2999-01-01"):
        assert client.get(address, {"month": "2026-03", "as_of": wrong}).status_code == 404


def test_the_running_month_is_counted_at_most_once_a_minute(happen, client):
    happen(1, decided(1, "SCREENING"))
    address = reverse("governance:transparency")
    with time_machine.travel(MARCH + timedelta(hours=5), tick=False):
        client.get(address)
    happen(6, decided(2, "SCREENING"))
    cases = []
    for seconds in (30, 61):
        with time_machine.travel(MARCH + timedelta(hours=5, seconds=seconds), tick=False):
            cases.append(client.get(address).context["report"].figures["decisions"])

    assert cases == [{"INFRINGING": 1}, {"INFRINGING": 2}]


@pytest.mark.parametrize("month", ["2026-13", "x", "1-1", "9999999-01", "2001-01", "2199-01"])
def test_a_month_that_is_none_is_not_found(db, client, month):
    assert client.get(reverse("governance:transparency"), {"month": month}).status_code == 404


def test_statements_are_public_and_without_the_text_that_names_the_seller(policy, client):
    decision = make.decision()
    (statement,) = decision.statements.all()
    answer = client.get("/api/v1/statements-of-reasons").json()

    assert answer["statements"][0]["puid"] == statement.puid
    for page in (reverse("governance:statements"), reverse("governance:statement", args=[statement.puid])):
        text = client.get(page).text
        assert statement.puid in text
        assert decision.seller.name not in text
    assert decision.seller.name not in json.dumps(answer)


def test_the_desk_is_shown_to_governance_alone(policy, person, browser_of):
    pages = [
        reverse(f"governance:{name}")
        for name in (
            "overview",
            "publications",
            "drafts",
            "stakeholders",
            "meetings",
            "items",
            "feeds",
            "personal_data",
            "requests",
            "viewings",
        )
    ]
    for role in ["moderator", "seller", "consumer", "engineer", "legal", "penalties", "senior"]:
        assert {browser_of(person(role)).get(page).status_code for page in pages} == {403}
    assert {browser_of(person("governance")).get(page).status_code for page in pages} == {200}
