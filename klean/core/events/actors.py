"""Who acts: a person, a machine of a partner, or a part of Klean itself."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Actor:
    """Written as ``kind:id`` wherever an action, an event or a row must say who did it."""

    kind: Literal["person", "machine", "system"]
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @property
    def person_id(self) -> int | None:
        return int(self.id) if self.kind == "person" else None


def person(user_id: int) -> Actor:
    return Actor("person", str(user_id))


def actor_named(text: str) -> Actor:
    """The actor that ``str(actor)`` wrote."""
    kind, _, name = text.partition(":")
    return Actor(kind, name)  # type: ignore[arg-type]
