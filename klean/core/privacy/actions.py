"""Whoever unmasks personal data leaves a trace."""

from datetime import datetime

from django.db.models import Model

from klean.core.access.models import User
from klean.core.events.actors import Actor
from klean.core.events.record import subject_of
from klean.core.privacy.models import Viewing


def reveal(row: Model, field: str, *, reason: str, at: datetime, actor: Actor) -> str:
    """What stands in a masked field; who looked, and why, is written down first."""
    user = User.objects.get(pk=int(actor.id))
    Viewing.objects.create(user=user, subject=subject_of(row), field=field, reason=reason, at=at)
    return str(getattr(row, field) or "")
