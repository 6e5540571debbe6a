"""Words that no reader should see: the code's own, half-chosen particles, and those of another language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from klean.core.events.actors import actor_named
from klean.core.events.models import Event
from klean.core.rows.texts import TextsField
from lints.messages import IDENTIFIER, PARTICLES, READERS_OWN

OURS = {
    "core",
    "brands",
    "sellers",
    "listings",
    "reports",
    "refunds",
    "mystery_shop",
    "enforcement",
    "legal",
    "governance",
}
# What these hold was written by Klean, not by people.
WRITTEN_BY_KLEAN = {"core.Event", "core.Mail", "enforcement.Statement", "listings.RuleHit", "listings.Bank"}
NOT_FOR_READERS = {"governance.PolicyDraft.text", "sellers.DocumentReading.text"}
MODELS = {model.__name__ for model in apps.get_models()}
# Latin words that a Korean page writes as they are.
ALLOWED = set(
    """
    Klean API URL ID IP PIN PDF JPEG PNG WebP GIF CSV TSV JSON JSONL Lines TOML Parquet ZIP MP4 WebM XLSX tsr TXT
    MB KB KC KR JP KRW DSA EEA KOLAS KIPRIS SHA HTTP UTF Ed25519 Python Webhooks Standard p90 Ctrl Shift Esc Enter
    English Asia Seoul world shopper bag Brier
    AliExpress Lazada TikTok Shop NH IBK SC iM KakaoBank NongHyup
    """.split()  # noqa: SIM905  a table of words, not of strings
)
CAPITALS = {"JPEG", "JSON", "JSONL", "TOML", "KOLAS", "KIPRIS", "HTTP", "XLSX"}
# Addresses, hashes, numbers of statements, halves of a day as English dates write them, and scopes of API keys.
ELSEWHERE = re.compile(
    r"https?://\S+|\S+@\S+|\b[0-9a-f]{8,}\b…?|/[\w/.{}-]+|\bklean-\d+(?:-\w+)?|\b[ap]\.m\.|\w+:(?:read|write)\b"
)
RAW = re.compile(r"\[\]|\{'|\['|\{\{|%\(|\((?:event|이벤트) \d+\)|^(?:None|True|False|null|nan|\{\})$")
CAPITAL_CODE = re.compile(r"\b[A-Z]{4,}\b", re.ASCII)
CLASS_NAME = re.compile(r"\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b", re.ASCII)
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]+", re.ASCII)
HANGUL = re.compile(r"[가-힣]+(?: [가-힣]+)*")


@dataclass(frozen=True)
class Written:
    """What people have written into the database: all of it, and its single words."""

    text: str
    words: frozenset[str]

    def holds(self, text: str) -> bool:
        return text in self.text


PRESETS = {path.stem for path in Path(settings.BASE_DIR, "policy", "presets").glob("*.toml")}


def written_by_people(language: str) -> Written:
    """Names, titles and texts; a text that also exists in the page's language is none that may stand for it."""
    found: set[str] = {
        actor_named(name).id for name in Event.objects.values_list("actor", flat=True).distinct()
    }
    for model in apps.get_models():
        if model._meta.app_label in OURS and model._meta.label not in WRITTEN_BY_KLEAN:
            found |= set(_texts(model, language))
    texts = {" ".join(text.split()) for text in found if not _is_code(text)}
    words = {word for text in texts for word in _words(text)}
    return Written("\n".join(sorted(texts)), frozenset(words))


def _texts(model: type[models.Model], language: str) -> Iterator[str]:
    fields = [
        field for field in model._meta.local_fields if _is_free(field) and str(field) not in NOT_FOR_READERS
    ]
    for row in model._default_manager.values_list(*(field.name for field in fields)) if fields else ():
        for value in row:
            if isinstance(value, dict):
                yield from () if language in value else value.values()
            elif value:
                yield from value if isinstance(value, list) else [value]


def _is_free(field: Any) -> bool:
    """Whether a person chose the words in it."""
    if isinstance(field, ArrayField):
        field = field.base_field
    is_text = isinstance(field, models.CharField | models.TextField | TextsField)
    return is_text and not field.choices and field.name != "last_error"


def _is_code(text: str) -> bool:
    return bool(IDENTIFIER.fullmatch(text) or CAPITAL_CODE.fullmatch(text))


def _words(text: str) -> list[str]:
    return [word for part in text.split() if (word := part.strip(".,:;!?()[]{}<>‘’“”'\"·–…"))]


def words_of_the_code(text: str, written: Written) -> Iterator[str]:
    plain = READERS_OWN.sub("", ELSEWHERE.sub("", text))
    for pattern in (IDENTIFIER, CLASS_NAME, CAPITAL_CODE):
        for word in pattern.findall(plain):
            if word not in CAPITALS | ALLOWED and not written.holds(word):
                yield word
    yield from RAW.findall(plain)
    parts = plain.split(", ")
    if len(parts) > 1 and MODELS.issuperset(parts):
        yield plain


def half_chosen_particles(text: str) -> Iterator[str]:
    yield from PARTICLES.findall(text)


def words_of_another_language(text: str, language: str, written: Written) -> Iterator[str]:
    plain = READERS_OWN.sub("", ELSEWHERE.sub("", text))
    if language == "en":
        yield from (words for words in HANGUL.findall(plain) if not written.holds(words))
    else:
        for word in _words(plain):
            strange = [latin for latin in LATIN.findall(word) if latin not in ALLOWED]
            if strange and word not in written.words | PRESETS and not written.words.issuperset(strange):
                yield word
