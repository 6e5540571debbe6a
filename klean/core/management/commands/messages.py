import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from django.conf import settings
from django.core.management.base import BaseCommand

from klean.core.documents.pdf import letters_no_font_has
from klean.core.management import translations


class Command(BaseCommand):
    help = "Brings the catalogues of translations up to date with the strings of the project, or checks them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; exit 1 when a translation is missing"
        )
        parser.add_argument("--language", help="one catalogue alone; begun where there is none yet")

    def handle(self, *args: Any, **options: Any) -> None:
        found = translations.gather(Path(settings.BASE_DIR))
        languages = [options["language"]] if options["language"] else translations.languages()
        if options["check"]:
            sys.exit(1 if sum(self._faults(language, found) for language in languages) else 0)
        for language in languages:
            catalogue = translations.renew(language, found)
            dropped = translations.surplus(translations.read_catalogue(language), found)
            path = translations.write_catalogue(language, catalogue)
            missing = len(translations.untranslated(catalogue))
            self.stdout.write(
                f"{path}: {len(catalogue)} strings, {missing} untranslated, {len(dropped)} dropped"
            )
            self._name_boxes(language, catalogue)

    def _faults(self, language: str, found: Catalog) -> int:
        """Names what a catalogue lacks and what it has too much; answers how much that is."""
        missing = translations.untranslated(translations.renew(language, found))
        surplus = translations.surplus(translations.read_catalogue(language), found)
        for message in missing:
            self.stdout.write(f"{language}: untranslated: {message.id!r}  ({message.locations[0][0]})")
        for message in surplus:
            self.stdout.write(f"{language}: no longer said: {message.id!r}")
        return len(missing) + len(surplus)

    def _name_boxes(self, language: str, catalogue: Catalog) -> None:
        if letters := letters_no_font_has(translations.translated(catalogue)):
            self.stdout.write(
                f"{language}: documents would print boxes for {letters}: put a font that has them into templates/pdf/fonts"
            )
