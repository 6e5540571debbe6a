"""What the text of a search names: a number, an id of the marketplace, or words of a title or a shop's name.

Every lookup is answered by one index and stops after ``MAX_ROWS`` rows, so that it costs the same however much there is.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from listings.models import Listing
from sellers.models import Seller

MAX_ROWS = 300


MIN_LETTERS = 2


MAX_DIGITS = 18


@dataclass(frozen=True, slots=True)
class SearchTerms:
    """What a text names: a number, a reference, listings and shops."""

    text: str
    number: int | None = None
    listings: list[int] = field(default_factory=list)
    sellers: list[int] = field(default_factory=list)

    @property
    def values(self) -> dict[str, Any]:
        """What lookups can be made with."""
        named = {"text": self.text, "number": self.number, "listings": self.listings, "sellers": self.sellers}
        return {name: value for name, value in named.items() if value}


def terms_of(text: str) -> SearchTerms:
    """What the text names; one that is exactly an id of the marketplace is not searched for as words."""
    is_number = text.isdecimal() and len(text) <= MAX_DIGITS
    listings = first_of(Listing.objects.filter(external_id=text))
    sellers = first_of(Seller.objects.filter(external_id=text))
    if not listings and not sellers and len(text) >= MIN_LETTERS:
        listings = first_of(Listing.objects.filter(_reads("title", text)))
        sellers = first_of(Seller.objects.filter(_reads("name", text)))
    return SearchTerms(text, int(text) if is_number else None, listings, sellers)


def first_of(rows: QuerySet[Any]) -> list[int]:
    """In no order, so that the index of what is asked answers, and never the one of an order."""
    return list(rows.order_by().values_list("pk", flat=True)[:MAX_ROWS])


def _reads(name: str, text: str) -> Q:
    """Words anywhere; of two letters, which give a trigram index nothing to hold on to, the beginnings of words."""
    if len(text) > MIN_LETTERS:
        return Q(**{f"{name}__icontains": text})
    return Q(**{f"{name}__istartswith": text}) | Q(**{f"{name}__icontains": f" {text}"})
