"""What a policy sets for the engine: thresholds, a table for each check that has one, and the rules."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from json import dumps
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import BaseModel, Field, ValidationInfo, create_model, field_validator, model_validator
from pydantic_core import PydanticCustomError

from screening.checks.registry import CHECKS, KINDS
from screening.settings import Settings, Share, Thresholds, table_in
from screening.words import N_

S = TypeVar("S", bound=BaseModel)
NEED = ("kind", "at_least")


class Need(Settings):
    """A signal of a kind, at least so strong, whose evidence has one of the named values in each named entry.

    A file writes the entries beside ``kind``: ``{ kind = "authorisation", at_least = 0.6, protection = ["gated"] }``.
    """

    kind: str = Field(title=N_("Signal"))
    at_least: Share = Field(title=N_("Minimum strength"))
    entries: dict[str, list[Any]] = Field({}, title=N_("Conditions"))

    @model_validator(mode="before")
    @classmethod
    def _gather_entries(cls, written: Any) -> Any:
        if not isinstance(written, Mapping) or "entries" in written:
            return written
        entries = {name: values for name, values in written.items() if name not in NEED}
        return {name: written[name] for name in NEED if name in written} | {"entries": entries}

    @model_validator(mode="after")
    def _names_what_a_check_finds(self, info: ValidationInfo) -> Self:
        if info.context is None:  # published before: what no check finds any more is never met
            return self
        kind = KINDS.get(self.kind)
        if kind is None:
            raise _fault(N_("no check finds the kind %(kind)s"), kind=self.kind)
        for entry in self.entries:
            if entry not in kind.evidence.model_fields:
                raise _fault(N_("the evidence of %(kind)s has no %(entry)s"), kind=self.kind, entry=entry)
        return self


# What people read for the codes in a rule.
CODES = {
    "live": N_("live"),
    "shadow": N_("shadow, counted only"),
    "draft": N_("draft"),
    "protection": N_("brand protection"),
    "reference_kind": N_("reference image"),
    "removed": N_("removed listing"),
}


class Rule(Settings):
    """What follows when all needs are met.

    A live rule acts, one in shadow is only counted, a draft does nothing yet. One that ``forbids`` says that the seller
    may not sell such goods; one that acts ``alone`` needs no corroboration. ``words`` are its name for people, by language.
    """

    name: Annotated[str, Field(min_length=1, max_length=100)] = Field(title=N_("Name"))
    words: Mapping[str, str] = Field({}, title=N_("Wording"))
    verdict: Literal["review", "block"] = Field(title=N_("Verdict"))
    needs: Annotated[tuple[Need, ...], Field(min_length=1)] = Field(title=N_("Needs"))
    state: Literal["live", "shadow", "draft"] = Field("live", title=N_("State"))
    forbids: bool = Field(False, title=N_("Sale is forbidden"))
    alone: bool = Field(False, title=N_("Blocks without further evidence"))

    @field_validator("words")
    @classmethod
    def _speak_each_language(cls, words: Mapping[str, str], info: ValidationInfo) -> Mapping[str, str]:
        """A rule may have no words; a new one that has some has them in each language."""
        missing = sorted({*(info.context or {}).get("languages", ())} - words.keys())
        if words and missing:
            raise _fault(N_("the words in %(language)s are missing"), language=missing[0])
        return words


class ScreeningSettings(Thresholds, title=N_("Screening")):
    """``review_holds_new``: whether a new listing to be reviewed waits for that; one that is live stays so, flagged.

    A live listing whose edit nobody has judged after ``hold_after_minutes`` is held.
    """

    review_holds_new: bool = Field(title=N_("New listings wait for their review"))
    hold_after_minutes: Annotated[int, Field(ge=0)] = Field(
        title=N_("Minutes until an unscreened edit is held")
    )
    rules: tuple[Rule, ...] = Field(title=N_("Rules"))

    @field_validator("rules")
    @classmethod
    def _have_names_of_their_own(cls, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        twice = [name for name, count in Counter(rule.name for rule in rules).items() if count > 1]
        if twice:
            raise _fault(N_("two rules are called %(name)s"), name=twice[0])
        return rules


def _fault(message: str, **values: str) -> PydanticCustomError:
    """A fault whose words, with ``%(name)s`` for its values, are translated for the reader of the policy."""
    return PydanticCustomError("fault", message % values, {"message": message, **values})


OWN = "screening."  # how the tables begin that stand in [screening]; another is a section by itself
_TABLES: dict[str, Any] = {
    check.table.removeprefix(OWN): (check.settings, ...)
    for check in CHECKS
    if check.settings and check.table.startswith(OWN)
}
ScreeningSection: type[ScreeningSettings] = create_model("Screening", __base__=ScreeningSettings, **_TABLES)
SECTIONS: dict[str, type[BaseModel]] = {"screening": ScreeningSection} | {
    check.table: check.settings for check in CHECKS if check.settings and not check.table.startswith(OWN)
}


@dataclass(frozen=True)
class Policy:
    """The engine's sections of a policy, by their names."""

    name: str
    sections: Mapping[str, BaseModel]

    @classmethod
    def read(cls, name: str, body: Mapping[str, Any]) -> "Policy":
        """From a policy file as ``tomllib`` reads it; pydantic's ``ValidationError`` says what is wrong."""
        return cls(name, {one: read_section(model, body.get(one)) for one, model in SECTIONS.items()})

    @cached_property
    def tables(self) -> dict[type[BaseModel], BaseModel]:
        """The thresholds with the rules, and what checks read, each by its model."""
        screening = self.sections["screening"]
        found = dict(self.sections) | {OWN + name: getattr(screening, name) for name in _TABLES}
        tables = {check.settings: found[check.table] for check in CHECKS if check.settings}
        return tables | {ScreeningSettings: screening, Thresholds: screening}

    @property
    def screening(self) -> ScreeningSettings:
        return self.table(ScreeningSettings)

    def table(self, model: type[S]) -> S:
        """The table that this model reads."""
        return table_in(self.tables, model)


def read_section(model: type[S], content: Any) -> S:
    """A section that is new: a text is never taken for a number, and a rule names only what some check finds."""
    return model.model_validate_json(dumps(content), strict=True, context={})
