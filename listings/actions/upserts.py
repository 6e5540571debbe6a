"""A catalogue comes in: many rows in a handful of statements, each offer once however often it is sent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import orjson
from django.db import connection, transaction

from klean.core.events.actors import Actor
from klean.core.operations.wake import wake
from listings.models import Listing, Screening
from listings.rules.rows import ListingRow
from sellers.models import Seller

Outcome = Literal["created", "changed", "unchanged", "stopped", "unknown_seller", "repeated"]

SCREEN_TASK = "listings.tasks.screen_listings"

UPSERT = """
INSERT INTO listings_listing (
    external_id, seller_id, title, description, link, brand_text, category, condition, price, currency, attributes,
    content_sha256, revision, state_reason, verdict, trades_on, first_seen_at, changed_at, current_screening_id
)
SELECT t.*, 1, '', '', '', %(at)s, %(at)s,
    nextval(pg_get_serial_sequence('listings_screening', 'id'))
FROM unnest(
    %(external_id)s::text[], %(seller_id)s::bigint[], %(title)s::text[], %(description)s::text[], %(link)s::text[],
    %(brand)s::text[], %(category)s::text[], %(condition)s::text[], %(price)s::bigint[], %(currency)s::text[],
    %(attributes)s::jsonb[], %(content)s::text[]
) AS t
ON CONFLICT (external_id) DO UPDATE SET
    seller_id = excluded.seller_id, title = excluded.title, description = excluded.description, link = excluded.link,
    brand_text = excluded.brand_text, category = excluded.category, condition = excluded.condition,
    price = excluded.price, currency = excluded.currency, attributes = excluded.attributes,
    content_sha256 = excluded.content_sha256, revision = listings_listing.revision + 1,
    changed_at = excluded.changed_at, current_screening_id = excluded.current_screening_id
WHERE listings_listing.content_sha256 <> excluded.content_sha256
    AND listings_listing.state NOT IN ('QUARANTINED', 'REMOVED')
RETURNING external_id, id, revision, current_screening_id
"""
QUEUE = """
INSERT INTO listings_screening (
    id, listing_id, revision, keeps_pictures, verdict, signals, policy_version, model_version, queued_at, due_at
)
SELECT t.*, false, '', '[]', '', '', %s, %s
FROM unnest(%s::bigint[], %s::bigint[], %s::integer[]) AS t
"""
REPLACED_PICTURES = """
UPDATE listings_listingpicture SET replaced_at = %s
WHERE replaced_at IS NULL AND listing_id = ANY(%s)
"""
NEW_PICTURES = """
INSERT INTO listings_listingpicture (listing_id, position, address, sha256, hash, quality, width, height, fault)
SELECT t.*, '', '', 0, 0, 0, '' FROM unnest(%s::bigint[], %s::smallint[], %s::text[]) AS t
"""
ADDRESSES = """
SELECT listing_id, array_agg(address ORDER BY position) FROM listings_listingpicture
WHERE replaced_at IS NULL AND listing_id = ANY(%s) GROUP BY listing_id
"""


@dataclass(frozen=True, slots=True)
class Upserted:
    """What became of a row; a stopped listing keeps what was decided on, a new offer for it waits outside."""

    external_id: str
    listing_id: int | None
    screening_id: int | None
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class _Written:
    row: ListingRow
    listing_id: int
    revision: int
    screening_id: int


@transaction.atomic
def upsert_listings(rows: Sequence[ListingRow], *, at: datetime, actor: Actor) -> list[Upserted]:
    """Take offers in and queue those that are new or changed for screening; answers in the order of the rows."""
    first = {row.external_id: row for row in reversed(rows)}
    sellers = dict(
        Seller.objects.filter(external_id__in={row.seller for row in rows}).values_list("external_id", "pk")
    )
    # Always in one order, so that two imports of the same offers wait for each other and never lock each other out.
    sound = sorted((row for row in first.values() if row.seller in sellers), key=lambda row: row.external_id)
    written = _write(sound, sellers, at)
    _queue(written, at)
    _replace_pictures(written, at)
    known = {
        external_id: (pk, screening_id, state)
        for external_id, pk, screening_id, state in Listing.objects.filter(
            external_id__in=[row.external_id for row in sound if row.external_id not in written]
        ).values_list("external_id", "pk", "current_screening_id", "state")
    }
    if written:
        wake(SCREEN_TASK)
    return [_outcome(row, first, written, known) for row in rows]


def _write(rows: Sequence[ListingRow], sellers: dict[str, int], at: datetime) -> dict[str, _Written]:
    if not rows:
        return {}
    columns: dict[str, Any] = {
        "external_id": [row.external_id for row in rows],
        "seller_id": [sellers[row.seller] for row in rows],
        "title": [row.title for row in rows],
        "description": [row.description for row in rows],
        "link": [row.link for row in rows],
        "brand": [row.brand for row in rows],
        "category": [row.category for row in rows],
        "condition": [row.condition for row in rows],
        "price": [row.price for row in rows],
        "currency": [row.currency for row in rows],
        "attributes": [orjson.dumps(row.attributes).decode() for row in rows],
        "content": [row.content_sha256() for row in rows],
        "at": at,
    }
    by_id = {row.external_id: row for row in rows}
    _submit_unjudged(by_id)
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, columns)
        found = cursor.fetchall()
    return {external_id: _Written(by_id[external_id], *rest) for external_id, *rest in found}


def _submit_unjudged(rows: Mapping[str, ListingRow]) -> None:
    """What a person let live before screening had ever judged it is, once edited, an offer like a new one."""
    live = Listing.objects.filter(external_id__in=rows, state=Listing.State.LIVE, judged_revision=None)
    edited = [
        pk
        for pk, name, content in live.select_for_update().values_list("pk", "external_id", "content_sha256")
        if content != rows[name].content_sha256()
    ]
    Listing.bulk_step(Listing.objects.filter(pk__in=edited), Listing.State.SUBMITTED)


def _queue(written: dict[str, _Written], at: datetime) -> None:
    rows = written.values()
    if edited := [row.listing_id for row in rows if row.revision > 1]:
        waiting = Screening.objects.filter(listing__in=edited)
        Screening.bulk_step(waiting, Screening.State.SUPERSEDED, due_at=None)
    with connection.cursor() as cursor:
        if rows:
            ids = [row.screening_id for row in rows]
            revisions = [row.revision for row in rows]
            cursor.execute(QUEUE, [at, at, ids, [row.listing_id for row in rows], revisions])


def _replace_pictures(written: dict[str, _Written], at: datetime) -> None:
    """Pictures whose addresses did not change keep their hashes; replaced ones stay as evidence."""
    with connection.cursor() as cursor:
        cursor.execute(ADDRESSES, [[row.listing_id for row in written.values() if row.revision > 1]])
        before = {listing_id: tuple(addresses) for listing_id, addresses in cursor.fetchall()}
        rows = [row for row in written.values() if before.get(row.listing_id, ()) != row.row.pictures]
        replaced = [row.listing_id for row in rows if row.listing_id in before]
        if replaced:
            cursor.execute(REPLACED_PICTURES, [at, replaced])
        new = list(_picture_rows(rows))
        if new:
            cursor.execute(NEW_PICTURES, [list(column) for column in zip(*new, strict=True)])


def _picture_rows(rows: Sequence[_Written]) -> Iterator[tuple[int, int, str]]:
    for row in rows:
        for position, address in enumerate(row.row.pictures):
            yield row.listing_id, position, address


def _outcome(
    row: ListingRow,
    first: dict[str, ListingRow],
    written: dict[str, _Written],
    known: Mapping[str, tuple[int, int | None, str]],
) -> Upserted:
    name = row.external_id
    if first[name] is not row:
        return Upserted(name, None, None, "repeated")
    if name in written:
        done = written[name]
        return Upserted(
            name, done.listing_id, done.screening_id, "created" if done.revision == 1 else "changed"
        )
    if name in known:
        pk, screening_id, state = known[name]
        return Upserted(name, pk, screening_id, "stopped" if state in Listing.STOPPED else "unchanged")
    return Upserted(name, None, None, "unknown_seller")
