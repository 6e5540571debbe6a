import csv
import json
from datetime import timedelta
from io import StringIO

import pytest
from django.urls import reverse

from enforcement.decisions.models import Statement
from tests import make
from tests.fixtures import NOON

pytestmark = pytest.mark.usefixtures("policy")


@pytest.fixture
def three():
    """Three statements: of this month about a buckle and a forged letter, of the next about a seam."""
    found = []
    for number, (words, category, at) in enumerate(
        [
            ("The buckle is a copy.", "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS", NOON),
            ("=cmd: the letter is forged.", "STATEMENT_CATEGORY_SCAMS_AND_FRAUD", NOON),
            ("바느질이 가짜입니다.", "STATEMENT_CATEGORY_SCAMS_AND_FRAUD", NOON + timedelta(days=31)),
        ]
    ):
        decision = make.decision(about=make.live_listing(f"l-{number}", by=make.seller(f"s-{number}")))
        statement = decision.statements.get()
        statement.fields |= {"decision_facts": words, "category": category}
        Statement.objects.filter(pk=statement.pk).update(fields=statement.fields, issued_at=at)
        found.append(statement)
    return found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [2, 1, 0]),
        ({"q": "BUCKLE"}, [0]),
        ({"q": "가짜"}, [2]),
        ({"q": "100%"}, []),
        ({"category": "STATEMENT_CATEGORY_SCAMS_AND_FRAUD"}, [2, 1]),
        ({"month": "2026-03"}, [1, 0]),
        ({"category": "STATEMENT_CATEGORY_SCAMS_AND_FRAUD", "month": "2026-03"}, [1]),
    ],
)
def test_statements_are_found_by_words_category_and_month_on_the_page_and_in_both_exports(
    three, client, asked, found
):
    wanted = [three[number].puid for number in found]
    page = client.get(reverse("governance:statements"), asked)
    lines = client.get(reverse("governance:statements_jsonl"), asked).getvalue().splitlines()
    sheet = client.get(reverse("governance:statements_csv"), asked).getvalue().decode("utf-8-sig")

    assert [statement.puid for statement in page.context["page"].rows] == wanted
    assert [json.loads(line)["puid"] for line in lines] == wanted
    assert [row["puid"] for row in csv.DictReader(StringIO(sheet))] == wanted
    assert [
        row["puid"] for row in client.get("/api/v1/statements-of-reasons", asked).json()["statements"]
    ] == wanted


def test_no_export_names_a_shop_or_runs_in_a_spreadsheet(three, client):
    sheet = client.get(reverse("governance:statements_csv")).getvalue().decode()
    lines = client.get(reverse("governance:statements_jsonl")).getvalue().decode()
    assert "'=cmd" in sheet
    for statement in three:
        assert statement.decision.seller.name not in sheet + lines


def test_the_pages_follow_one_another_by_keyset(three, client):
    page = client.get("/api/v1/statements-of-reasons")
    assert page.json()["next"] is None
    assert client.get("/api/v1/statements-of-reasons", {"month": "x"}).status_code == 422
    assert client.get(reverse("governance:statements"), {"after": "nonsense"}).status_code == 200
