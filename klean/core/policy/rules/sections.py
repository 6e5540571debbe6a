"""A section of the policy: a frozen model that is whole or refused, registered by the app that reads it.

A section stands in its app's ``rules/policy.py``; a field is required unless its absence means something::

    class Refunds(BaseModel, frozen=True, extra="forbid"):
        claim_within_days: PositiveInt

The app's ``ready`` registers it, ``register_section("refunds", Refunds)``, and everybody reads it by its class:
``policy_at(at)[Refunds].claim_within_days``. What pydantic's types cannot say, a validator of the model says::

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.overdue < self.soon:
            words = N_("%(overdue)s is below %(soon)s")
            refuse([fault(words, "overdue", overdue=self.overdue, soon=self.soon)])
        return self

What was published is read again by later releases: a validator that only misses what is gone since lets it pass where
``info.context`` is None. A package that may not import this one raises ``PydanticCustomError("fault", words, {"message": words, **values})``.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from json import dumps
from typing import Any, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ValidationError, ValidationInfo, create_model
from pydantic_core import InitErrorDetails, PydanticCustomError, PydanticKnownError

N_ = str  # marks a message for translation; rules never translate
S = TypeVar("S", bound=BaseModel)
_models: dict[str, type[BaseModel]] = {}
_words: dict[str, Mapping[str, object]] = {}


def register_section(name: str, model: type[BaseModel], words: Mapping[str, object] | None = None) -> None:
    """Every policy has a table of this name from now on, read by ``model``; for an app's ``ready``.

    ``words`` are what people read for the codes in it: texts that are marked for translation, or lazy ones.
    """
    _models[name] = model
    _words[name] = words or {}


def sections() -> Mapping[str, type[BaseModel]]:
    """The registered sections by name."""
    return _models


def words_of(name: str) -> Mapping[str, object]:
    """What people read for the codes in a section, not translated yet."""
    return _words.get(name, {})


def name_of(section: type[BaseModel]) -> str:
    """The name of the table that this model reads; ``KeyError``, which templates expect, for what is no section."""
    for name, model in _models.items():
        if model is section:
            return name
    raise KeyError(section)


def fault(message: str, *at: str | int, **values: Any) -> InitErrorDetails:
    """What a validator found at a setting below its model; ``message`` has ``%(name)s`` for its values."""
    kind = PydanticCustomError("fault", message, {"message": message, **values})
    return InitErrorDetails(type=kind, loc=at, input=None)


def refuse(faults: Iterable[InitErrorDetails]) -> None:
    """Raise all of a validator's faults at once, if there are any."""
    if found := list(faults):
        raise ValidationError.from_exception_data("policy", found)


class Whole(BaseModel, frozen=True, extra="forbid"):
    """What every policy says besides its sections."""

    in_force_from: AwareDatetime


def of_each(names: Collection[str]) -> AfterValidator:
    """For a table that says something of each of these names and of nothing else."""

    def check(table: Mapping[str, Any], info: ValidationInfo) -> Mapping[str, Any]:
        missing = [_known("missing", name, table) for name in names if name not in table]
        refuse([*_surplus(table, names, info), *missing])
        return table

    return AfterValidator(check)


def of_some(names: Collection[str]) -> AfterValidator:
    """For a table that says something of some of these names and of nothing else."""

    def check(table: Mapping[str, Any], info: ValidationInfo) -> Mapping[str, Any]:
        refuse(_surplus(table, names, info))
        return table

    return AfterValidator(check)


def one_of(names: Collection[str]) -> AfterValidator:
    """For a name that is one of these, where the names are no literal."""

    def check(name: str, info: ValidationInfo) -> str:
        if info.context is not None and name not in names:
            raise PydanticKnownError("literal_error", {"expected": ", ".join(map(repr, names))})
        return name

    return AfterValidator(check)


def _surplus(
    table: Mapping[str, Any], names: Collection[str], info: ValidationInfo
) -> list[InitErrorDetails]:
    if info.context is None:
        return []
    return [_known("extra_forbidden", name, table) for name in table if name not in names]


def _known(kind: str, name: str, table: Mapping[str, Any]) -> InitErrorDetails:
    return InitErrorDetails(type=kind, loc=(name,), input=table)


def read_whole(content: Mapping[str, Any], **context: Any) -> Whole:
    """A file with all registered sections and nothing else; pydantic's ``ValidationError`` says all that is wrong."""
    whole = _whole(tuple(_models.items()))
    return whole.model_validate_json(to_json(content), strict=True, context=context)


def read_section(section: type[S], content: Any) -> S:
    """One section as a file says it."""
    return section.model_validate_json(to_json(content), strict=True, context={})


def read_stored(section: type[S], body: Mapping[str, Any], additions: Iterable[Mapping[str, Any]] = ()) -> S:
    """A section of a published body: settings that no release reads any more are passed over, later ones added."""
    name = name_of(section)
    content: Any = body.get(name)
    for added in additions:
        if name in added:
            content = filled(content, added[name])
    return section.model_validate_json(to_json(content), strict=True, extra="ignore")


def to_json(content: Any) -> str:
    """TOML as JSON: its days and times, which JSON has not, are texts."""
    return dumps(content, default=lambda moment: moment.isoformat())


@lru_cache(maxsize=2)
def _whole(models: tuple[tuple[str, type[BaseModel]], ...]) -> type[Whole]:
    fields: dict[str, Any] = {name: (model, ...) for name, model in models}
    return create_model("Policy", __base__=Whole, **fields)


def filled(content: Any, added: Any, *, only: Collection[str] | None = None) -> Any:
    """The content with what only the addition says, or with those names of it; what both say stays."""
    if content is None:
        return added
    if isinstance(content, list) and isinstance(added, list):
        return _filled_entries(content, added, only)
    if not isinstance(content, Mapping) or not isinstance(added, Mapping):
        return content
    new = {name: value for name, value in added.items() if only is None or name in only}
    return {**new, **{name: filled(value, added.get(name), only=only) for name, value in content.items()}}


def _filled_entries(content: list[Any], added: list[Any], only: Collection[str] | None) -> list[Any]:
    """Entries of a catalogue are known by their code or name; none is added."""
    known = {_key(entry): entry for entry in added}
    return [filled(entry, known.get(_key(entry)), only=only) if _key(entry) else entry for entry in content]


def _key(entry: Any) -> Any:
    return entry.get("code", entry.get("name")) if isinstance(entry, Mapping) else None
