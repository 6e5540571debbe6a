"""Texts that the team writes often."""

from datetime import datetime

from enforcement.desk.models import Macro
from klean.core.events.actors import Actor


def save_macro(name: str, ground: str, reasons: str, *, at: datetime, actor: Actor) -> Macro:
    """A text for the whole team; the same name again changes it."""
    return Macro.objects.update_or_create(name=name, defaults={"ground": ground, "reasons": reasons})[0]


def delete_macro(macro: Macro, *, at: datetime, actor: Actor) -> None:
    macro.delete()
