"""A text in several languages in one column: ``{language: text}``, however many languages there are."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, override

# Message ids are written in it; machines, and databases of authorities, read it.
SOURCE_LANGUAGE = "en"
MAX_CODE_LENGTH = 15  # zh-hant-hk, and more

Texts: TypeAlias = dict[str, str]


def language_codes() -> list[str]:
    """The languages that readers may choose, in the order of ``settings.LANGUAGES``."""
    return [code for code, _name in settings.LANGUAGES]


def own_language() -> str:
    """The language of those who have chosen none."""
    return settings.LANGUAGE_CODE


def language_of_reader() -> str:
    """The language that is being read or written just now."""
    return get_language() or own_language()


def in_each_language(write: Callable[[], object]) -> Texts:
    """What ``write`` answers in each language that readers may choose."""
    texts = {}
    for code in language_codes():
        with override(code):
            texts[code] = str(write())
    return texts


def as_written(text: str) -> Texts:
    """A person's own words, under the language that they read Klean in; nothing where they wrote nothing."""
    return {language_of_reader(): text} if text else {}


def in_order(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Language and text, in the order of ``settings.LANGUAGES``; languages of former days come last."""
    known = [code for code in language_codes() if code in texts]
    return [(code, texts[code]) for code in (*known, *sorted(texts.keys() - {*known}))]


def in_language(texts: Mapping[str, str], language: str = "") -> str:
    """The text in this language, else the reader's; where it is missing in its base language, our own, or any."""
    language = language or language_of_reader()
    for code in (language, language.partition("-")[0], own_language()):
        if code in texts:
            return texts[code]
    return next((text for _code, text in in_order(texts)), "")


def refuse_unknown_languages(texts: Any) -> None:
    """Refuse what is no ``Texts``: a text that stands under no language, or under none that there is."""
    if not isinstance(texts, Mapping) or not all(isinstance(text, str) for text in texts.values()):
        raise ValidationError("A text in each language is needed: {language: text}.", code="no_texts")
    if unknown := sorted(texts.keys() - LANG_INFO.keys() - {*language_codes()}):
        raise ValidationError(f"These are no languages: {', '.join(unknown)}.", code="no_language")


class TextsField(models.JSONField):
    """Holds ``Texts`` and refuses all else, also where nobody validates: a text under a misspelt language is lost."""

    default_validators = [refuse_unknown_languages]

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if not hasattr(value, "resolve_expression"):
            refuse_unknown_languages(value)
        return super().get_db_prep_save(value, connection)
