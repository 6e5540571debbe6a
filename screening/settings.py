"""The shape of what a policy sets for the engine: every setting is named, nothing else is accepted."""

from collections.abc import Mapping
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from screening.words import N_

S = TypeVar("S", bound=BaseModel)
Share = Annotated[float, Field(ge=0, le=1)]


class Settings(BaseModel):
    """A table of a policy file."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Thresholds(Settings):
    """The probability of a confirmed violation from which a person looks, and from which a listing is stopped.

    A block needs ``corroboration`` kinds of evidence, each at least ``corroborating_from`` strong.
    """

    review_from: Share = Field(title=N_("Review from probability"))
    block_from: Share = Field(title=N_("Block from probability"))
    corroboration: Annotated[int, Field(ge=0)] = Field(title=N_("Kinds of evidence needed to block"))
    corroborating_from: Share = Field(title=N_("Minimum strength of that evidence"))


def table_in(tables: Mapping[type[BaseModel], BaseModel], model: type[S]) -> S:
    """The table that this model reads, among tables by their models."""
    found = tables[model]
    if not isinstance(found, model):
        raise TypeError(f"{type(found).__name__} is no {model.__name__}")
    return found
