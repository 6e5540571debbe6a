from argparse import ArgumentParser
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from klean.core.events.actors import Actor
from klean.core.importing.commands import ImportCommand
from klean.core.importing.feeds import Feed
from listings.actions.upserts import upsert_listings
from listings.forms import read_offer
from listings.rules.rows import ListingRow

BATCH = 1000
IMPORT = Actor("system", "import_listings")


class Command(ImportCommand):
    help = "Takes a catalogue file in; new and changed rows enter the screening queue."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help="Google Merchant product data: CSV, TSV, JSONL or Parquet, also .gz"
        )
        parser.add_argument("--images", type=Path, help="the folder that image_link paths are relative to")
        parser.add_argument("--seller", default="", help="the seller_id of rows that have none")

    def run(self, **options: Any) -> None:
        images = options["images"]
        if images is not None and not images.is_dir():
            raise CommandError(f"{images} is no folder")
        read = partial(read_offer, images=images, seller=options["seller"])
        counts: Counter[str] = Counter()
        with self.feed(options["file"], "id", "title") as feed:
            for batch in feed.batches(BATCH):
                rows = [
                    (line, row)
                    for line, row in feed.parsed(batch, read)
                    if not feed.is_repeated("id", line, row.external_id)
                ]
                counts += _take(feed, rows)
        self.summarise(
            "Listings", {name: counts[name] for name in ("created", "changed", "unchanged", "stopped")}, feed
        )


def _take(feed: Feed, rows: list[tuple[int, ListingRow]]) -> Counter[str]:
    """How many rows had which outcome; those of sellers whom nobody registered are reported."""
    done = upsert_listings([row for _, row in rows], at=timezone.now(), actor=IMPORT)
    for (line, row), upserted in zip(rows, done, strict=True):
        if upserted.outcome == "unknown_seller":
            feed.fault(line, f"seller_id: no seller {row.seller!r} is registered; import_sellers comes first")
    return Counter(upserted.outcome for upserted in done)
