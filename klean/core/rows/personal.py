"""How a model says which of its fields hold personal data, beside the fields themselves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q


@dataclass(frozen=True, kw_only=True)
class Personal:
    """A model's ``PERSONAL``: ``fields`` gives what stands in each after erasure, ``mentions`` may name a person.

    ``kept_as`` is the class of policy [retention], whose days count from ``since`` for the rows that have ``ended``;
    without ``since`` a row is kept as long as whom it is about. Whom: ``of`` leads to the user, ``address`` holds
    an e-mail address, ``actor`` a ``person:id``. ``staff`` are users who only acted. ``lawful`` fields stay until
    the days are over, also when the person asks for erasure. A row that is ``part_of`` another is held with it.
    In a model that is hash-chained, ``salts`` names the field with the salts of its mentions: one that names a
    person goes as a whole, with its salt, and the chain stays whole.
    """

    kept_as: str
    since: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    mentions: tuple[str, ...] = ()
    of: str = ""
    address: str = ""
    actor: str = ""
    staff: tuple[str, ...] = ()
    lawful: tuple[str, ...] = ()
    part_of: str = ""
    salts: str = ""
    ended: Q = field(default_factory=Q)
    deletes: bool = False

    @property
    def named(self) -> set[str]:
        """Every field that this says something of."""
        whom = {self.of, self.address, self.actor, self.salts}
        return {*self.fields, *self.mentions, *self.staff, *whom} - {"", "pk"}

    def blanks(self, *, is_asked_for: bool) -> dict[str, Any]:
        return {
            name: blank for name, blank in self.fields.items() if not (is_asked_for and name in self.lawful)
        }
