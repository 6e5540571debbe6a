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
from klean.core import cells
from klean.core.cells import BadRow
from klean.core.refusals import Refused

NAME = 150
KIND_OF = {code: kind for kind, code in OFFICE_CODES.items()}


def parse_brand(row: dict[str, Any]) -> NewBrand:
    return NewBrand(
        name=cells.needed(row, "brand", most=NAME),
        korean_name=cells.text(row, "korean_name", most=NAME),
        aliases=cells.texts(row, "aliases", most=NAME),
        country=cells.text(row, "country", most=100),
        category=cells.text(row, "category", most=100),
        protection=cells.choice(row, "protection", list(Brand.Protection)),
        list_price=cells.whole(row, "list_price"),
        price_ranges=_price_ranges(row),
    )


def _price_ranges(row: dict[str, Any]) -> list[Range] | None:
    written = cells.texts(row, "price_ranges", most=150)
    ranges = [price_range_of(text) for text in written or []]
    told = [one for one in ranges if one]
    if len({category for category, *_ in told}) < len(ranges):
        raise BadRow("price_ranges should be like bag: 90000-150000|60000-200000, each category once")
    return None if written is None else told


def parse_record(row: dict[str, Any]) -> RegisterRecord:
    """One entry of a register's file; its number says the kind by its first two digits."""
    written = cells.needed(row, "number", most=30)
    kind = KIND_OF.get(written.removeprefix("제").strip()[:2], "")
    number = normal_number(kind, written) if kind else None
    if number is None:
        raise BadRow(f"number is {written!r}; it should be like {EXAMPLES['TRADEMARK']}")
    status = cells.choice(row, "status", ["LIVE", "PENDING", "LAPSED"])
    if status is None:
        raise BadRow("status is missing; it should be live, pending or lapsed")
    return RegisterRecord(
        number=number,
        owner=cells.needed(row, "owner", most=200),
        title=cells.text(row, "title", most=300) or "",
        status=status,
        nice_classes=_classes(row),
        registered_on=cells.day(row, "registered_on"),
        expires_on=cells.day(row, "expires_on"),
    )


def _classes(row: dict[str, Any]) -> list[int]:
    words = cells.texts(row, "nice_classes", most=3) or []
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
    kind = cells.choice(row, "kind", list(ReferenceImage.Kind))
    return ReferenceRow(
        brand=cells.needed(row, "brand", most=NAME),
        image=cells.needed(row, "image", most=1000),
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
