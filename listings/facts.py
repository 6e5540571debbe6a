"""What happens to a listing: flagged, held, cleared, removed, put back."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class _AboutListing:
    """``listing`` and ``seller`` are the marketplace's ids."""

    listing: str
    listing_id: int
    seller: str
    seller_id: int


@dataclass(frozen=True, kw_only=True)
class ListingFlagged(_AboutListing, Fact):
    """Screening doubts a listing; ``summary`` names the kinds of its strongest signals, ``brand`` whose they are."""

    name: ClassVar[str] = "listings.listing.flagged"
    screening_id: int
    verdict: str
    score: float
    state: str
    summary: str
    brand: str


@dataclass(frozen=True, kw_only=True)
class ListingHeldForReview(_AboutListing, Fact):
    """A listing waits for a person: its screening failed, or one of its pictures cannot be read."""

    name: ClassVar[str] = "listings.listing.held_for_review"
    screening_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class ListingCleared(_AboutListing, Fact):
    """A listing that was doubted before was screened again and is clear."""

    name: ClassVar[str] = "listings.listing.cleared"
    screening_id: int


@dataclass(frozen=True, kw_only=True)
class ListingQuarantined(_AboutListing, Fact):
    """A listing is off while a case about it is open."""

    name: ClassVar[str] = "listings.listing.quarantined"
    reason: str


@dataclass(frozen=True, kw_only=True)
class ListingReleased(_AboutListing, Fact):
    """A quarantine or a hold ended in the listing's favour."""

    name: ClassVar[str] = "listings.listing.released"


@dataclass(frozen=True, kw_only=True)
class ListingRemoved(_AboutListing, Fact):
    """A listing was taken down by a decision."""

    name: ClassVar[str] = "listings.listing.removed"
    reason: str


@dataclass(frozen=True, kw_only=True)
class ListingReinstated(_AboutListing, Fact):
    """A removed listing was put back."""

    name: ClassVar[str] = "listings.listing.reinstated"


@dataclass(frozen=True, kw_only=True)
class ModelTrained(Fact):
    """A model was fitted to labelled listings; it scores nothing before somebody promotes it."""

    name: ClassVar[str] = "listings.model.trained"
    model: str
    origin: str


@dataclass(frozen=True, kw_only=True)
class ModelPromoted(Fact):
    """From now on this model scores."""

    name: ClassVar[str] = "listings.model.promoted"
    model: str


@dataclass(frozen=True, kw_only=True)
class SweepReviewed(Fact):
    """A person looked at what is like a confirmed fake; ``flagged`` of the ``proposed`` listings went to the desk."""

    name: ClassVar[str] = "listings.sweep.reviewed"
    sweep_id: int
    listing_id: int
    proposed: int
    flagged: int
