"""Traits of shops, and the clusters that follow from them: only what a change can reach is computed anew."""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.db import connection, transaction

from klean.core.events.actors import Actor
from klean.core.events.record import record_all
from klean.core.policy.queries import policy_at
from klean.core.rows.locks import lock_name
from sellers.facts import LinkedSellerFound
from sellers.models import SellerTrait
from sellers.queries.links import came_back, twins_of
from sellers.rules.policy import Links
from sellers.rules.traits import components, normal_trait

LINKS = Actor("system", "links")
CERTAIN = [str(kind) for kind in SellerTrait.CERTAIN]
REACHED = """
WITH touched AS (SELECT unnest(%(ids)s::bigint[]) AS id),
shared AS (
    SELECT DISTINCT other.seller_id AS id FROM sellers_sellertrait own
      JOIN sellers_sellertrait other ON other.digest = own.digest AND other.kind = own.kind
     WHERE own.seller_id IN (SELECT id FROM touched) AND own.kind = ANY(%(certain)s)
),
near AS (SELECT id FROM touched UNION SELECT id FROM shared)
SELECT id FROM near
UNION
SELECT member.seller_id FROM sellers_sellercluster member
 WHERE member.cluster IN (SELECT cluster FROM sellers_sellercluster WHERE seller_id IN (SELECT id FROM near))
"""
PAIRS = """
SELECT first, seller_id FROM (
    SELECT seller_id, min(seller_id) OVER same AS first, count(*) OVER same AS sharing
      FROM sellers_sellertrait WHERE seller_id = ANY(%(ids)s) AND kind = ANY(%(certain)s)
    WINDOW same AS (PARTITION BY kind, digest)
) AS pairs WHERE first <> seller_id AND sharing <= %(most)s
"""
WRITE = """
WITH given AS (SELECT * FROM unnest(%(sellers)s::bigint[], %(clusters)s::bigint[]) AS t (seller_id, cluster)),
gone AS (
    DELETE FROM sellers_sellercluster
     WHERE seller_id = ANY(%(ids)s) AND seller_id NOT IN (SELECT seller_id FROM given)
)
INSERT INTO sellers_sellercluster (seller_id, cluster) SELECT seller_id, cluster FROM given
ON CONFLICT (seller_id) DO UPDATE SET cluster = excluded.cluster WHERE sellers_sellercluster.cluster <> excluded.cluster
RETURNING seller_id
"""
TRAITS = """
WITH given AS (
    SELECT * FROM unnest(%(sellers)s::bigint[], %(kinds)s::text[], %(digests)s::bytea[]) AS t (seller_id, kind, digest)
),
gone AS (
    DELETE FROM sellers_sellertrait old USING (SELECT DISTINCT seller_id, kind FROM given) AS named
     WHERE NOT %(adds)s AND old.seller_id = named.seller_id AND old.kind = named.kind
       AND NOT EXISTS (SELECT FROM given WHERE (given.seller_id, given.kind, given.digest) = (old.seller_id, old.kind, old.digest))
    RETURNING old.seller_id, old.kind
),
new AS (
    INSERT INTO sellers_sellertrait (seller_id, kind, digest)
    SELECT seller_id, kind, digest FROM given WHERE digest <> ''
    ON CONFLICT DO NOTHING RETURNING seller_id, kind
)
SELECT seller_id, kind FROM gone UNION ALL SELECT seller_id, kind FROM new
"""


@dataclass(frozen=True, slots=True)
class SellerTraits:
    """What a source tells of a shop: each kind of trait with its values; an empty one takes it away."""

    seller_id: int
    traits: Mapping[str, Iterable[str]]


def digest_of(kind: str, text: str) -> bytes:
    """A keyed digest of the normal form, ``b""`` of what tells nothing."""
    normal = normal_trait(kind, text)
    return (
        hmac.digest(_key(settings.KLEAN_FIELD_KEYS[-1]), f"{kind} {normal}".encode(), "sha256")[:16]
        if normal
        else b""
    )


@lru_cache
def _key(of_fields: str) -> bytes:
    return hmac.digest(of_fields.encode(), b"traits", "sha256")


def note_traits(given: Iterable[SellerTraits], *, at: datetime, actor: Actor) -> int:
    """Take the place of what was known of these kinds, and draw the clusters anew that it reaches; answers how many shops."""
    return _note(given, adds=False, at=at, actor=actor)


def add_traits(given: Iterable[SellerTraits], *, at: datetime, actor: Actor) -> int:
    """Note what shops have besides what is known of them; what they once had in common they keep."""
    return _note(given, adds=True, at=at, actor=actor)


@transaction.atomic
def _note(given: Iterable[SellerTraits], *, adds: bool, at: datetime, actor: Actor) -> int:
    rows = {
        (each.seller_id, kind, digest_of(kind, text))
        for each in given
        for kind, texts in each.traits.items()
        for text in (list(texts) or [""])
    }
    if not rows:
        return 0
    lock_name("sellers.links")
    sellers, kinds, digests = (list(column) for column in zip(*sorted(rows), strict=True))
    with connection.cursor() as cursor:
        cursor.execute(TRAITS, {"sellers": sellers, "kinds": kinds, "digests": digests, "adds": adds})
        changed = {seller_id for seller_id, kind in cursor.fetchall() if kind in CERTAIN}
    return recluster(changed, at=at, actor=actor) if changed else 0


def recluster(touched: Iterable[int], *, at: datetime, actor: Actor) -> int:
    """Draw the clusters of these shops anew with all that they reach; answers how many shops that were."""
    with connection.cursor() as cursor:
        cursor.execute(REACHED, {"ids": list(touched), "certain": CERTAIN})
        ids = [row[0] for row in cursor.fetchall()]
        sharing = policy_at(at)[Links].max_sharing
        cursor.execute(PAIRS, {"ids": ids, "certain": CERTAIN, "most": sharing})
        found = components(set(ids), cursor.fetchall())
        sizes: dict[int, int] = {}
        for root in found.values():
            sizes[root] = sizes.get(root, 0) + 1
        members = {seller: root for seller, root in found.items() if sizes[root] > 1}
        cursor.execute(WRITE, {"ids": ids, "sellers": list(members), "clusters": list(members.values())})
        moved = [row[0] for row in cursor.fetchall()]
    _report_twins(moved, at=at, actor=actor)
    return len(ids)


def _report_twins(moved: list[int], *, at: datetime, actor: Actor) -> None:
    """Say of shops that have come into a cluster that others of it are suspended or closed."""
    found = list(came_back().filter(pk__in=moved).order_by("pk"))
    twins = twins_of(found)
    facts = [
        LinkedSellerFound(
            seller=seller.external_id,
            seller_id=seller.pk,
            linked_sellers=[twin.external_id for twin in twins[seller.pk]],
        )
        for seller in found
    ]
    if facts:
        record_all(zip(facts, found, strict=True), at=at, actor=actor)
