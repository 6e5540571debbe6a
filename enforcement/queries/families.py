"""Shops that belong together: of one business, or certainly of the same people."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from enforcement.models import Measure, Sanction
from enforcement.rules.standing import SISTERS
from sellers.models import Seller, SellerCluster


def family_of(seller: Seller) -> QuerySet[Seller]:
    """The other shops of the same trader entity or of the same cluster."""
    cluster = SellerCluster.objects.filter(seller=seller.pk).values("cluster")
    related = Q(in_cluster__cluster__in=cluster)
    if seller.trader_entity_id is not None:
        related |= Q(trader_entity=seller.trader_entity_id)
    return Seller.objects.filter(related).exclude(pk=seller.pk)


def unmet_sisters(sanction: Sanction) -> list[Seller]:
    """Sister shops on which this sanction has ordered nothing."""
    met = sanction.measures_ordered.values("seller")
    return list(family_of(sanction.seller).exclude(pk__in=met).order_by("pk"))


def sanctions_with_new_sisters(*, at: datetime) -> QuerySet[Sanction]:
    """Live sanctions with measures on sister shops that have not met every sister, where the policy wants it."""
    met = Measure.objects.filter(sanction=OuterRef(OuterRef("pk")), seller=OuterRef("pk"))
    same = Q(in_cluster__cluster=OuterRef("seller__in_cluster__cluster")) | Q(
        trader_entity=OuterRef("seller__trader_entity")
    )
    sisters = Seller.objects.filter(same, ~Exists(met)).exclude(pk=OuterRef("seller"))
    rows = Sanction.live(at).filter(Exists(sisters), lapsed_at=None, measures__overlap=list(SISTERS))
    return rows.exclude(violation__decision__policy__body__cases__later_sisters="").order_by("pk")
