"""The rows of brand and reference files."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from brands.actions import NewBrand, Picture, picture_of
from brands.models import Brand, ReferenceImage
from klean.core import cells
from klean.core.cells import BadRow
from klean.core.refusals import Refused

NAME = 150


def parse_brand(row: dict[str, Any]) -> NewBrand:
    return NewBrand(
        name=cells.needed(row, "brand", most=NAME),
        korean_name=cells.text(row, "korean_name", most=NAME),
        aliases=cells.texts(row, "aliases", most=NAME),
        country=cells.text(row, "country", most=100),
        category=cells.text(row, "category", most=100),
        protection=cells.choice(row, "protection", list(Brand.Protection)),
        list_price=cells.whole(row, "list_price"),
    )


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
