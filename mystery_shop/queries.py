from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from klean.core.models import Organisation, Role, User
from mystery_shop.models import TestPurchase

STAFF = (Role.MODERATOR, Role.SENIOR, Role.GOVERNANCE)


def purchases_for(user: User) -> QuerySet[TestPurchase]:
    """All of them for staff, an inspector's body's own for the inspector, none for others."""
    purchases = TestPurchase.objects.select_related("listing", "seller", "programme__body__organisation")
    if user.has_role(*STAFF):
        return purchases
    return purchases.filter(programme__body__organisation__in=user.organisation_ids(Role.INSPECTOR))


def purchase_for(user: User, purchase_id: int) -> TestPurchase:
    return get_object_or_404(purchases_for(user), pk=purchase_id)


def purchase_of_body(organisation: Organisation, purchase_id: int) -> TestPurchase:
    """A purchase that this inspection body's own system may write to."""
    return get_object_or_404(TestPurchase, pk=purchase_id, programme__body__organisation=organisation)
