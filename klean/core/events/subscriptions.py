"""Who receives which facts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, overload

from klean.core.events.facts import Fact, UnreadableFact
from klean.core.events.models import Event

Pairs = Sequence[tuple[Fact, Event]]
F = TypeVar("F", bound=Fact)
F1 = TypeVar("F1", bound=Fact)
F2 = TypeVar("F2", bound=Fact)
F3 = TypeVar("F3", bound=Fact)
ForOne = Callable[[F, Event], None]
ForMany = Callable[[Sequence[tuple[F, Event]]], None]


@dataclass(frozen=True, slots=True)
class Handler:
    """A function and the facts that it receives, so many at once; with no names it receives every fact."""

    function: Callable[..., None]
    names: frozenset[str]
    batch_size: int | None

    @property
    def name(self) -> str:
        return f"{self.function.__module__}.{self.function.__qualname__}"

    def receives(self, fact: Fact, event: Event) -> bool:
        """Whether it is one of its facts; what cannot be read reaches only who receives every fact."""
        return not self.names or (event.name in self.names and not isinstance(fact, UnreadableFact))

    def call(self, pairs: Pairs) -> None:
        if self.batch_size:
            self.function(pairs)
        else:
            for fact, event in pairs:
                self.function(fact, event)


HANDLERS: list[Handler] = []


# mypy joins the types of many facts to their common base, so unions are spelt out up to three.
@overload
def on() -> Callable[[ForOne[Fact]], ForOne[Fact]]: ...
@overload
def on(*, in_batches_of: int) -> Callable[[ForMany[Fact]], ForMany[Fact]]: ...
@overload
def on(one: type[F1], two: type[F2], /) -> Callable[[ForOne[F1 | F2]], ForOne[F1 | F2]]: ...
@overload
def on(
    one: type[F1], two: type[F2], three: type[F3], /
) -> Callable[[ForOne[F1 | F2 | F3]], ForOne[F1 | F2 | F3]]: ...
@overload
def on(*facts: type[F]) -> Callable[[ForOne[F]], ForOne[F]]: ...
@overload
def on(
    one: type[F1], two: type[F2], /, *, in_batches_of: int
) -> Callable[[ForMany[F1 | F2]], ForMany[F1 | F2]]: ...
@overload
def on(*facts: type[F], in_batches_of: int) -> Callable[[ForMany[F]], ForMany[F]]: ...
def on(*facts: type[Fact], in_batches_of: int | None = None) -> Callable[[Any], Any]:
    """Call the function once with each event of these facts; with none named, with every event.

    With ``in_batches_of`` it is called with a list, in one transaction; a list that fails is handed on one by one.
    """

    def register(function: Any) -> Any:
        HANDLERS.append(Handler(function, frozenset(fact.name for fact in facts), in_batches_of))
        return function

    return register
