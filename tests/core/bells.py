"""Facts of no app, for the tests of the log itself."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils import timezone

from klean.core.access.models import Organisation
from klean.core.events.actors import Actor
from klean.core.events.facts import Fact, SentenceByCode

ACTOR = Actor("person", "7")
NOW = timezone.now()


def bell_shop() -> Organisation:
    return Organisation.objects.create(name="Bell shop", kind="SELLER")


@dataclass(frozen=True, kw_only=True)
class BellRung(Fact):
    name: ClassVar[str] = "tests.bell.rung"
    sentence: ClassVar = "The bell rang %(times)d times"
    times: int


@dataclass(frozen=True, kw_only=True)
class BellStolen(Fact):
    name: ClassVar[str] = "tests.bell.stolen"
    sentence: ClassVar = SentenceByCode("by", {"": "The bell is gone"}, otherwise="%(by)s stole the bell")
    by: str = ""
