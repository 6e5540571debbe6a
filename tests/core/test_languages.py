"""A language more is a setting and a catalogue: pages offer it, people are written to in it, machines may name it."""

import pytest
from django.core.management import call_command
from django.template.loader import render_to_string
from django.utils.translation import override

from klean.core.access.models import User
from klean.core.web.language import LanguageField
from tests.make.languages import THREE, speak_japanese


@pytest.fixture
def japanese(settings, tmp_path, policy):
    """A third language for a running Klean."""
    speak_japanese(settings, tmp_path, {"Log in": "ログイン"})


def test_pages_come_in_a_third_language_and_in_ours_where_its_words_are_missing(japanese, client):
    page = client.get("/report", headers={"Accept-Language": "ja"}).text

    assert '<html lang="ja"' in page
    assert "ログイン" in page
    assert "Report a fake" in page
    assert all(f'name="language" value="{code}" lang="{code}"' in page for code, _name in THREE)


def test_of_two_languages_the_other_is_one_button(policy, client):
    page = client.get("/report", headers={"Accept-Language": "en"}).text
    assert page.count('name="language"') == 1
    assert ">한국어</button>" in page


@pytest.mark.parametrize(("chosen", "kept"), [("ja", "ja"), ("ko", "ko"), ("de", "en"), ("", "en")])
def test_whoever_chooses_a_language_is_written_to_in_it(japanese, person, browser_of, chosen, kept):
    reader = person("consumer")
    User.objects.filter(pk=reader.pk).update(language="en")

    answer = browser_of(reader).post("/i18n/setlang/", {"language": chosen, "next": "/report"})

    assert (answer.status_code, answer["Location"]) == (302, "/report")
    assert User.objects.get(pk=reader.pk).language == kept


def test_a_stranger_chooses_a_language_for_pages_alone(japanese, client):
    client.post("/i18n/setlang/", {"language": "ja", "next": "/report"})
    assert '<html lang="ja"' in client.get("/report").text


def test_machines_may_name_every_language_and_no_other(settings):
    settings.LANGUAGES = THREE
    assert LanguageField().run_validation("ja") == "ja"
    assert list(LanguageField().choices) == ["ko", "en", "ja"]
    settings.LANGUAGE_CODE = "ja"
    assert LanguageField().run_validation() == "ja"


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "500.html", "503.html"])
def test_a_page_of_a_fault_says_its_language(name):
    for language in ("ko", "en"):
        with override(language):
            assert f'<html lang="{language}">' in render_to_string(name)


def test_every_catalogue_is_kept_up_to_date_and_checked(settings, tmp_path, capsys):
    settings.LOCALE_PATHS = [tmp_path]
    for language in ("ja", "zh-hant"):
        call_command("messages", "--language", language)
    assert {path.parts[-3] for path in tmp_path.glob("*/*/django.po")} == {"ja", "zh_Hant"}
    capsys.readouterr()

    call_command("messages")
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(": ")[0] for line in lines] == [
        str(tmp_path / name / "LC_MESSAGES" / "django.po") for name in ("ja", "zh_Hant")
    ]
    with pytest.raises(SystemExit) as end:
        call_command("messages", "--check")
    assert end.value.code == 1
    assert {line.partition(": ")[0] for line in capsys.readouterr().out.splitlines()} == {"ja", "zh-hant"}


def test_letters_that_documents_cannot_print_are_named(settings, tmp_path, capsys):
    settings.LOCALE_PATHS = [tmp_path]
    call_command("messages", "--language", "ja")
    assert "boxes" not in capsys.readouterr().out
    catalogue = tmp_path / "ja" / "LC_MESSAGES" / "django.po"
    translated = 'msgid "Log in"\nmsgstr "偽造品あア"\n'
    catalogue.write_text(catalogue.read_text().replace('msgid "Log in"\nmsgstr ""\n', translated))

    call_command("messages")
    assert "ja: documents would print boxes for 偽:" in capsys.readouterr().out
