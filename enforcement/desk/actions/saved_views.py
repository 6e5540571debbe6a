"""Queues that people save to see again."""

from datetime import datetime

from django.utils.translation import gettext as _

from enforcement.desk.models import SavedView
from klean.core.access.models import User
from klean.core.events.actors import Actor
from klean.core.rows.refusals import Refused

MAX_VIEWS = 20  # as many as fit beside the queue


def save_view(user: User, name: str, query: str, *, at: datetime, actor: Actor) -> SavedView:
    """Remember a queue under a name; the same name again changes what it stands for."""
    saved = SavedView.objects.filter(user=user)
    if saved.exclude(name=name).count() >= MAX_VIEWS:
        raise Refused(_("You can save up to %(most)d views.") % {"most": MAX_VIEWS}, code="too_many")
    return SavedView.objects.update_or_create(user=user, name=name, defaults={"query": query})[0]


def delete_view(view: SavedView, *, at: datetime, actor: Actor) -> None:
    view.delete()
