from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from klean.core.actors import Actor
from klean.core.feeds import Feed, FeedError
from listings.actions import upsert_listings
from listings.forms import read_offer
from listings.rules.rows import ListingRow

BATCH = 1000
IMPORT = Actor("system", "import_listings")


class Command(BaseCommand):
    help = "Takes a catalogue file in; new and changed rows enter the screening queue."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help="Google Merchant product data: CSV, TSV, JSONL or Parquet, also .gz"
        )
        parser.add_argument("--images", type=Path, help="the folder that image_link paths are relative to")
        parser.add_argument("--seller", default="", help="the seller_id of rows that have none")

    def handle(self, *args: Any, **options: Any) -> None:
        self.counts: dict[str, int] = {}
        read = partial(read_offer, images=_folder(options["images"]), seller=options["seller"])
        try:
            with Feed(options["file"], required=["id", "title"], report=self._report) as feed:
                for batch in feed.batches(BATCH):
                    rows = [
                        (line, row)
                        for line, row in feed.parsed(batch, read)
                        if not feed.is_repeated("id", line, row.external_id)
                    ]
                    self._take(feed, rows)
        except FeedError as error:
            raise CommandError(str(error)) from error
        told = (
            ", ".join(f"{count:,} {outcome}" for outcome, count in sorted(self.counts.items())) or "nothing"
        )
        self.stdout.write(f"{told}; {feed.faults:,} rows with faults")

    def _take(self, feed: Feed, rows: list[tuple[int, ListingRow]]) -> None:
        done = upsert_listings([row for _, row in rows], at=timezone.now(), actor=IMPORT)
        for (line, row), upserted in zip(rows, done, strict=True):
            if upserted.outcome == "unknown_seller":
                feed.fault(
                    line, f"seller_id: no seller {row.seller!r} is registered; import_sellers comes first"
                )
            else:
                self.counts[upserted.outcome] = self.counts.get(upserted.outcome, 0) + 1

    def _report(self, fault: Any) -> None:
        self.stderr.write(str(fault))


def _folder(images: Path | None) -> Path | None:
    if images is not None and not images.is_dir():
        raise CommandError(f"{images} is no folder")
    return images
