"""Near-copies of listings' pictures and texts that other sellers show."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import Any

import numpy as np
from django.db import connection

from brands.models import ReferenceImage
from listings.queries.similar import AT_ONCE, clear_pictures
from screening.images.index import Bytes, HashIndex
from screening.images.match import MIN_QUALITY, RADIUS
from screening.images.pdq import dihedral

TURNS = 8
# Of each of the prints, who else shows it; one that more sellers show than may share a trait is no trait.
SHARED = """
SELECT own.seller, own.print, array_agg(other.seller_id) FROM unnest(%s::bigint[], %s::bigint[]) AS own (seller, print),
LATERAL (SELECT seller_id FROM listings_textprint WHERE print = own.print AND seller_id <> own.seller LIMIT %s) AS other
GROUP BY own.seller, own.print HAVING count(*) < %s
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A seller's picture by its hash."""

    seller_id: int
    hash: bytes


def sellers_by_picture(own: Sequence[Shown], *, max_sharing: int) -> Iterator[tuple[str, set[int]]]:
    """For each picture that other sellers show as well: what names it for all of them, and who they are.

    Pictures of a rights holder are left out, and those that more than ``max_sharing`` sellers show.
    """
    turned = np.frombuffer(b"".join(turn for one in own for turn in dihedral(one.hash)), np.uint8).reshape(
        -1, 32
    )
    rows = clear_pictures().order_by("pk").values_list("listing__seller_id", "hash")
    near: dict[int, list[tuple[int, Shown]]] = {}
    for place, row, seller_id, bits in _near(turned, rows.iterator(5000)):
        near.setdefault(place, []).append((row, Shown(seller_id, bits)))
    used = ReferenceImage.objects.filter(
        retired_at=None, kind="OFFICIAL", quality__gte=MIN_QUALITY, hash__isnull=False
    )
    official = {place for place, *_ in _near(turned, used.values_list("pk", "hash").iterator(5000))}
    for place, shown in near.items():
        sellers = {one.seller_id for _row, one in shown} | {own[place].seller_id}
        if place not in official and 1 < len(sellers) <= max_sharing:
            yield min(shown, key=itemgetter(0))[1].hash.hex(), sellers


def _near(turned: Bytes, rows: Iterator[tuple[int, Any]]) -> Iterator[tuple[int, int, int, bytes]]:
    """The place of the picture, and place, number and hash of each row that is near to it in one of its eight turns."""
    before = 0
    while some := list(islice(rows, AT_ONCE)):
        hashes = [bytes(bits) for _number, bits in some]
        index = HashIndex(np.frombuffer(b"".join(hashes), np.uint8).reshape(-1, 32), np.arange(len(some)))
        for turn, found in enumerate(index.search(turned, RADIUS)):
            for row, _distance in found:
                yield turn // TURNS, before + row, some[row][0], hashes[row]
        before += len(some)


def sellers_by_print(own: Iterable[tuple[int, int]], *, max_sharing: int) -> dict[tuple[int, int], set[int]]:
    """For each (seller, print) that others show as well, all of them."""
    sellers, prints = (list(column) for column in zip(*own, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(SHARED, [sellers, prints, max_sharing, max_sharing])
        return {(seller, found): {seller, *others} for seller, found, others in cursor.fetchall()}
