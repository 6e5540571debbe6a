"""What a fact is: something that happened, with ids and codes and never personal data.

Fields named ``listing``, ``seller`` and ``order`` carry the marketplace's own ids, so that an outsider can read a
fact; fields ending in ``_id`` carry Klean's. A fact with ``organisation_id`` is addressed to that organisation: it
alone, beside the marketplace, receives it by webhook.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Self

FACTS: dict[str, type["Fact"]] = {}


class UnreadablePayload(ValueError):
    """A payload does not hold the fields of its fact: another release wrote it."""


def N_(text: str) -> str:  # noqa: N802  gettext's own name for it
    """Mark a message id, so that it is collected for translation, and give it back as it is."""
    return text


@dataclass(frozen=True, slots=True)
class SentenceByCode:
    """A sentence that depends on the code in one field; ``otherwise`` serves every code that is not named."""

    field: str
    sentences: Mapping[Any, str]
    otherwise: str

    def for_payload(self, data: Mapping[str, Any]) -> str:
        return self.sentences.get(data.get(self.field), self.otherwise)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that happened.

    ``name`` is the wire name, ``<app>.<noun>.<past>``: a public contract, added to and never renamed. ``sentence`` is
    what timelines show: a message id whose ``%(field)s`` places are filled from the payload.
    """

    name: ClassVar[str]
    sentence: ClassVar[str | SentenceByCode]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        name = cls.__dict__.get("name")
        if name is None:  # the base of several facts is none itself
            return
        if name in FACTS:
            raise TypeError(f"two facts are named {name}")
        FACTS[name] = cls

    @classmethod
    def from_payload(cls, data: Mapping[str, Any]) -> Self:
        """The fact that ``payload`` wrote; refuses a payload with a field too many or too few."""
        try:
            return cls(**data)
        except TypeError as error:
            raise UnreadablePayload(str(error)) from error

    def payload(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class UnreadableFact(Fact):
    """An event that this release cannot read as a fact, and why; only who receives every event is given it."""

    fault: str
    data: Mapping[str, Any]

    def payload(self) -> dict[str, Any]:
        return dict(self.data)


def fact_from(name: str, data: Mapping[str, Any]) -> Fact:
    """The fact of an event; an ``UnreadableFact`` where its class or its fields are not those of this release."""
    if name not in FACTS:
        return UnreadableFact(fault=f"no fact is named {name}", data=data)
    try:
        return FACTS[name].from_payload(data)
    except UnreadablePayload as error:
        return UnreadableFact(fault=str(error), data=data)


def message_of(name: str, data: Mapping[str, Any]) -> str:
    """The message id of what happened; the name itself where no fact is named so any more."""
    if name not in FACTS:
        return name
    sentence = FACTS[name].sentence
    return sentence if isinstance(sentence, str) else sentence.for_payload(data)
