"""Shops that belong together: of one business, or certainly of the same people."""

from django.db.models import Q, QuerySet

from sellers.models import Seller, SellerCluster


def family_of(seller: Seller) -> QuerySet[Seller]:
    """The other shops of the same trader entity or of the same cluster."""
    cluster = SellerCluster.objects.filter(seller=seller.pk).values("cluster")
    related = Q(in_cluster__cluster__in=cluster)
    if seller.trader_entity_id is not None:
        related |= Q(trader_entity=seller.trader_entity_id)
    return Seller.objects.filter(related).exclude(pk=seller.pk)
