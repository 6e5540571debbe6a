"""What makes screening load again what it compares with."""

from brands.facts import BrandChanged, BrandRegistered, ReferenceAdded, ReferenceRetired
from klean.core.events.models import Event
from klean.core.events.subscriptions import on
from klean.core.policy.facts import PolicyPublished
from klean.core.policy.models import PolicyVersion
from listings.actions.banks import bump_bank
from listings.actions.references import ask_for_descriptions
from listings.actions.rescreenings import ask_for_rescreening
from listings.actions.screenings import rescreen_listings
from listings.facts import ListingReinstated, ListingRemoved
from listings.models import Rescreening
from listings.queries.catalogue import on_sale_of
from sellers.facts import (
    AuthorisationApproved,
    AuthorisationExpired,
    AuthorisationRestored,
    AuthorisationRevoked,
    AuthorisationSuspended,
    BusinessLapsed,
    BusinessRestored,
    PermitExpired,
    PermitSubmitted,
)


@on(BrandRegistered, BrandChanged)
def a_brand_is_known_better(event: Event) -> None:
    bump_bank("brands")
    bump_bank("prices")
    ask_for_rescreening(Rescreening.Cause.BRAND, event, due_at=event.at)


@on(ReferenceAdded, ListingRemoved)
def a_picture_can_be_looked_for(event: Event) -> None:
    ask_for_descriptions()


@on(ReferenceAdded)
def a_reference_was_added(event: Event) -> None:
    ask_for_rescreening(Rescreening.Cause.REFERENCE, event, due_at=event.at)


@on(PolicyPublished)
def rules_were_published(event: Event) -> None:
    version = PolicyVersion.objects.get(name=event.data["policy"])
    ask_for_rescreening(Rescreening.Cause.POLICY, event, due_at=max(event.at, version.in_force_from))


@on(ReferenceRetired, ListingRemoved, ListingReinstated)
def a_bank_of_pictures_changed(event: Event) -> None:
    bump_bank("references")


@on(
    AuthorisationApproved,
    AuthorisationRestored,
    AuthorisationExpired,
    AuthorisationRevoked,
    AuthorisationSuspended,
    BusinessLapsed,
    BusinessRestored,
    PermitSubmitted,
    PermitExpired,
)
def what_a_seller_may_sell_changed(event: Event) -> None:
    rescreen_listings(on_sale_of(event.data["seller_id"]), at=event.at, keeps_pictures=True)
