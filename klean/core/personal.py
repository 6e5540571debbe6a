"""Personal data: where it is held, how a person is known in texts, and the trace of whoever unmasks some."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.apps import apps
from django.db.models import Model

from klean.core.actors import Actor
from klean.core.events import subject_of
from klean.core.models.people import User, Viewing
from klean.core.models.personal import Personal

SHORTEST = 2
PHONE = re.compile(r"\+?[\d ().-]{8,}")


def inventory() -> list[tuple[type[Model], Personal]]:
    """Every model that declares personal data, with what it declares."""
    return [(model, vars(model)["PERSONAL"]) for model in apps.get_models() if "PERSONAL" in vars(model)]


def pattern_of(text: str) -> str:
    """An expression, for Python and PostgreSQL alike, that finds this e-mail address, number, name or address.

    Spaces may be any, a number's digits may be grouped otherwise, and nothing is found inside a longer Latin word.
    """
    text = text.strip()
    if PHONE.fullmatch(text):
        return r"(?<!\d)" + r"[-. ()]*".join(re.sub(r"\D", "", text)) + r"(?!\d)"
    words = r"\s+".join(re.sub(r"([^\w\s])", r"\\\1", word) for word in text.split())
    before = r"(?<![A-Za-z0-9_.+-])" if text[:1].isascii() else ""
    return before + words + (r"(?![A-Za-z0-9_])" if text[-1:].isascii() else "")


def patterns_of(texts: Iterable[str]) -> str:
    """One expression for all of them; ``""`` when none is long enough to mean somebody."""
    known = dict.fromkeys(text.strip() for text in texts if len(text.strip()) >= SHORTEST)
    return "|".join(pattern_of(text) for text in known)


def is_contact(text: str) -> bool:
    """Whether it reaches one person: an e-mail address or a number, which no namesake shares."""
    return "@" in text or bool(PHONE.fullmatch(text.strip()))


def reveal(row: Model, field: str, *, reason: str, at: datetime, actor: Actor) -> str:
    """What stands in a masked field; who looked, and why, is written down first."""
    user = User.objects.get(pk=int(actor.id))
    Viewing.objects.create(user=user, subject=subject_of(row), field=field, reason=reason, at=at)
    return str(getattr(row, field) or "")
