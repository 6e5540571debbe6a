"""Which other shops are the same people's, certainly or probably, and what shows it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from klean.core.policy.queries import policy_at
from sellers.models import Seller, SellerCluster, SellerTrait
from sellers.rules.policy import Links

Kind = SellerTrait.Kind
COPIES = (Kind.PICTURE, Kind.TEXT)
MAX_MEMBERS = 50


@dataclass(frozen=True)
class Link:
    """``counts`` tell of each kind of what both have how much; an indirect link is of the cluster through others."""

    seller: Seller
    counts: Mapping[str, int]
    is_certain: bool

    @property
    def shared(self) -> tuple[str, ...]:
        return tuple(sorted(self.counts))

    @property
    def words(self) -> list[str]:
        labels = ((str(Kind(kind).label), self.counts[kind]) for kind in self.shared)
        return [f"{label} ({count})" if count > 1 else label for label, count in labels]


def linked_sellers(seller_id: int, *, at: datetime) -> list[Link]:
    """The certain links first; a trait that too many shops share shows nothing."""
    policy = policy_at(at)[Links]
    shared = _shared(seller_id, max_sharing=policy.max_sharing, min_copies=policy.min_copies)
    in_cluster = _cluster_of(seller_id)
    sellers = Seller.objects.in_bulk([*shared, *in_cluster][:MAX_MEMBERS])
    links = [Link(seller, shared.get(pk, {}), is_certain=pk in in_cluster) for pk, seller in sellers.items()]
    return sorted(links, key=lambda link: (not link.is_certain, -len(link.shared), link.seller.pk))


def _shared(seller_id: int, *, max_sharing: int, min_copies: int) -> dict[int, dict[str, int]]:
    """For each other shop how much of each kind it has too; of near-copies a few are chance."""
    own = list(SellerTrait.objects.filter(seller=seller_id).values_list("kind", "digest"))
    digests = [digest for _kind, digest in own]
    counted = (
        SellerTrait.objects.filter(digest__in=digests).values("kind", "digest").annotate(count=Count("pk"))
    )
    telling = {(row["kind"], bytes(row["digest"])) for row in counted if 1 < row["count"] <= max_sharing}
    found: dict[int, Counter[str]] = defaultdict(Counter)
    others = SellerTrait.objects.filter(digest__in=[digest for _kind, digest in telling]).exclude(
        seller=seller_id
    )
    for other, kind, digest in others.values_list("seller_id", "kind", "digest"):
        if (kind, bytes(digest)) in telling:
            found[other][kind] += 1
    kept = {
        other: {kind: count for kind, count in counts.items() if kind not in COPIES or count >= min_copies}
        for other, counts in found.items()
    }
    return {other: counts for other, counts in kept.items() if counts}


def _cluster_of(seller_id: int) -> set[int]:
    own = SellerCluster.objects.filter(seller=seller_id).values("cluster")
    members = SellerCluster.objects.filter(cluster__in=own).exclude(seller=seller_id)
    return set(members.values_list("seller_id", flat=True)[:MAX_MEMBERS])


def may_be_twins_of_suspended(seller_id: int, *, at: datetime) -> list[Link]:
    """The links to shops that are suspended or closed: those that may have come back under another name."""
    return [link for link in linked_sellers(seller_id, at=at) if link.seller.standing in Seller.GONE]


def came_back() -> QuerySet[Seller]:
    """Shops that sell and are certainly one with a shop that is suspended or closed."""
    gone = SellerCluster.objects.filter(seller__standing__in=Seller.GONE).values("cluster")
    return Seller.objects.filter(in_cluster__cluster__in=gone).exclude(standing__in=Seller.GONE)


def twins_of(sellers: Collection[Seller]) -> dict[int, list[Seller]]:
    """For each of the shops (pks), the suspended or closed ones of its cluster; in two queries."""
    clusters = dict(SellerCluster.objects.filter(seller__in=sellers).values_list("seller_id", "cluster"))
    gone: dict[int, list[Seller]] = defaultdict(list)
    rows = SellerCluster.objects.filter(cluster__in=set(clusters.values()), seller__standing__in=Seller.GONE)
    for row in rows.select_related("seller").order_by("seller"):
        gone[row.cluster].append(row.seller)
    return {seller_id: gone[cluster] for seller_id, cluster in clusters.items()}
