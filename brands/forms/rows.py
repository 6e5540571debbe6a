"""The rows of brand and reference files."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from brands.actions.catalogue import NewBrand
from brands.actions.references import Picture, picture_of
from brands.models import Brand, ReferenceImage, RegisterRecord
from brands.rules.numbers import EXAMPLES, OFFICE_CODES, normal_number, wrong_nice_classes
from brands.rules.prices import Range, price_range_of
from klean.core.importing import cells
from klean.core.importing.cells import BadRow
from klean.core.rows.refusals import Refused

NAME = 150
KIND_OF = {code: kind for kind, code in OFFICE_CODES.items()}


def parse_brand(row: dict[str, Any]) -> NewBrand:
    return NewBrand(
        name=cells.read_required_text(row, "brand", max_length=NAME),
        korean_name=cells.read_text(row, "korean_name", max_length=NAME),
        aliases=cells.read_text_list(row, "aliases", max_length=NAME),
        country=cells.read_text(row, "country", max_length=100),
        category=cells.read_text(row, "category", max_length=100),
        protection=cells.read_choice(row, "protection", list(Brand.Protection)),
        list_price=cells.read_integer(row, "list_price"),
        price_ranges=_price_ranges(row),
    )


def _price_ranges(row: dict[str, Any]) -> list[Range] | None:
    written = cells.read_text_list(row, "price_ranges", max_length=150)
    ranges = [price_range_of(text) for text in written or []]
    found = [one for one in ranges if one]
    if len({category for category, *_ in found}) < len(ranges):
        raise BadRow("price_ranges should be like bag: 90000-150000|60000-200000, each category once")
    return None if written is None else found


def parse_record(row: dict[str, Any]) -> RegisterRecord:
    """One entry of a register's file; its number says the kind by its first two digits."""
    written = cells.read_required_text(row, "number", max_length=30)
    kind = KIND_OF.get(written.removeprefix("제").strip()[:2], "")
    number = normal_number(kind, written) if kind else None
    if number is None:
        raise BadRow(f"number is {written!r}; it should be like {EXAMPLES['TRADEMARK']}")
    status = cells.read_choice(row, "status", ["LIVE", "PENDING", "LAPSED"])
    if status is None:
        raise BadRow("status is missing; it should be live, pending or lapsed")
    return RegisterRecord(
        number=number,
        owner=cells.read_required_text(row, "owner", max_length=200),
        title=cells.read_text(row, "title", max_length=300) or "",
        status=status,
        nice_classes=_classes(row),
        registered_on=cells.read_date(row, "registered_on"),
        expires_on=cells.read_date(row, "expires_on"),
    )


def _classes(row: dict[str, Any]) -> list[int]:
    words = cells.read_text_list(row, "nice_classes", max_length=3) or []
    numbers = [int(word) if word.isascii() and word.isdigit() else 0 for word in words]
    if wrong_nice_classes(numbers):
        raise BadRow("nice_classes should be numbers from 1 to 45 with | between, like 18|25")
    return numbers


@dataclass(frozen=True, kw_only=True)
class ReferenceRow:
    brand: str
    image: str
    kind: ReferenceImage.Kind


def parse_reference(row: dict[str, Any]) -> ReferenceRow:
    kind = cells.read_choice(row, "kind", list(ReferenceImage.Kind))
    return ReferenceRow(
        brand=cells.read_required_text(row, "brand", max_length=NAME),
        image=cells.read_required_text(row, "image", max_length=1000),
        kind=ReferenceImage.Kind(kind or ReferenceImage.Kind.OFFICIAL),
    )


def picture_in(folder: Path, name: str) -> Picture:
    """The picture of that name below the folder, and nothing outside it."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise BadRow(f"image {name!r} lies outside {folder}")
    if not path.is_file():
        raise BadRow(f"image {name!r} is no file in {folder}")
    try:
        with path.open("rb") as file:
            return picture_of(file.read(settings.KLEAN_MAX_FILE_BYTES + 1))
    except OSError as error:
        raise BadRow(f"image {name!r} cannot be read: {error.strerror}") from error
    except Refused as refusal:
        raise BadRow(f"image {name!r}: {refusal}") from refusal
