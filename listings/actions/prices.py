"""What goods usually cost, counted from the catalogue itself."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import F

from brands.queries import list_prices
from klean.core.events.actors import Actor
from klean.core.rows.locks import lock_name
from listings.actions.banks import bump_bank
from listings.judging.items import market_of
from listings.models import Listing, PriceLevel, PriceStatistics, Verdict
from screening.price.book import PriceBook
from screening.price.levels import PriceRow

NEWEST = 1_000_000  # prices counted; more would say no more about what is usual today


@transaction.atomic
def recompute_prices(*, at: datetime, actor: Actor) -> int:
    """Count the prices of the judged listings that nobody stopped; answers for how many kinds of goods they speak."""
    lock_name("prices")
    book = PriceBook.build(_prices(), list_prices())
    PriceLevel.objects.all().delete()
    PriceStatistics.objects.all().delete()
    levels = {"": book.levels.base} | dict(book.levels.effects)
    PriceLevel.objects.bulk_create(
        (PriceLevel(feature=feature, effect=effect) for feature, effect in levels.items()), batch_size=2000
    )
    PriceStatistics.objects.bulk_create(
        (
            PriceStatistics(
                brand=brand,
                category=category,
                condition=condition,
                market=market,
                middle=middle,
                spread=spread,
                rows=rows,
            )
            for (brand, category, condition, market), (middle, spread, rows) in book.groups.items()
        ),
        batch_size=2000,
    )
    bump_bank("prices", at=at, actor=actor)
    return len(book.groups)


def _prices() -> Iterator[PriceRow]:
    counted = Listing.objects.filter(judged_revision=F("revision"), price__gt=0)
    counted = counted.exclude(verdict=Verdict.BLOCK).exclude(state__in=Listing.STOPPED).order_by("-pk")
    names = "trades_on", "category", "condition", "attributes", "price", "title"
    for brand, category, condition, attributes, price, title in counted.values_list(*names)[:NEWEST].iterator(
        5000
    ):
        yield PriceRow(brand, category, condition, market_of(attributes), price or 0, title)
