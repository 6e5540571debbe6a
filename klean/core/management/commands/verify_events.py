import sys
from typing import Any

from django.core.management.base import BaseCommand

from klean.core.events.chain import walk_chain


class Command(BaseCommand):
    help = "Walks the hash chain of the event log; exit 0, or 1 with the first bad row."

    def handle(self, *args: Any, **options: Any) -> None:
        walk = walk_chain()
        if walk.fault:
            self.stderr.write(f"The chain is broken. {walk.fault}")
            sys.exit(1)
        self.stdout.write(f"{walk.events} events, every hash fits. Head: {walk.head or '-'}")
