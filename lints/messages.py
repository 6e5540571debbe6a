"""What people read, in each language."""

import re
from collections.abc import Iterator, Sequence

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from lints.glossary import words_in_korean
from lints.project import Finding, Project

# What a reader types or opens by this name: settings of the environment, files, commands, columns of a file they send.
READERS_OWN = re.compile(
    r"\bKLEAN_[A-Z_]+\b|\b[\w/-]+\.(?:py|md|toml|csv|json|jsonl|xlsx)\b(?: [a-z_]+\b)?|\bgood_faith\b",
    re.ASCII,
)
VALUES = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{[\w.!:]*\}|https?://\S+|<[^>]*>")
IDENTIFIER = re.compile(
    r"\b\w*[a-z]_[a-z]\w*\b|\b[a-z]\w*\.[a-z_]\w*\b(?!\.[a-z])|\b[A-Z]{2,}_[A-Z_]+\b", re.ASCII
)
PARTICLES = re.compile(
    r"은\(는\)|는\(은\)|이\(가\)|가\(이\)|을\(를\)|를\(을\)|와\(과\)|과\(와\)|\(으\)로|\(이\)"
)


def messages_name_no_code(project: Project) -> Iterator[Finding]:
    """No identifier or dotted path of the code stands in a text that people read."""
    for path, message in _messages(project):
        for text in [*_texts(message.id), *_texts(message.string)]:
            plain = READERS_OWN.sub("", VALUES.sub("", text))
            if found := IDENTIFIER.search(plain):
                where = ", ".join(file for file, _ in message.locations)
                yield Finding(path, message.lineno or 1, f"say {found[0]!r} in words ({where})")


def every_message_is_translated(project: Project) -> Iterator[Finding]:
    """Each message has its translation, and none is a guess."""
    for path, message in _messages(project):
        if message.fuzzy or not all(_texts(message.string)):
            yield Finding(path, message.lineno or 1, f"translate {_texts(message.id)[0]!r}")


def korean_reads_as_korean(project: Project) -> Iterator[Finding]:
    """Particles are chosen by code, never written as 은(는); words that nobody in the market says are not written."""
    words = words_in_korean(project.root)
    for path, message in _messages(project, "ko"):
        for text in _texts(message.string):
            if found := PARTICLES.search(text):
                instead = f"write {found[0]} without a choice, or let the code choose it"
                yield Finding(path, message.lineno or 1, instead)
            for word in words:
                if word.token in text:
                    yield Finding(path, message.lineno or 1, f"for {word.token} write {word.instead}")


def _messages(project: Project, language: str = "*") -> Iterator[tuple[str, Message]]:
    for path in sorted((project.root / "locale").glob(f"{language}/LC_MESSAGES/django.po")):
        name = str(path.relative_to(project.root))
        with path.open("rb") as catalogue:
            yield from ((name, message) for message in read_po(catalogue, ignore_obsolete=True) if message.id)


def _texts(texts: Sequence[str] | str | None) -> list[str]:
    return [texts] if isinstance(texts, str) else list(texts or ("",))
