"""Shops that belong together: of one business, or certainly of the same people."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from enforcement.sanctions.models import Measure, Sanction
from enforcement.sanctions.rules.policy import SISTERS, Sanctions
from klean.core.policy.models import PolicyVersion
from sellers.models import Seller, SellerCluster


def sister_shops_of(seller: Seller) -> QuerySet[Seller]:
    """The other shops of the same trader entity or of the same cluster."""
    cluster = SellerCluster.objects.filter(seller=seller.pk).values("cluster")
    related = Q(in_cluster__cluster__in=cluster)
    if seller.trader_entity_id is not None:
        related |= Q(trader_entity=seller.trader_entity_id)
    return Seller.objects.filter(related).exclude(pk=seller.pk)


def unrestricted_sister_shops(sanction: Sanction) -> list[Seller]:
    """Sister shops on which this sanction has ordered nothing."""
    restricted = sanction.measures_ordered.values("seller")
    return list(sister_shops_of(sanction.seller).exclude(pk__in=restricted).order_by("pk"))


def sanctions_with_new_sister_shops(*, at: datetime) -> QuerySet[Sanction]:
    """Live sanctions with measures on sister shops that have ordered none on some of them, where the policy asks for it."""
    ordered = Measure.objects.filter(sanction=OuterRef(OuterRef("pk")), seller=OuterRef("pk"))
    same = Q(in_cluster__cluster=OuterRef("seller__in_cluster__cluster")) | Q(
        trader_entity=OuterRef("seller__trader_entity")
    )
    sisters = Seller.objects.filter(same, ~Exists(ordered)).exclude(pk=OuterRef("seller"))
    rows = Sanction.live(at).filter(Exists(sisters), lapsed_at=None, measures__overlap=list(SISTERS))
    lenient = [policy.pk for policy in PolicyVersion.objects.all() if not policy[Sanctions].later_sisters]
    return rows.exclude(violation__policy__in=lenient).order_by("pk")
