"""Reading the catalogue for pages and for other apps."""

from collections.abc import Collection
from functools import lru_cache

import numpy as np
from django.db.models import Count, Max, QuerySet
from django.shortcuts import get_object_or_404

from klean.core.access.models import Role, User
from listings.models import Listing, ListingPicture, Screening
from screening.images.index import HashIndex
from screening.images.match import MIN_QUALITY, RADIUS
from screening.images.pdq import dihedral, pdq_of
from sellers.queries.shops import sellers_of

STAFF = (Role.MODERATOR, Role.SENIOR, Role.PENALTIES, Role.LEGAL, Role.GOVERNANCE, Role.ENGINEER)
MAX_SCREENINGS = 20
FINISHED = (Screening.State.CLEAR, Screening.State.FLAGGED, Screening.State.FAILED)


def own_listings(user: User, *, state: str = "") -> QuerySet[Listing]:
    """The listings of the shops that the person acts for."""
    rows = Listing.objects.filter(seller__in=sellers_of(user)).select_related("seller")
    return rows.filter(state=state) if state else rows


def listing_for(user: User, external_id: str) -> Listing:
    """Staff look into every listing, sellers into those of their own shops."""
    rows = Listing.objects.all() if user.has_role(*STAFF) else own_listings(user)
    return get_object_or_404(rows.select_related("seller", "current_screening"), external_id=external_id)


def listing_called(external_id: str) -> Listing:
    """For the marketplace's machines, whose listings they all are."""
    rows = Listing.objects.select_related("seller", "current_screening")
    return get_object_or_404(rows, external_id=external_id)


def search_listings(text: str) -> QuerySet[Listing]:
    """Listings whose title holds the text, or whose id it is; newest first, by the primary key."""
    text = text.strip()
    by_id = Listing.objects.filter(external_id=text)
    found = by_id if by_id.exists() else Listing.objects.filter(title__icontains=text)
    return found.select_related("seller").order_by("-pk")


@lru_cache(maxsize=1)
def _picture_index(newest: int, count: int) -> HashIndex:
    """Every clear picture in force; built anew when pictures came or went."""
    rows = ListingPicture.objects.filter(replaced_at=None, quality__gte=MIN_QUALITY).exclude(hash=b"")
    found = list(rows.values_list("listing_id", "hash").iterator(5000))
    bits = np.frombuffer(b"".join(bytes(one) for _pk, one in found), np.uint8).reshape(-1, 32)
    return HashIndex(bits, np.array([pk for pk, _one in found], dtype=np.int64))


def search_by_picture(data: bytes, *, limit: int = 50) -> list[Listing]:
    """Listings that show this picture, also turned or mirrored, nearest first; raises ``BadPicture``."""
    hashed = pdq_of(data)
    if hashed.quality < MIN_QUALITY:
        return []
    kept = ListingPicture.objects.filter(replaced_at=None).aggregate(newest=Max("pk"), count=Count("pk"))
    index = _picture_index(kept["newest"] or 0, kept["count"])
    turned = np.frombuffer(b"".join(dihedral(hashed.hash)), np.uint8).reshape(-1, 32)
    hits = sorted((distance, pk) for near in index.search(turned, RADIUS) for pk, distance in near)
    nearest = list(dict.fromkeys(pk for _distance, pk in hits))[:limit]
    found = Listing.objects.select_related("seller").in_bulk(nearest)
    return [found[pk] for pk in nearest]


def screenings_of(listing: Listing) -> QuerySet[Screening]:
    return listing.screenings.all()


def shown_screenings(listing: Listing) -> list[Screening]:
    """The latest runs, newest first."""
    return list(screenings_of(listing).order_by("-pk")[:MAX_SCREENINGS])


def verdict_screening(listing: Listing) -> Screening | None:
    """The finished run that the listing's verdict stands on."""
    return screenings_of(listing).filter(state__in=FINISHED).order_by("-pk").first()


def pictures_of(listing: Listing) -> list[ListingPicture]:
    """The pictures in force, with the small copies that were kept."""
    return list(listing.pictures.filter(replaced_at=None).select_related("file").order_by("position"))


def on_sale_of(seller_ids: Collection[int]) -> list[int]:
    """The sellers' listings that are live or held (pks): those that a new look may move."""
    states = (Listing.State.LIVE, Listing.State.HELD)
    return list(Listing.objects.filter(seller__in=seller_ids, state__in=states).values_list("pk", flat=True))
