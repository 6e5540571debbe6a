"""What a fact is: something that happened, with ids and codes and never personal data.

Fields named ``listing``, ``seller`` and ``order`` carry the marketplace's own ids, so that an outsider can read a
fact; fields ending in ``_id`` carry Klean's. A fact with ``organisation_id`` is addressed to that organisation: it
alone, beside the marketplace, receives it by webhook.
"""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

FACTS: dict[str, type["Fact"]] = {}


@dataclass(frozen=True, kw_only=True)
class Fact:
    """``name`` is the wire name, ``<app>.<noun>.<past>``: a public contract, added to and never renamed."""

    name: ClassVar[str]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        name = cls.__dict__.get("name")
        if name is None:  # the base of several facts is none itself
            return
        if name in FACTS:
            raise TypeError(f"two facts are named {name}")
        FACTS[name] = cls

    def payload(self) -> dict[str, Any]:
        return asdict(self)
