import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from klean.core.management import translations


class Command(BaseCommand):
    help = "Brings the catalogue of translations up to date with the strings of the project, or checks it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; exit 1 when a translation is missing"
        )
        parser.add_argument("--language", default="ko")

    def handle(self, *args: Any, **options: Any) -> None:
        language = options["language"]
        found = translations.gather(Path(settings.BASE_DIR))
        catalogue = translations.renew(language, found)
        missing = translations.untranslated(catalogue)
        surplus = translations.surplus(translations.read_catalogue(language), found)
        for message in missing:
            self.stdout.write(f"untranslated: {message.id!r}  ({message.locations[0][0]})")
        if options["check"]:
            for message in surplus:
                self.stdout.write(f"no longer said: {message.id!r}")
            sys.exit(1 if missing or surplus else 0)
        translations.write_catalogue(language, catalogue)
        self.stdout.write(f"{len(catalogue)} strings, {len(missing)} untranslated, {len(surplus)} dropped.")
