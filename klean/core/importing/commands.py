"""What every command that imports a file does alike."""

import sys
from abc import abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override
from tqdm import tqdm

from klean.core.importing.feeds import Fault, Feed, FeedError
from klean.core.rows.texts import SOURCE_LANGUAGE


class ImportCommand(BaseCommand):
    """Bad rows go to standard error as they are met, a file that cannot be read ends the command with its reason."""

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with override(SOURCE_LANGUAGE):
                self.run(**options)
        except FeedError as error:
            raise CommandError(str(error)) from error

    @abstractmethod
    def run(self, **options: Any) -> None:
        """Import what the options name."""

    def feed(self, path: Path, *required: str) -> Feed:
        def report(fault: Fault) -> None:
            tqdm.write(f"{path.name}, {fault}", file=sys.stderr)

        return Feed(path, required=required, report=report)

    def summarise(self, what: str, counts: dict[str, int], feed: Feed) -> None:
        parts: Sequence[str] = [f"{count:,} {word}" for word, count in counts.items()]
        self.stdout.write(f"{what}: {', '.join(parts)}, {feed.faults:,} bad rows left out")
