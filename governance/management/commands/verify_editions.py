import sys
from typing import Any

from django.core.management.base import BaseCommand

from governance.queries.editions import editions, fault_of_edition


class Command(BaseCommand):
    help = "Counts every published transparency report again from the log and checks its signature; exit 1 on a fault."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = 0
        for edition in editions():
            fault = fault_of_edition(edition)
            faults += bool(fault)
            self.stdout.write(f"edition {edition.number}, {edition.month:%Y-%m}: {fault or 'the same bytes'}")
        sys.exit(1 if faults else 0)
