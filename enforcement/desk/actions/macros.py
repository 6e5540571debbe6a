"""Texts that the team writes often."""

from enforcement.desk.models import Macro


def save_macro(name: str, ground: str, reasons: str) -> Macro:
    """A text for the whole team; the same name again changes it."""
    return Macro.objects.update_or_create(name=name, defaults={"ground": ground, "reasons": reasons})[0]


def delete_macro(macro: Macro) -> None:
    macro.delete()
