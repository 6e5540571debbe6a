"""The listing that a reporter names by the number of the order in which it was bought."""

from collections.abc import Callable

from listings.models import Listing
from listings.queries.named import listings_named

ItemsOfOrder = Callable[[str], list[str]]
_asked: list[ItemsOfOrder] = []


def ask_for_items_of_orders(items_of_order: ItemsOfOrder) -> None:
    """Who knows which listings were bought under an order's number; for an app's ``ready``."""
    _asked.append(items_of_order)


def listing_bought_under(number: str) -> Listing | None:
    """The one item of this order; None when nobody knows the order, or it has several."""
    for items_of_order in _asked:
        items = items_of_order(number)
        if len(items) == 1:
            return listings_named(items).get(items[0])
    return None
