"""A text in several languages in one column: what a reader gets, and what is refused."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy, override

from klean.core.rows.texts import (
    as_written,
    in_each_language,
    in_language,
    in_order,
    refuse_unknown_languages,
)

THREE = [("ko", "한국어"), ("en", "English"), ("ja", "日本語")]


@pytest.mark.parametrize(
    ("texts", "language", "found"),
    [
        ({"ko": "가", "en": "a", "ja": "あ"}, "ja", "あ"),
        ({"pt": "p", "en": "a"}, "pt-br", "p"),
        ({"pt": "p", "pt-br": "b", "en": "a"}, "pt-br", "b"),
        ({"ko": "가", "en": "a"}, "ja", "a"),
        ({"ko": "가"}, "ja", "가"),
        ({"fr": "f", "de": "d"}, "ja", "d"),
        ({"ko": "", "en": "a"}, "ko", ""),
        ({}, "ja", ""),
    ],
)
def test_a_missing_text_is_read_in_the_base_language_then_in_ours_then_in_any(texts, language, found):
    assert in_language(texts, language) == found


def test_the_readers_language_is_the_one_of_the_page():
    with override("ko"):
        assert in_language({"ko": "가", "en": "a"}) == "가"
        assert as_written("가짜입니다") == {"ko": "가짜입니다"}
    assert as_written("") == {}


def test_a_text_of_klean_is_written_in_every_language_that_there_is(settings):
    settings.LANGUAGES = THREE
    assert in_each_language(lambda: gettext_lazy("reasons")) == {
        "ko": "사유",
        "en": "reasons",
        "ja": "reasons",
    }


def test_texts_stand_in_the_order_of_the_languages_and_those_of_former_days_come_last(settings):
    settings.LANGUAGES = THREE
    texts = {"ja": "あ", "de": "d", "cs": "c", "ko": "가"}
    assert [code for code, _text in in_order(texts)] == ["ko", "ja", "cs", "de"]


@pytest.mark.parametrize(
    "wrong", ["a text", None, ["ko"], {"said": "a"}, {"kr": "가"}, {"ko": 1}, {"ko": None}]
)
def test_what_is_no_text_in_languages_is_refused(wrong):
    with pytest.raises(ValidationError):
        refuse_unknown_languages(wrong)
    refuse_unknown_languages({"ko": "가", "zh-hant": "x"})
