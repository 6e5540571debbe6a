"""What the policy says on notices: what they hold, when they are answered, and whose word counts how much."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, NonNegativeInt, PositiveInt, model_validator

from klean.core.policy.rules.catalogues import Catalogue, Code, Entry
from klean.core.policy.rules.sections import N_, fault, of_each, refuse

NotifierType = Literal["CONSUMER", "RIGHTS_HOLDER", "TRUSTED_FLAGGER", "AUTHORITY", "OWN_INITIATIVE"]
CLOCKS = ("AUTHORITY", "TRUSTED_FLAGGER", "ADMITTED", "RIGHTS_HOLDER", "CONSUMER", "OWN_INITIATIVE")
RUNGS = ("WARNING", "RESTRICTION", "SUSPENSION")

Percent = Annotated[int, Field(ge=0, le=100)]


class Reason(Entry, frozen=True, extra="forbid"):
    """A reason for a notice, and who may give it."""

    notifiers: Annotated[frozenset[NotifierType], Field(min_length=1)]


class Tiers(BaseModel, frozen=True, extra="forbid"):
    """Good faith: so much confirmed and so little successfully answered, of at least so many listings."""

    window_days: PositiveInt
    min_listings: PositiveInt
    upheld_percent: Percent
    countered_percent: Percent
    locked_days: PositiveInt


class Misuse(BaseModel, frozen=True, extra="forbid"):
    """When a reporter is warned, and how long each measure lasts and is remembered."""

    min_listings: PositiveInt
    warn_below_percent: Percent
    restricted_per_day: PositiveInt
    memory_days: PositiveInt
    days: Annotated[Mapping[str, PositiveInt], of_each(RUNGS)]


class Interim(BaseModel, frozen=True, extra="forbid"):
    """When a listing is stopped while it is examined; screening counts as a report from this score on."""

    stops_on_filing: bool
    independent_reports: PositiveInt
    screening_from: Annotated[float, Field(ge=0, le=1)]


class Ground(Entry, frozen=True, extra="forbid"):
    """What a seller may answer, and the documents that it needs."""

    documents: tuple[Code, ...]


class Counter(BaseModel, frozen=True, extra="forbid"):
    """The round of answers: whose notices get one, how long each side has, and what a seller may say."""

    notifiers: frozenset[NotifierType]
    seller_business_days: PositiveInt
    holder_business_days: PositiveInt
    documents: Catalogue[Entry]
    grounds: Catalogue[Ground]

    @model_validator(mode="after")
    def _asks_for_known_documents(self) -> Self:
        known = {document.code for document in self.documents}
        words = N_("%(code)s is none of the documents above")
        refuse(
            fault(words, "grounds", place, "documents", code=code)
            for place, ground in enumerate(self.grounds)
            for code in ground.documents
            if code not in known
        )
        return self


class Reports(BaseModel, frozen=True, extra="forbid"):
    """``clocks`` are the business hours until a notice wants its answer, by who filed it."""

    listings_per_notice: PositiveInt
    notices_per_batch: PositiveInt
    explanation_characters: NonNegativeInt
    explanation_limit: PositiveInt
    anonymous_per_hour: PositiveInt
    reasons: Catalogue[Reason]
    clocks: Annotated[Mapping[str, PositiveInt], of_each(CLOCKS)]
    tiers: Tiers
    misuse: Misuse
    interim: Interim
    counter: Counter

    @model_validator(mode="after")
    def _asks_for_no_more_than_it_takes(self) -> Self:
        shortest, longest = self.explanation_characters, self.explanation_limit
        if shortest > longest:
            words, setting = N_("%(shortest)s is more than %(longest)s of %(setting)s"), "explanation_limit"
            values = {"shortest": shortest, "longest": longest, "setting": setting}
            refuse([fault(words, "explanation_characters", **values)])
        return self
