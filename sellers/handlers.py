"""What the people of a shop are written, and what a right that falls does to letters."""

from brands.facts import BrandRightsChanged, IPRightConfirmed, IPRightEnded
from brands.queries import brands_of_right
from klean.core.events.actors import Actor
from klean.core.events.models import Event
from klean.core.events.subscriptions import on
from sellers.actions.answers import (
    notify_of_authorisation,
    notify_of_business,
    notify_of_payout,
    notify_of_permit,
)
from sellers.actions.chains import weigh_rights_behind
from sellers.facts import (
    AboutAuthorisation,
    AboutPayoutAccount,
    AuthorisationApproved,
    AuthorisationContested,
    AuthorisationExpired,
    AuthorisationExpiryAnnounced,
    AuthorisationInfoRequested,
    AuthorisationRejected,
    AuthorisationRestored,
    AuthorisationRevoked,
    AuthorisationSuspended,
    BusinessLapsed,
    BusinessRestored,
    PayoutAccountChanged,
    PayoutChangeCancelled,
    PayoutChangeRequested,
    PermitExpired,
)

REGISTER = Actor("system", "register")


@on(
    AuthorisationApproved,
    AuthorisationRejected,
    AuthorisationInfoRequested,
    AuthorisationExpiryAnnounced,
    AuthorisationExpired,
    AuthorisationRevoked,
    AuthorisationSuspended,
    AuthorisationRestored,
    AuthorisationContested,
)
def something_happened_to_a_letter(fact: AboutAuthorisation, event: Event) -> None:
    notify_of_authorisation(fact.authorisation_id, event=event, at=event.at)


@on(BusinessLapsed, BusinessRestored)
def the_tax_office_answered(fact: BusinessLapsed | BusinessRestored, event: Event) -> None:
    notify_of_business(fact.seller_id, event=event, at=event.at)


@on(PermitExpired)
def a_permit_ran_out(fact: PermitExpired, event: Event) -> None:
    notify_of_permit(fact.permit_id, event=event, at=event.at)


@on(PayoutChangeRequested, PayoutChangeCancelled, PayoutAccountChanged)
def money_is_to_go_elsewhere(fact: AboutPayoutAccount, event: Event) -> None:
    notify_of_payout(fact.payout_account_id, event=event, at=event.at)


@on(IPRightConfirmed, IPRightEnded)
def a_right_fell_or_came_back(fact: IPRightConfirmed | IPRightEnded, event: Event) -> None:
    weigh_rights_behind(brands_of_right(fact.ip_right_id), at=event.at, actor=REGISTER)


@on(BrandRightsChanged)
def other_rights_stand_behind_a_brand(fact: BrandRightsChanged, event: Event) -> None:
    weigh_rights_behind([fact.brand_id], at=event.at, actor=REGISTER)
