"""What a person checks a signal by. Evidence is stored as JSON; the class that reads it decides how a page shows it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, NonNegativeInt, PositiveInt

from screening.settings import Share


class Evidence(BaseModel):
    """Evidence that a page shows as a sentence alone; entries that a class does not name are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class MarkedText(Evidence):
    """A piece of a field of the listing, to be marked there; ``start`` and ``end`` count characters."""

    field: Literal["title", "description", "brand"]
    start: NonNegativeInt
    end: NonNegativeInt
    text: str

    @property
    def mark(self) -> str:
        """The label of the mark where the signal names no brand; empty for the label of its kind."""
        return ""


class KnownPicture(Evidence):
    """A picture of the listing, counted from 0, beside a known one; ``region`` is [x0, y0, x1, y1] in shares of it.

    ``reference_id`` is negative for a picture of a removed listing.
    """

    picture: NonNegativeInt
    reference: str
    reference_id: int
    region: tuple[Share, Share, Share, Share]


class PriceRange(Evidence):
    """A price on the range of nine usual prices of ten, in won."""

    price: PositiveInt
    low: NonNegativeInt
    median: PositiveInt
    high: PositiveInt
