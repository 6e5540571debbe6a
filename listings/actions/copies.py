"""Sellers who show near-copies of each other's pictures and texts become traits, by which shops are linked."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from klean.core.events.actors import Actor
from klean.core.policy.queries import policy_at
from listings.models import Listing, TextPrint
from listings.queries.copies import Shown, sellers_by_picture, sellers_by_print
from listings.queries.similar import clear_pictures
from screening.text.prints import prints_of
from sellers.actions.links import SellerTraits, add_traits
from sellers.rules.policy import Links


@transaction.atomic
def compare_listings(*, limit: int = 1000, at: datetime, actor: Actor) -> int:
    """Compare judged listings that nobody compared yet with those of other sellers; answers how many were taken."""
    rows = Listing.uncompared().select_for_update(skip_locked=True, no_key=True).order_by("pk")
    taken = list(rows.only("pk", "seller_id", "title", "description")[:limit])
    if taken:
        max_sharing = policy_at(at)[Links].max_sharing
        add_traits([*_by_pictures(taken, max_sharing), *_by_texts(taken, max_sharing)], at=at, actor=actor)
        Listing.objects.filter(pk__in=[row.pk for row in taken]).update(
            compared_revision=F("judged_revision")
        )
    return len(taken)


def _by_pictures(listings: Sequence[Listing], max_sharing: int) -> Iterator[SellerTraits]:
    pictures = clear_pictures().filter(listing__in=listings).values_list("listing__seller_id", "hash")
    own = [Shown(seller_id, bytes(bits)) for seller_id, bits in pictures]
    for name, sellers in sellers_by_picture(own, max_sharing=max_sharing) if own else ():
        yield from (SellerTraits(seller_id, {"PICTURE": [name]}) for seller_id in sellers)


def _by_texts(listings: Sequence[Listing], max_sharing: int) -> Iterator[SellerTraits]:
    """One print for each text, the least that others show as well, so that a text counts once."""
    prints = {row.pk: prints_of(f"{row.title} {row.description}") for row in listings}
    own = {(row.seller_id, one) for row in listings for one in prints[row.pk]}
    TextPrint.objects.bulk_create(
        (TextPrint(seller_id=seller_id, print=one) for seller_id, one in sorted(own)), ignore_conflicts=True
    )
    shared = sellers_by_print(own, max_sharing=max_sharing) if own else {}
    for row in listings:
        found = sorted(one for one in prints[row.pk] if (row.seller_id, one) in shared)
        for seller_id in shared[row.seller_id, found[0]] if found else ():
            yield SellerTraits(seller_id, {"TEXT": [str(found[0])]})
