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

    notifiers: Annotated[frozenset[NotifierType], Field(min_length=1)] = Field(title=N_("Open to"))


class Tiers(BaseModel, frozen=True, extra="forbid"):
    """Good faith: so much confirmed and so little successfully answered, of at least so many listings."""

    window_days: PositiveInt = Field(title=N_("Days looked back"))
    min_listings: PositiveInt = Field(title=N_("Minimum listings"))
    upheld_percent: Percent = Field(title=N_("Confirmed, at least (%)"))
    countered_percent: Percent = Field(title=N_("Accepted seller responses, at most (%)"))
    locked_days: PositiveInt = Field(title=N_("Days until good-faith status can be regained"))


class Misuse(BaseModel, frozen=True, extra="forbid"):
    """When a reporter is warned, and how long each measure lasts and is remembered."""

    min_listings: PositiveInt = Field(title=N_("Minimum listings"))
    warn_below_percent: Percent = Field(title=N_("Warning when confirmed is below (%)"))
    restricted_per_day: PositiveInt = Field(title=N_("Reports per day when restricted"))
    memory_days: PositiveInt = Field(title=N_("Days a measure is remembered"))
    days: Annotated[Mapping[str, PositiveInt], of_each(RUNGS)] = Field(
        title=N_("Duration of measures (days)")
    )


class Interim(BaseModel, frozen=True, extra="forbid"):
    """When a listing is stopped while it is examined; screening counts as a report from this score on."""

    stops_on_filing: bool = Field(title=N_("Listings come off sale when reported"))
    independent_reports: PositiveInt = Field(title=N_("Independent reports needed"))
    screening_from: Annotated[float, Field(ge=0, le=1)] = Field(
        title=N_("Screening counts as a report from score")
    )


class Ground(Entry, frozen=True, extra="forbid"):
    """What a seller may answer, and the documents that it needs."""

    documents: tuple[Code, ...] = Field(title=N_("Documents needed"))


class Counter(BaseModel, frozen=True, extra="forbid"):
    """The round of answers: whose notices get one, how long each side has, and what a seller may say."""

    notifiers: frozenset[NotifierType] = Field(title=N_("For notices from"))
    seller_business_days: PositiveInt = Field(title=N_("Business days for the seller to respond"))
    holder_business_days: PositiveInt = Field(title=N_("Business days for the rights holder to reply"))
    documents: Catalogue[Entry] = Field(title=N_("Documents"))
    grounds: Catalogue[Ground] = Field(title=N_("Grounds"))

    @model_validator(mode="after")
    def _asks_for_known_documents(self) -> Self:
        known = {document.code for document in self.documents}
        words = N_("%(code)s is not one of the documents above")
        refuse(
            fault(words, "grounds", place, "documents", code=code)
            for place, ground in enumerate(self.grounds)
            for code in ground.documents
            if code not in known
        )
        return self


class Reports(BaseModel, frozen=True, extra="forbid", title=N_("Notices and reports")):
    """``clocks`` are the business hours until a notice wants its answer, by who filed it."""

    listings_per_notice: PositiveInt = Field(title=N_("Listings per notice"))
    notices_per_batch: PositiveInt = Field(title=N_("Notices per batch"))
    explanation_characters: NonNegativeInt = Field(title=N_("Explanation, minimum characters"))
    explanation_limit: PositiveInt = Field(title=N_("Explanation, maximum characters"))
    anonymous_per_hour: PositiveInt = Field(title=N_("Public reports per address and hour"))
    reasons: Catalogue[Reason] = Field(title=N_("Reasons"))
    clocks: Annotated[Mapping[str, PositiveInt], of_each(CLOCKS)] = Field(
        title=N_("Business hours to decide, by reporter")
    )
    tiers: Tiers = Field(title=N_("Good-faith reporters"))
    misuse: Misuse = Field(title=N_("Misuse"))
    interim: Interim = Field(title=N_("Interim measures"))
    counter: Counter = Field(title=N_("Sellers' responses"))

    @model_validator(mode="after")
    def _asks_for_no_more_than_it_takes(self) -> Self:
        shortest, longest = self.explanation_characters, self.explanation_limit
        if shortest > longest:
            words, setting = (
                N_("%(shortest)s must be at most %(longest)s, the value of %(setting)s"),
                "explanation_limit",
            )
            values = {"shortest": shortest, "longest": longest, "setting": setting}
            refuse([fault(words, "explanation_characters", **values)])
        return self
