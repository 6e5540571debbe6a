from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from klean.core.events.actors import Actor
from klean.core.importing.commands import ImportCommand
from sellers.actions.businesses import take_business_snapshot
from sellers.forms.rows import parse_business

ACTOR = Actor("system", "import_businesses")


class Command(ImportCommand):
    help = "Brings in a snapshot of the tax office's answers, which stands in for it where it is not asked over HTTP."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help="business_registration_number, status, opened_on, representative"
        )
        parser.add_argument(
            "--taken-on",
            type=date.fromisoformat,
            required=True,
            help="the day of the snapshot, like 2026-03-02",
        )

    def run(self, **options: Any) -> None:
        done = 0
        with self.feed(options["file"], "business_registration_number", "status") as feed:
            for batch in feed.batches(1000):
                records = [row for _line, row in feed.parsed(batch, parse_business)]
                for record in records:
                    record.taken_on = options["taken_on"]
                done += take_business_snapshot(records, at=timezone.now(), actor=ACTOR)
        self.summarise("Tax office", {"businesses": done}, feed)
