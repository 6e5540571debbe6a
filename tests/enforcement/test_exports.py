"""Statements for the DSA transparency database: written row by row where its published rules are kept, else reported."""

import csv
import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from enforcement.decisions.actions.decisions import issue_decision
from enforcement.decisions.actions.rulings import Ruling
from enforcement.decisions.models import Statement
from enforcement.decisions.rules.dsa import FIELDS, faults_of_submission
from tests.fixtures import NOON
from tests.make.enforcement import MODERATOR, REASONS, case, decision, in_force, live_listing

pytestmark = pytest.mark.usefixtures("policy")
DAY = timedelta(days=1)


def export(path, *options):
    output, wrong = StringIO(), StringIO()
    call_command("export_statements", str(path), *options, stdout=output, stderr=wrong)
    return output.getvalue(), wrong.getvalue()


def rule(severity, ground, at=NOON, **also):
    ruling = Ruling(outcome="INFRINGING", severity=severity, ground=ground, reasons=REASONS, **also)
    asked = case(live_listing(f"l-{Statement.objects.count()}"), at=at)
    return in_force(issue_decision(asked, ruling, at=at, actor=MODERATOR), at=at)


@pytest.fixture
def five():
    """Sound ones of every ground and rung, and one that restricts nothing, which the database does not take."""
    rule("SERIOUS", "COUNTERFEIT")
    rule("GENERAL", "DESIGN", actions=("NO_NEW_GOODS",))
    rule("PROHIBITED", "PROHIBITED_GOODS", at=NOON + DAY)
    rule("TRANSACTION", "OTHER_TERMS", at=NOON + 2 * DAY, actions=("HOLD_SETTLEMENT",))
    rule("ADVICE", "MISLEADING", at=NOON + 3 * DAY, actions=())


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_every_sound_statement_is_written_and_a_broken_one_reported_not_written(suffix, five, tmp_path):
    output, wrong = export(tmp_path / f"all.{suffix}")

    text = (tmp_path / f"all.{suffix}").read_text()
    if suffix == "csv":
        rows = list(csv.DictReader(StringIO(text)))
        assert list(rows[0]) == list(FIELDS)
        assert rows[0]["territorial_scope"].startswith("AT|BE|")
    else:
        rows = [json.loads(line) for line in text.splitlines()]
        assert [faults_of_submission(row) for row in rows] == [[]] * 4
    broken = Statement.objects.get(decision__severity="ADVICE")
    assert broken.puid not in {row["puid"] for row in rows}
    assert len(rows) == 4
    assert wrong.startswith(f"{broken.puid}: decision_visibility, decision_monetary")
    assert "4 statements written, 1 left out" in output
    assert [path.name for path in tmp_path.iterdir()] == [f"all.{suffix}"]


def test_only_the_days_that_are_asked_for_are_written(five, tmp_path):
    path = tmp_path / "some.jsonl"
    export(path, "--since", "2026-03-03", "--until", "2026-03-04")

    assert [json.loads(line)["category"] for line in path.read_text().splitlines()] == [
        "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS"
    ]


@pytest.mark.parametrize(
    ("path", "options", "words"),
    [
        ("all.xml", (), "neither .csv nor .jsonl"),
        ("nowhere/all.csv", (), "is not a folder"),
        ("all.csv", ("--since", "March"), "is not a date like 2026-03-01"),
    ],
)
def test_what_cannot_be_exported_is_refused_and_leaves_no_file(path, options, words, tmp_path):
    with pytest.raises(CommandError, match=words):
        export(tmp_path / path, *options)

    assert list(tmp_path.iterdir()) == []


SOUND = {
    "decision_visibility": ["DECISION_VISIBILITY_CONTENT_REMOVED"],
    "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT",
    "illegal_content_legal_ground": "Trademark Act",
    "illegal_content_explanation": "A copied mark.",
    "category": "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS",
    "content_type": ["CONTENT_TYPE_PRODUCT"],
    "territorial_scope": ["DE", "FR"],
    "content_date": "2026-03-01",
    "application_date": "2026-03-02",
    "decision_facts": "The mark is copied.",
    "source_type": "SOURCE_ARTICLE_16",
    "automated_detection": "No",
    "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
    "puid": "klean-1",
}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({}, None),
        (
            {"decision_visibility": "DECISION_VISIBILITY_CONTENT_REMOVED"},
            "decision_visibility: must be a list",
        ),
        ({"decision_visibility": []}, "decision_visibility, decision_monetary"),
        ({"illegal_content_legal_ground": ""}, "illegal_content_legal_ground: is required"),
        ({"incompatible_content_ground": "terms"}, "incompatible_content_ground: belongs to"),
        ({"territorial_scope": ["KR"]}, "territorial_scope: KR is not one"),
        ({"content_type": "CONTENT_TYPE_PRODUCT"}, "content_type: must be a list"),
        ({"content_date": "1999-12-31"}, "content_date: not before 2000-01-01"),
        ({"application_date": "02.03.2026"}, "application_date: must be a date"),
        (
            {"end_date_account_restriction": "2026-03-01"},
            "end_date_account_restriction: not before 2026-03-02",
        ),
        ({"decision_facts": "x" * 5001}, "decision_facts: at most 5000"),
        ({"puid": "klean 1"}, "puid: letters"),
        ({"puid": ""}, "puid: is required"),
        ({"seller": "Moonlight"}, "seller: no such field"),
        ({"content_id_ean": "123"}, "content_id_ean: 13 digits"),
    ],
)
def test_each_published_rule_is_kept_by_name(changes, fault):
    found = faults_of_submission(SOUND | changes)

    assert found == [] if fault is None else any(words.startswith(fault) for words in found)


@pytest.mark.parametrize(
    ("severity", "account", "ends"),
    [
        ("SERIOUS", "DECISION_ACCOUNT_SUSPENDED", "2026-03-03"),
        ("EXTREME", "DECISION_ACCOUNT_TERMINATED", None),
    ],
)
def test_a_sanction_and_what_comes_with_it_are_told_with_their_ends(severity, account, ends):
    fields = Statement.objects.get(decision=decision(severity), party="SELLER").fields

    assert (fields["decision_account"], fields.get("end_date_account_restriction")) == (account, ends)
    frozen = fields.get("end_date_monetary_restriction")
    assert frozen == ("2026-08-29" if severity == "EXTREME" else None)
