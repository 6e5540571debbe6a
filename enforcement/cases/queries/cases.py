"""Cases for those who may read them."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from enforcement.cases.models import Case
from klean.core.access.models import Role, User

DESK_ROLES = (Role.MODERATOR, Role.SENIOR)


def pending_cases() -> QuerySet[Case]:
    return Case.objects.filter(state__in=Case.PENDING)


def case_for(user: User, case_id: int) -> Case:
    """The case, for people of the desk; 404 for everybody else."""
    rows = Case.objects.select_related(
        "seller__trader_entity",
        "listing__current_screening",
        "right__rights_holder",
        "assigned_to",
        "opened_by",
    )
    return get_object_or_404(rows if user.has_role(*DESK_ROLES, Role.PENALTIES) else rows.none(), pk=case_id)


def colleagues_of(user: User) -> QuerySet[User]:
    """Whom a case can be handed to."""
    return (
        User.objects.filter(memberships__role__in=DESK_ROLES, is_active=True)
        .exclude(pk=user.pk)
        .distinct()
        .order_by("name")
    )
