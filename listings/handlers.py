"""What makes screening load again what it compares with."""

from brands.facts import BrandChanged, BrandRegistered, ReferenceAdded, ReferenceRetired
from klean.core.events import on
from klean.core.models import Event
from listings.actions import ask_for_descriptions, bump_bank
from listings.facts import ListingReinstated, ListingRemoved


@on(BrandRegistered, BrandChanged)
def a_brand_is_known_better(event: Event) -> None:
    bump_bank("brands")


@on(ReferenceAdded)
def a_reference_was_added(event: Event) -> None:
    ask_for_descriptions()


@on(ReferenceRetired, ListingRemoved, ListingReinstated)
def a_bank_of_pictures_changed(event: Event) -> None:
    bump_bank("references")
