import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from klean.core.events.registry import facts_of_apps, wire_shape
from klean.core.management.fact_pages import fact_page


class Command(BaseCommand):
    help = (
        "Prints every fact that Klean records, as docs/events.md; with --json, the shape of each on the wire."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="names and JSON types of the fields alone")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["json"]:
            shapes = {fact.name: wire_shape(fact) for fact in facts_of_apps()}
            self.stdout.write(json.dumps(shapes, indent=2))
        else:
            self.stdout.write(fact_page(), ending="")
