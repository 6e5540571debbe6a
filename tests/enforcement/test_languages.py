"""A statement of reasons is read in each language that there is; a new one needs no column."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation

from enforcement.decisions.actions.clock import carry_out_due_decisions
from enforcement.decisions.actions.decisions import issue_decision
from enforcement.decisions.actions.rulings import Ruling
from enforcement.decisions.models import Decision, Statement
from enforcement.decisions.queries.statements import statement_pdf
from klean.core.access.models import User
from klean.core.events.models import Event
from klean.core.mail.deliveries import render_mail
from klean.core.mail.models import Mail
from klean.core.rows.texts import language_codes
from legal.actions.contents import files_of
from legal.actions.matters import open_matter
from legal.models import Matter
from legal.queries.records import records_of
from tests.fixtures import NOON, TESTER
from tests.make import MODERATOR, case, decision, live_listing, seller
from tests.make.languages import speak_japanese

WORDS = {
    "The facts": "事実関係",
    "counterfeit goods": "偽造品",
    "Nobody reviewed this emergency decision in time.": "期限までに再確認されませんでした。",
    "Decision %(decision_id)s about your shop": "ショップに関する決定 %(decision_id)s",
}
EMERGENCY = Ruling(
    outcome="INFRINGING",
    severity="SERIOUS",
    ground="COUNTERFEIT",
    reasons="The mark is a copy.",
    is_emergency=True,
)


@pytest.fixture(autouse=True)
def _japanese(settings, tmp_path, policy):
    settings.MEDIA_ROOT = tmp_path / "media"
    speak_japanese(settings, tmp_path, WORDS)


@pytest.fixture
def shop(person):
    """A shop with one person who reads Japanese."""
    shop = seller(organisation="Moonlight Ltd")
    clerk = person("seller", organisation=shop.organisation)
    User.objects.filter(pk=clerk.pk).update(language="ja")
    return shop, clerk


def test_a_statement_is_written_mailed_shown_and_printed_in_a_third_language(shop, browser_of):
    listing, clerk = live_listing(by=shop[0]), shop[1]
    made = decision(about=listing, at=timezone.now())
    statement = made.statements.get()

    assert set(statement.texts) == {"ko", "en", "ja"} == set(language_codes())
    assert "事実関係" in statement.texts["ja"]
    assert "偽造品" in statement.texts["ja"]
    assert all(made.reasons in text for text in statement.texts.values())
    subject, body = render_mail(Mail.objects.get(template="mail/enforcement/decision.txt"))
    assert subject == f"ショップに関する決定 {made.pk}"
    assert statement.texts["ja"] in body
    page = browser_of(clerk).get(f"/seller/decisions/{made.pk}", headers={"Accept-Language": "ja"}).text
    assert "事実関係" in page
    assert '<html lang="ja"' in page
    assert statement_pdf(made) == statement_pdf(made)


def test_a_bundle_holds_every_statement_in_each_language():
    made = decision()
    matter = open_matter(Matter.Kind.CIVIL, "Haneul", case=made.case, at=NOON, actor=TESTER)

    files = files_of(records_of(matter))

    puid, texts = made.statements.values_list("puid", "texts").get()
    found = {name: data.decode() for name, data in files.items() if name.startswith("statements/")}
    assert found == {f"statements/{puid}.{language}.txt": text for language, text in texts.items()}


def test_what_klean_itself_writes_into_a_statement_stands_in_each_language(shop):
    made = issue_decision(case(live_listing(by=shop[0])), EMERGENCY, at=NOON, actor=MODERATOR)
    carry_out_due_decisions(at=NOON + timedelta(hours=24))

    made.refresh_from_db()
    assert made.state == Decision.State.ANNULLED
    assert made.end_reasons["ja"] == "期限までに再確認されませんでした。"
    correction = Statement.objects.get(kind=Statement.Kind.CORRECTION)
    for language, reasons in made.end_reasons.items():
        assert reasons in correction.texts[language]


def test_the_fields_for_the_transparency_database_are_the_same_whoever_reads():
    with translation.override("ja"):
        first = decision(about=live_listing("l-1", by=seller("s-1")))
    with translation.override("ko"):
        second = decision(about=live_listing("l-2", by=seller("s-2")))

    fields = [one.statements.get().fields | {"puid": ""} for one in (first, second)]
    assert fields[0] == fields[1]
    assert fields[0]["illegal_content_explanation"] == "counterfeit goods"


def test_a_language_that_is_given_up_keeps_its_statements_readable(settings):
    statement = decision().statements.get()
    settings.LANGUAGES = [("ko", "한국어"), ("en", "English")]
    again = Statement.objects.get(pk=statement.pk)
    again.save()

    assert again.texts == statement.texts
    assert b"%PDF-" in statement_pdf(again.decision)


@pytest.mark.parametrize("texts", [{"kr": "사유"}, "사유", {"ko": None}])
def test_a_text_under_no_language_is_never_stored(texts):
    statement = decision().statements.get()
    with pytest.raises(ValidationError), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(texts=texts)
    assert Statement.objects.get().texts == statement.texts


def test_the_event_log_holds_no_text_of_a_statement_in_any_language():
    texts = decision().statements.get().texts.values()
    log = json.dumps(list(Event.objects.values_list("data", flat=True)), ensure_ascii=False)
    assert all(line not in log for text in texts for line in text.splitlines() if len(line) > 20)
