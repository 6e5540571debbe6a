"""Views and texts that people keep for themselves or for the team."""

from django.utils.translation import gettext as _

from enforcement.models import Macro, SavedView
from klean.core.models import User
from klean.core.refusals import Refused

MOST_VIEWS = 20


def keep_view(user: User, name: str, query: str) -> SavedView:
    """Remember a queue under a name; the same name again changes what it stands for."""
    kept = SavedView.objects.filter(user=user)
    if kept.exclude(name=name).count() >= MOST_VIEWS:
        raise Refused(_("At most %(most)d views can be kept.") % {"most": MOST_VIEWS}, code="too_many")
    return SavedView.objects.update_or_create(user=user, name=name, defaults={"query": query})[0]


def forget_view(view: SavedView) -> None:
    view.delete()


def keep_macro(name: str, ground: str, reasons: str) -> Macro:
    """A text for the whole team; the same name again changes it."""
    return Macro.objects.update_or_create(name=name, defaults={"ground": ground, "reasons": reasons})[0]


def forget_macro(macro: Macro) -> None:
    macro.delete()
