"""Rows of the catalogue as the engine reads them."""

from collections.abc import Iterable, Sequence

from listings.models import Listing
from listings.rules.rows import ListingRow
from screening.images.pdq import Hashed
from screening.signal import Item, UnreadablePicture


def item_of(
    listing: Listing, pictures: Sequence[Hashed], unreadable: Iterable[UnreadablePicture] = ()
) -> Item:
    """A stored listing; its seller must be loaded."""
    return Item(
        id=listing.external_id,
        title=listing.title,
        description=listing.description,
        brand=listing.brand_text,
        category=listing.category,
        condition=listing.condition,
        price=listing.price,
        market=market_of(listing.attributes),
        seller=listing.seller.external_id,
        pictures=tuple(pictures),
        unreadable=tuple(unreadable),
    )


def item_of_row(
    row: ListingRow, pictures: Sequence[Hashed], unreadable: Iterable[UnreadablePicture] = ()
) -> Item:
    """A row that is not stored."""
    return Item(
        id=row.external_id,
        title=row.title,
        description=row.description,
        brand=row.brand,
        category=row.category,
        condition=row.condition,
        price=row.price,
        market=market_of(row.attributes),
        seller=row.seller,
        pictures=tuple(pictures),
        unreadable=tuple(unreadable),
    )


def market_of(attributes: object) -> str:
    """The channel that a feed of several markets names, so that prices compare like with like."""
    return str(attributes.get("marketplace", "")) if isinstance(attributes, dict) else ""
