from listings.actions.banks import bump_bank
from listings.actions.screenings import hold_overdue_listings, rescreen_listings, screen_due_listings
from listings.actions.stops import quarantine_listing, reinstate_listing, release_listing, remove_listing
from listings.actions.upserts import Upserted, upsert_listings

__all__ = [
    "Upserted",
    "bump_bank",
    "hold_overdue_listings",
    "quarantine_listing",
    "reinstate_listing",
    "release_listing",
    "remove_listing",
    "rescreen_listings",
    "screen_due_listings",
    "upsert_listings",
]
