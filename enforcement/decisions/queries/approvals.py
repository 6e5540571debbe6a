"""Decisions that wait for a second person."""

from datetime import datetime

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from enforcement.decisions.models import Decision
from klean.core.access.models import Role, User
from listings.models import Listing

MAX_EMERGENCIES = 50  # as many as a page shows
RELATED = ("case__listing", "seller", "policy")


def approvals_of() -> QuerySet[Decision]:
    """What waits before it has any effect."""
    return Decision.objects.filter(state=Decision.State.UNAPPROVED).select_related(*RELATED)


def awaits_second(listing: Listing, at: datetime) -> bool:
    """Whether the listing's removal is decided and waits for a second person."""
    removals = Decision.objects.filter(actions__contains=[Decision.Action.REMOVE_LISTING])
    return removals.filter(case__listing=listing, state=Decision.State.UNAPPROVED).exists()


def unreviewed() -> QuerySet[Decision]:
    """Emergencies in force that nobody else has looked at."""
    rows = Decision.objects.filter(state=Decision.State.IN_FORCE, is_emergency=True, due_at__isnull=False)
    return rows.filter(approved_at=None)


def awaiting_review() -> list[Decision]:
    """The most urgent first."""
    return list(unreviewed().select_related(*RELATED).order_by("due_at")[:MAX_EMERGENCIES])


def approval_for(user: User, decision_id: int) -> Decision:
    rows = Decision.objects.select_related(*RELATED)
    may = user.has_role(Role.SENIOR, Role.PENALTIES)
    return get_object_or_404(rows if may else rows.none(), pk=decision_id)
