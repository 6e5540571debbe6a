"""What the people of a shop are written, and what a right that falls does to letters."""

from brands.facts import IPRightConfirmed, IPRightFell, RightsTied
from brands.queries import brands_of_right
from klean.core.actors import Actor
from klean.core.events import on
from klean.core.models import Event
from sellers.actions.answers import tell_of_payout, tell_of_permit, tell_seller, tell_shop
from sellers.actions.chains import weigh_rights_behind
from sellers.facts import (
    AuthorisationApproved,
    AuthorisationContested,
    AuthorisationExpired,
    AuthorisationExpiring,
    AuthorisationInfoRequested,
    AuthorisationRejected,
    AuthorisationRestored,
    AuthorisationRevoked,
    AuthorisationSuspended,
    BusinessLapsed,
    BusinessRestored,
    PayoutChangeCancelled,
    PayoutChanged,
    PayoutChangeRequested,
    PermitEnded,
)

REGISTER = Actor("system", "register")


@on(
    AuthorisationApproved,
    AuthorisationRejected,
    AuthorisationInfoRequested,
    AuthorisationExpiring,
    AuthorisationExpired,
    AuthorisationRevoked,
    AuthorisationSuspended,
    AuthorisationRestored,
    AuthorisationContested,
)
def something_happened_to_a_letter(event: Event) -> None:
    tell_seller(event, at=event.at)


@on(BusinessLapsed, BusinessRestored)
def the_tax_office_spoke(event: Event) -> None:
    tell_shop(event, at=event.at)


@on(PermitEnded)
def a_permit_ran_out(event: Event) -> None:
    tell_of_permit(event, at=event.at)


@on(PayoutChangeRequested, PayoutChangeCancelled, PayoutChanged)
def money_is_to_go_elsewhere(event: Event) -> None:
    tell_of_payout(event, at=event.at)


@on(IPRightConfirmed, IPRightFell)
def a_right_fell_or_came_back(event: Event) -> None:
    weigh_rights_behind(brands_of_right(event.data["ip_right_id"]), at=event.at, actor=REGISTER)


@on(RightsTied)
def other_rights_stand_behind_a_brand(event: Event) -> None:
    weigh_rights_behind([event.data["brand_id"]], at=event.at, actor=REGISTER)
