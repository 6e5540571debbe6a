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
    """Screening flagged a listing; ``signal_kinds`` are the kinds of its strongest signals, ``brand`` is the brand they point to."""

    name: ClassVar[str] = "listings.listing.flagged"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
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
    """A listing was held for a person to review: its screening failed, or one of its pictures cannot be read."""

    name: ClassVar[str] = "listings.listing.held_for_review"
    sentence: ClassVar[str] = N_("Listing %(listing)s held for a person to review")
    screening_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class ListingCleared(AboutListing):
    """A listing that had been flagged was screened again and is clear."""

    name: ClassVar[str] = "listings.listing.cleared"
    sentence: ClassVar[str] = N_("Listing %(listing)s screened again and found clear")
    screening_id: int


@dataclass(frozen=True, kw_only=True)
class ListingQuarantined(AboutListing):
    """A listing was taken off sale while it is examined."""

    name: ClassVar[str] = "listings.listing.quarantined"
    sentence: ClassVar[str] = N_("Listing %(listing)s taken off sale while a case is open")
    reason: str


@dataclass(frozen=True, kw_only=True)
class ListingReleased(AboutListing):
    """A quarantine or a hold ended in the listing's favour."""

    name: ClassVar[str] = "listings.listing.released"
    sentence: ClassVar[str] = N_("Listing %(listing)s back on sale")


@dataclass(frozen=True, kw_only=True)
class ListingRemoved(AboutListing):
    """A listing was removed by a decision."""

    name: ClassVar[str] = "listings.listing.removed"
    sentence: ClassVar[str] = N_("Listing %(listing)s removed")
    reason: str


@dataclass(frozen=True, kw_only=True)
class ListingReinstated(AboutListing):
    """A removed listing was put back."""

    name: ClassVar[str] = "listings.listing.reinstated"
    sentence: ClassVar[str] = N_("Listing %(listing)s reinstated")


@dataclass(frozen=True, kw_only=True)
class ModelTrained(Fact):
    """A model was trained; it scores no listing until somebody promotes it."""

    name: ClassVar[str] = "listings.model.trained"
    sentence: ClassVar[str] = N_("Screening model %(model)s trained")
    model: str
    origin: str


@dataclass(frozen=True, kw_only=True)
class ModelPromoted(Fact):
    """A model was put to use: it scores listings from now on."""

    name: ClassVar[str] = "listings.model.promoted"
    sentence: ClassVar[str] = N_("Screening model %(model)s put to use")
    model: str


@dataclass(frozen=True, kw_only=True)
class SweepReviewed(Fact):
    """A person reviewed listings similar to a confirmed counterfeit; ``flagged`` of the ``proposed`` ones went to the protection team."""

    name: ClassVar[str] = "listings.sweep.reviewed"
    sentence: ClassVar[str] = N_("Listings similar to a confirmed counterfeit reviewed")
    sweep_id: int
    listing_id: int
    proposed: int
    flagged: int
