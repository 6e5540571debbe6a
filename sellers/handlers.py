"""What the people of a shop are written when something happens to their letter."""

from klean.core.events import on
from klean.core.models import Event
from sellers.actions import tell_seller
from sellers.facts import (
    AuthorisationApproved,
    AuthorisationExpired,
    AuthorisationExpiring,
    AuthorisationInfoRequested,
    AuthorisationRejected,
    AuthorisationRevoked,
    AuthorisationSuspended,
)


@on(
    AuthorisationApproved,
    AuthorisationRejected,
    AuthorisationInfoRequested,
    AuthorisationExpiring,
    AuthorisationExpired,
    AuthorisationRevoked,
    AuthorisationSuspended,
)
def something_happened_to_a_letter(event: Event) -> None:
    tell_seller(event, at=event.at)
