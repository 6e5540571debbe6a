"""What checks compare listings with, gathered by whoever asks for a verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from screening.images.match import FindSightings, References
from screening.price.book import PriceBook
from screening.text.brands import BrandIndex


@dataclass(frozen=True, slots=True)
class KnownBrand:
    """``protection`` is open, monitored or gated."""

    id: int
    name: str
    protection: str
    category: str = ""
    list_price: int | None = None


@dataclass(frozen=True, slots=True)
class KnownSeller:
    """``brands`` (their ids) may be sold, ``removed`` listings were taken down, ``permits`` are (category, paper).

    ``has_lapsed`` is what the tax office says of the business. Of its newest offers ``branded`` are sold under a brand,
    and ``underpriced`` of these far below what such goods cost.
    """

    id: int
    standing: str
    joined_at: datetime
    removed: int = 0
    brands: frozenset[int] = frozenset()
    has_lapsed: bool = False
    branded: int = 0
    underpriced: int = 0
    permits: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """Brands by their names, reference pictures, usual prices; ``secondary_match`` looks for parts of references."""

    index: BrandIndex
    brands: Mapping[str, KnownBrand]
    references: References
    prices: PriceBook
    secondary_match: FindSightings | None = None
