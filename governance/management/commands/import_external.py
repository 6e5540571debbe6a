from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from governance.actions.feeds import Origin, import_feed
from governance.models import ExternalFeed
from klean.core.events.actors import Actor
from klean.core.importing.commands import ImportCommand


class Command(ImportCommand):
    help = (
        "Imports a list from outside: seizures, hazardous goods, brands. The same file again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="number, date, brand, goods, country, quantity")
        parser.add_argument(
            "--kind",
            required=True,
            type=str.upper,
            choices=ExternalFeed.Kind.values,
            metavar="KIND",
            help=" or ".join(ExternalFeed.Kind.values).lower(),
        )
        parser.add_argument("--source", required=True, help="who publishes it, and where")
        parser.add_argument(
            "--date", required=True, type=date.fromisoformat, help="as of which day, like 2026-03-02"
        )

    def run(self, **options: Any) -> None:
        with self.feed(options["file"], "number") as feed:
            origin = Origin(kind=options["kind"], source=options["source"], dated_on=options["date"])
            taken, is_new = import_feed(
                feed, origin, at=timezone.now(), actor=Actor("system", "import_external")
            )
            counts = {"rows": taken.rows} if is_new else {"rows were taken in before": taken.rows}
            self.summarise(taken.get_kind_display().capitalize(), counts, feed)
