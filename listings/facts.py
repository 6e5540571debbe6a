"""What happens to a listing: flagged, held, cleared, removed, put back."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import N_, Fact, SentenceByCode


@dataclass(frozen=True, kw_only=True)
class AboutListing(Fact):
    """What every fact about a listing carries; ``listing`` and ``seller`` are the marketplace's ids."""

    listing: str
    listing_id: int
    seller: str
    seller_id: int


@dataclass(frozen=True, kw_only=True)
class ListingFlagged(AboutListing):
    """Screening doubts a listing; ``signal_kinds`` are those of its strongest signals, ``brand`` whose they are."""

    name: ClassVar[str] = "listings.listing.flagged"
    sentence: ClassVar = SentenceByCode(
        "verdict",
        {
            "block": N_("Listing %(listing)s blocked by screening"),
        },
        otherwise=N_("Listing %(listing)s flagged by screening"),
    )
    screening_id: int
    verdict: str
    score: float
    state: str
    signal_kinds: list[str]
    brand: str


@dataclass(frozen=True, kw_only=True)
class ListingHeldForReview(AboutListing):
    """A listing waits for a person: its screening failed, or one of its pictures cannot be read."""

    name: ClassVar[str] = "listings.listing.held_for_review"
    sentence: ClassVar = N_("Listing %(listing)s held for a person to review")
    screening_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class ListingCleared(AboutListing):
    """A listing that was doubted before was screened again and is clear."""

    name: ClassVar[str] = "listings.listing.cleared"
    sentence: ClassVar = N_("Listing %(listing)s screened again and found clear")
    screening_id: int


@dataclass(frozen=True, kw_only=True)
class ListingQuarantined(AboutListing):
    """A listing is off while a case about it is open."""

    name: ClassVar[str] = "listings.listing.quarantined"
    sentence: ClassVar = N_("Listing %(listing)s taken off sale while a case is open")
    reason: str


@dataclass(frozen=True, kw_only=True)
class ListingReleased(AboutListing):
    """A quarantine or a hold ended in the listing's favour."""

    name: ClassVar[str] = "listings.listing.released"
    sentence: ClassVar = N_("Listing %(listing)s back on sale")


@dataclass(frozen=True, kw_only=True)
class ListingRemoved(AboutListing):
    """A listing was taken down by a decision."""

    name: ClassVar[str] = "listings.listing.removed"
    sentence: ClassVar = N_("Listing %(listing)s removed")
    reason: str


@dataclass(frozen=True, kw_only=True)
class ListingReinstated(AboutListing):
    """A removed listing was put back."""

    name: ClassVar[str] = "listings.listing.reinstated"
    sentence: ClassVar = N_("Listing %(listing)s reinstated")


@dataclass(frozen=True, kw_only=True)
class ModelTrained(Fact):
    """A model was fitted to labelled listings; it scores nothing before somebody promotes it."""

    name: ClassVar[str] = "listings.model.trained"
    sentence: ClassVar = N_("Screening model %(model)s trained")
    model: str
    origin: str


@dataclass(frozen=True, kw_only=True)
class ModelPromoted(Fact):
    """From now on this model scores."""

    name: ClassVar[str] = "listings.model.promoted"
    sentence: ClassVar = N_("Screening model %(model)s put to use")
    model: str


@dataclass(frozen=True, kw_only=True)
class SweepReviewed(Fact):
    """A person looked at what is like a confirmed fake; ``flagged`` of the ``proposed`` listings went to the desk."""

    name: ClassVar[str] = "listings.sweep.reviewed"
    sentence: ClassVar = N_("Listings similar to a confirmed counterfeit reviewed")
    sweep_id: int
    listing_id: int
    proposed: int
    flagged: int
