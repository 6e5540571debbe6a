"""Decisions that the person who made them can still undo."""

from datetime import datetime

from django.shortcuts import get_object_or_404

from enforcement.decisions.models import Decision
from klean.core.access.models import User
from klean.core.events.actors import person


def undoable_of(user: User, *, at: datetime) -> Decision | None:
    """The person's last decision, while it can still be undone."""
    rows = Decision.objects.filter(
        decided_by=str(person(user.pk)), state=Decision.State.WAITING, due_at__gt=at
    )
    return rows.select_related("case__listing", "case__seller").order_by("-pk").first()


def own_decision(user: User, decision_id: int) -> Decision:
    return get_object_or_404(Decision, pk=decision_id, decided_by=str(person(user.pk)))
