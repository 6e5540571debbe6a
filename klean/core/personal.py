"""Personal data is masked on pages; whoever unmasks it leaves a trace."""

from datetime import datetime

from django.db.models import Model

from klean.core.actors import Actor
from klean.core.events import subject_of
from klean.core.models import User, Viewing


def reveal(row: Model, field: str, *, reason: str, at: datetime, actor: Actor) -> str:
    """What stands in a masked field; who looked, and why, is written down first."""
    user = User.objects.get(pk=int(actor.id))
    Viewing.objects.create(user=user, subject=subject_of(row), field=field, reason=reason, at=at)
    return str(getattr(row, field) or "")
