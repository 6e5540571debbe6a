"""Which other shops are the same people's, certainly or probably, and what shows it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from klean.core.policy import policy_at
from sellers.models import Seller, SellerCluster, SellerTrait

Kind = SellerTrait.Kind
SHOWN = 50


@dataclass(frozen=True)
class Link:
    """``shared`` are the kinds of what both have; an indirect one is of the cluster through others in between."""

    seller: Seller
    shared: tuple[str, ...]
    is_certain: bool

    @property
    def words(self) -> list[str]:
        return [str(Kind(kind).label) for kind in self.shared]


def linked_sellers(seller_id: int, *, at: datetime) -> list[Link]:
    """The certain links first; a trait that too many shops share shows nothing."""
    shared = _shared(seller_id, most=policy_at(at).section("links")["most_sharing"])
    in_cluster = _cluster_of(seller_id)
    sellers = Seller.objects.in_bulk([*shared, *in_cluster][:SHOWN])
    links = [
        Link(seller, tuple(sorted(shared.get(pk, ()))), is_certain=pk in in_cluster)
        for pk, seller in sellers.items()
    ]
    return sorted(links, key=lambda link: (not link.is_certain, -len(link.shared), link.seller.pk))


def _shared(seller_id: int, *, most: int) -> dict[int, set[str]]:
    own = list(SellerTrait.objects.filter(seller=seller_id).values_list("kind", "digest"))
    digests = [digest for _kind, digest in own]
    counted = (
        SellerTrait.objects.filter(digest__in=digests).values("kind", "digest").annotate(count=Count("pk"))
    )
    telling = {(row["kind"], bytes(row["digest"])) for row in counted if 1 < row["count"] <= most}
    found: dict[int, set[str]] = defaultdict(set)
    others = SellerTrait.objects.filter(digest__in=[digest for _kind, digest in telling]).exclude(
        seller=seller_id
    )
    for other, kind, digest in others.values_list("seller_id", "kind", "digest"):
        if (kind, bytes(digest)) in telling:
            found[other].add(kind)
    return found


def _cluster_of(seller_id: int) -> set[int]:
    own = SellerCluster.objects.filter(seller=seller_id).values("cluster")
    members = SellerCluster.objects.filter(cluster__in=own).exclude(seller=seller_id)
    return set(members.values_list("seller_id", flat=True)[:SHOWN])


def may_be_twins_of_suspended(seller_id: int, *, at: datetime) -> list[Link]:
    """The links to shops that are suspended or closed: those that may have come back under another name."""
    gone = {Seller.Standing.SUSPENDED, Seller.Standing.CLOSED}
    return [link for link in linked_sellers(seller_id, at=at) if link.seller.standing in gone]
