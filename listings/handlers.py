"""What makes screening load again what it compares with."""

from collections.abc import Sequence

from brands.facts import BrandChanged, BrandRegistered, ReferenceAdded, ReferenceRetired
from klean.core.events.facts import Fact
from klean.core.events.models import Event
from klean.core.events.subscriptions import on
from klean.core.policy.facts import PolicyPublished
from klean.core.policy.models import PolicyVersion
from listings.actions.banks import bump_bank
from listings.actions.references import ask_for_descriptions
from listings.actions.rescreenings import ask_for_rescreening
from listings.actions.screenings import SCREENING, rescreen_listings
from listings.facts import ListingReinstated, ListingRemoved
from listings.models import Rescreening
from listings.queries.catalogue import on_sale_of
from sellers.facts import (
    AboutSeller,
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


@on(BrandRegistered, BrandChanged, in_batches_of=200)
def brands_are_known_better(changed: Sequence[tuple[BrandRegistered | BrandChanged, Event]]) -> None:
    _first_fact, first = changed[0]
    for bank in ("brands", "prices"):
        bump_bank(bank, at=first.at, actor=SCREENING)
    ask_for_rescreening(Rescreening.Cause.BRAND, first, at=first.at, actor=SCREENING)


@on(ReferenceAdded, ListingRemoved, in_batches_of=200)
def pictures_can_be_searched_for(_known: Sequence[tuple[ReferenceAdded | ListingRemoved, Event]]) -> None:
    ask_for_descriptions()


@on(ReferenceAdded, in_batches_of=200)
def references_were_added(added: Sequence[tuple[ReferenceAdded, Event]]) -> None:
    _first_fact, first = added[0]
    ask_for_rescreening(Rescreening.Cause.REFERENCE, first, at=first.at, actor=SCREENING)


@on(PolicyPublished)
def rules_were_published(fact: PolicyPublished, event: Event) -> None:
    version = PolicyVersion.objects.get(name=fact.policy)
    begins_at = max(event.at, version.in_force_from)
    ask_for_rescreening(Rescreening.Cause.POLICY, event, at=begins_at, actor=SCREENING)


@on(ReferenceRetired, ListingRemoved, ListingReinstated, in_batches_of=200)
def a_bank_of_pictures_changed(changed: Sequence[tuple[Fact, Event]]) -> None:
    _last_fact, last = changed[-1]
    bump_bank("references", at=last.at, actor=SCREENING)


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
    in_batches_of=200,
)
def what_sellers_may_sell_changed(changed: Sequence[tuple[AboutSeller, Event]]) -> None:
    sellers = {fact.seller_id for fact, _event in changed}
    at = max(event.at for _fact, event in changed)
    rescreen_listings(on_sale_of(sellers), keeps_pictures=True, at=at, actor=SCREENING)
