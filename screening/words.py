"""Words for people: message ids with parameters. The engine marks them, and whoever shows them translates."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias


def N_(text: str) -> str:  # noqa: N802  gettext's own name for it
    """Mark a message id, so that it is collected for translation, and give it back as it is."""
    return text


@dataclass(frozen=True, slots=True)
class Won:
    """An amount in Korean won, written as the reader's language writes money."""

    amount: int


@dataclass(frozen=True, slots=True)
class Message:
    """A message id with the values of its ``%(name)s`` places; a value may be a message itself."""

    id: str
    values: Mapping[str, "Value"] = field(default_factory=dict)

    def __str__(self) -> str:
        return in_words(self)


@dataclass(frozen=True, slots=True)
class Joined:
    """Several messages in a row."""

    parts: tuple["Words", ...]
    between: str = " "

    def __str__(self) -> str:
        return in_words(self)


Words: TypeAlias = Message | Joined
Value: TypeAlias = str | int | float | Won | Message | Joined


def _english(message_id: str) -> str:
    return message_id


def _plain_won(amount: int) -> str:
    return f"{amount:,} won"


def in_words(
    value: Value,
    translate: Callable[[str], str] = _english,
    write_won: Callable[[int], str] = _plain_won,
) -> str:
    """The text for a reader, translated message by message; plain English by default."""
    if isinstance(value, Joined):
        return value.between.join(in_words(part, translate, write_won) for part in value.parts)
    if isinstance(value, Won):
        return write_won(value.amount)
    if not isinstance(value, Message):
        return str(value)
    values = {
        name: one if isinstance(one, int | float) else in_words(one, translate, write_won)
        for name, one in value.values.items()
    }
    return translate(value.id) % values
