from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from brands.actions.register import take_snapshot
from brands.forms.rows import parse_record
from klean.core.events.actors import Actor
from klean.core.importing.commands import ImportCommand

ACTOR = Actor("system", "import_register")


class Command(ImportCommand):
    help = "Brings in a snapshot of the register of IP rights, which answers where no register is asked over HTTP."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help="number, owner, status, title, nice_classes, registered_on, expires_on"
        )
        parser.add_argument(
            "--taken-on",
            type=date.fromisoformat,
            required=True,
            help="the day of the snapshot, like 2026-03-02",
        )

    def run(self, **options: Any) -> None:
        done = 0
        with self.feed(options["file"], "number", "owner", "status") as feed:
            for batch in feed.batches(1000):
                records = [row for _line, row in feed.parsed(batch, parse_record)]
                for record in records:
                    record.taken_on = options["taken_on"]
                done += take_snapshot(records, at=timezone.now(), actor=ACTOR)
        self.summarise("Register", {"entries": done}, feed)
