"""Sanctions for the penalty desk."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from enforcement.sanctions.models import Sanction
from klean.core.access.models import Role, User


def recent_sanctions() -> QuerySet[Sanction]:
    return Sanction.objects.select_related("seller").order_by("-pk")


def sanction_for(user: User, sanction_id: int) -> Sanction:
    rows = Sanction.objects.select_related("seller")
    return get_object_or_404(
        rows if user.has_role(Role.PENALTIES, Role.SENIOR) else rows.none(), pk=sanction_id
    )
