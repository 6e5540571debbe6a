from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils import timezone

from brands.actions.catalogue import Upserted, register_brands
from brands.actions.references import NewReference, add_references
from brands.forms.rows import ReferenceRow, parse_brand, parse_reference, picture_in
from brands.models import Brand
from brands.queries import brands_by_name
from klean.core.events.actors import Actor
from klean.core.importing.cells import BadRow
from klean.core.importing.commands import ImportCommand

ACTOR = Actor("system", "import_brands")
PICTURES_AT_ONCE = 16  # each may have 10 MB


class Command(ImportCommand):
    help = (
        "Imports brands and, with --references, the pictures to compare listings with. Again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            type=Path,
            help="brand, korean_name, aliases, country, category, protection, list_price, price_ranges",
        )
        parser.add_argument("--references", type=Path, help="brand, image, kind")
        parser.add_argument(
            "--images", type=Path, help="where the images lie; default: beside the references file"
        )

    def run(self, **options: Any) -> None:
        self._import_brands(options["file"])
        if references := options["references"]:
            self._import_references(references, options["images"] or references.parent)

    def _import_brands(self, path: Path) -> None:
        done = Upserted()
        with self.feed(path, "brand") as feed:
            for batch in feed.batches(1000):
                parsed = feed.parsed(batch, parse_brand)
                rows = [row for line, row in parsed if not feed.is_repeated("brand", line, row.name)]
                done += register_brands(rows, at=timezone.now(), actor=ACTOR)
        self.summarise("Brands", asdict(done), feed)

    def _import_references(self, path: Path, images: Path) -> None:
        good = new = 0
        with self.feed(path, "brand", "image") as feed:
            for batch in feed.batches(PICTURES_AT_ONCE):
                parsed = feed.parsed(batch, parse_reference)
                brands = brands_by_name({row.brand for _line, row in parsed})
                rows = []
                for line, row in parsed:
                    try:
                        rows.append(self._reference(row, brands, images))
                    except BadRow as reason:
                        feed.fault(line, str(reason))
                new += len(add_references(rows, at=timezone.now(), actor=ACTOR))
                good += len(rows)
        self.summarise("Reference images", {"new": new, "same": good - new}, feed)

    def _reference(self, row: ReferenceRow, brands: dict[str, Brand], images: Path) -> NewReference:
        if row.brand not in brands:
            raise BadRow(f"brand {row.brand!r} is not registered")
        picture = picture_in(images, row.image)
        return NewReference(brand=brands[row.brand], kind=row.kind, picture=picture, label=row.image)
