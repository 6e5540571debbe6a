"""A language more."""

from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

THREE = [("ko", "한국어"), ("en", "English"), ("ja", "日本語")]


def speak_japanese(settings: Any, folder: Path, words: dict[str, str]) -> None:
    """From now on Japanese is a third language, with these translations alone."""
    catalogue = Catalog(locale="ja")
    for english, japanese in words.items():
        catalogue.add(english, japanese)
    path = folder / "ja" / "LC_MESSAGES" / "django.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, catalogue)
    settings.LOCALE_PATHS = [folder, *settings.LOCALE_PATHS]
    settings.LANGUAGES = THREE
