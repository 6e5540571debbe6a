"""What is like a confirmed fake: the same picture, nearly the same title, the same or a linked seller."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

import numpy as np
from django.db import connection, transaction
from django.db.models import F, QuerySet

from listings.models import Listing, ListingPicture, Proposal
from screening.images.index import HashIndex
from screening.images.match import MIN_QUALITY, RADIUS
from screening.images.pdq import dihedral
from sellers.queries.links import linked_sellers

MAX_PROPOSALS = 200  # of a sweep; a person looks through them
AT_ONCE = 50_000  # pictures compared together, which bounds the memory
MIN_SIMILARITY = 0.6  # of the titles' trigrams
BY_SELLER = 0.2  # nearness of what the same or a linked seller offers
OF_BRAND = 0.1  # and more where it is sold under the same brand
SIMILAR = """
SELECT id, similarity(upper(title), upper(%(title)s)) FROM listings_listing
WHERE upper(title) %% upper(%(title)s) AND id <> %(id)s
ORDER BY 2 DESC LIMIT %(limit)s
"""
Why = Proposal.Why


@dataclass(frozen=True, slots=True)
class Similar:
    listing_id: int
    why: str
    nearness: float


def similar_listings(listing: Listing, *, at: datetime) -> list[Similar]:
    """The nearest first, each listing once; none that is down already or that a person found harmless as it is."""
    best: dict[int, Similar] = {}
    for found in (_same_pictures(listing), _same_titles(listing), _same_sellers(listing, at)):
        for one in found:
            if one.listing_id not in best or one.nearness > best[one.listing_id].nearness:
                best[one.listing_id] = one
    open_ones = set(_open(Listing.objects.filter(pk__in=best)).values_list("pk", flat=True))
    nearest = sorted(best.values(), key=lambda one: (-one.nearness, one.listing_id))
    return [one for one in nearest if one.listing_id in open_ones][:MAX_PROPOSALS]


def _open(rows: QuerySet[Listing]) -> QuerySet[Listing]:
    return rows.exclude(state__in=Listing.STOPPED).exclude(cleared_revision=F("revision"))


def clear_pictures() -> QuerySet[ListingPicture]:
    """Those in force that are not too flat to be compared."""
    return ListingPicture.objects.filter(replaced_at=None, quality__gte=MIN_QUALITY)


def nearest_pictures(
    hashes: list[bytes], rows: Iterator[tuple[int, bytes | memoryview]]
) -> Iterator[tuple[int, int]]:
    """Of (id, hash) those within the radius of one of the hashes in any of its turns, with the distance."""
    turned = np.frombuffer(b"".join(turn for one in hashes for turn in dihedral(one)), np.uint8).reshape(
        -1, 32
    )
    while some := list(islice(rows, AT_ONCE)):
        bits = np.frombuffer(b"".join(bytes(one) for _pk, one in some), np.uint8).reshape(-1, 32)
        index = HashIndex(bits, np.array([pk for pk, _one in some], dtype=np.int64))
        for near in index.search(turned, RADIUS):
            yield from near


def _same_pictures(listing: Listing) -> list[Similar]:
    own = [bytes(one) for one in clear_pictures().filter(listing=listing).values_list("hash", flat=True)]
    if not own:
        return []
    others = clear_pictures().exclude(listing=listing).values_list("listing_id", "hash").iterator(5000)
    return [Similar(pk, Why.PICTURE, 1 - distance / 64) for pk, distance in nearest_pictures(own, others)]


def _same_titles(listing: Listing) -> list[Similar]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL pg_trgm.similarity_threshold = %s", [MIN_SIMILARITY])
        cursor.execute(SIMILAR, {"title": listing.title, "id": listing.pk, "limit": MAX_PROPOSALS})
        return [Similar(pk, Why.TITLE, float(alike)) for pk, alike in cursor.fetchall()]


def _same_sellers(listing: Listing, at: datetime) -> list[Similar]:
    """Newest first; of linked sellers only what is sold under the same brand."""
    linked = [link.seller.pk for link in linked_sellers(listing.seller_id, at=at)]
    own = Listing.objects.filter(seller=listing.seller_id).exclude(pk=listing.pk)
    theirs = Listing.objects.filter(seller__in=linked, trades_on=listing.trades_on).exclude(trades_on="")
    return [
        Similar(pk, why, BY_SELLER + (OF_BRAND if brand and brand == listing.trades_on else 0))
        for why, rows in ((Why.SELLER, own), (Why.LINKED, theirs))
        for pk, brand in _open(rows).order_by("-pk").values_list("pk", "trades_on")[:MAX_PROPOSALS]
    ]
