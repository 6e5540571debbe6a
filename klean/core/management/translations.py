"""The catalogue of strings, kept with Babel alone, so that no machine needs GNU gettext."""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import to_language, to_locale
from django.utils.translation.template import templatize

KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
SOURCES = (
    "klean",
    "screening",
    "brands",
    "sellers",
    "listings",
    "reports",
    "refunds",
    "mystery_shop",
    "enforcement",
    "legal",
    "governance",
)


def languages() -> list[str]:
    """Those that have a catalogue, by the code that settings name."""
    folder = Path(settings.LOCALE_PATHS[0])
    return sorted(to_language(path.parts[-3]) for path in folder.glob("*/LC_MESSAGES/django.po"))


def catalogue_path(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / to_locale(language) / "LC_MESSAGES" / "django.po"


def read_catalogue(language: str) -> Catalog:
    path, locale = catalogue_path(language), to_locale(language)
    if not path.exists():
        return Catalog(locale=locale, domain="django")
    return read_po(BytesIO(path.read_bytes()), locale=locale)


def gather(root: Path) -> Catalog:
    """Every translatable string of the code and the templates."""
    found = Catalog(domain="django")
    for file, python in _sources(root):
        try:
            for _line, words, _comments, context in extract("python", BytesIO(python.encode()), KEYWORDS):
                found.add(words, locations=[(file, 0)], context=context)
        except SyntaxError as error:
            raise SyntaxError(f"{file}: {error}") from error
    return found


def _sources(root: Path) -> Iterator[tuple[str, str]]:
    for folder in SOURCES:
        for file in sorted((root / folder).rglob("*.py")):
            if "migrations" not in file.parts:
                yield str(file.relative_to(root)), file.read_text()
    for file in sorted((root / "templates").rglob("*")):
        if file.suffix in {".html", ".txt"}:
            python = templatize(file.read_text(), origin=str(file))
            yield str(file.relative_to(root)), re.sub(r"^[ \t]+", "", python, flags=re.MULTILINE)


def renew(language: str, found: Catalog) -> Catalog:
    """The language's catalogue with exactly the strings found: known translations kept, new ones empty."""
    known, fresh = (
        read_catalogue(language),
        Catalog(locale=to_locale(language), domain="django", project="Klean", fuzzy=False),
    )
    for message in found:
        if message.id:
            old = known.get(message.id, context=message.context)
            fresh.add(message.id, old.string if old else None, message.locations, context=message.context)
    return fresh


def untranslated(catalogue: Iterable[Message]) -> list[Message]:
    return [
        m
        for m in catalogue
        if m.id and not all(m.string if isinstance(m.string, tuple | list) else [m.string])
    ]


def translated(catalogue: Iterable[Message]) -> str:
    """All translations of the catalogue in a row."""
    texts = ([m.string] if isinstance(m.string, str) else m.string or () for m in catalogue if m.id)
    return "".join(part for parts in texts for part in parts)


def surplus(known: Catalog, found: Catalog) -> list[Message]:
    """Translations of strings that the project no longer says."""
    return [m for m in known if m.id and found.get(m.id, context=m.context) is None]


def write_catalogue(language: str, catalogue: Catalog) -> Path:
    """Answers where the catalogue stands."""
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        write_po(out, catalogue, sort_output=True, omit_header=False, include_lineno=False, width=120)
    return path
