"""Past buyers of a confirmed fake are told by the marketplace, which knows them; and told again when it falls."""

from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction

from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.operations.due_work import NotYet, work_off
from klean.core.operations.wake import wake
from klean.core.policy.queries import policy_at
from listings.models import Listing
from refunds.facts.alarms import BuyerWarningSent
from refunds.gateways.marketplace import GatewayDown
from refunds.gateways.orders import warn_buyers
from refunds.models.watches import BuyerWarning
from refunds.rules.policy import Refunds

TIMEOUT = timedelta(seconds=10)  # an answer at the last moment
WARNINGS = Actor("system", "buyer-warnings")
Kind = BuyerWarning.Kind


def write_warning(listing: Listing, *, at: datetime, actor: Actor) -> None:
    """Have past buyers told that this listing is a fake."""
    _write(listing, Kind.CONFIRMED, confirmed_at=at, at=at)


def retract_warning(listing: Listing, *, at: datetime, actor: Actor) -> None:
    """Whoever was told of a fake is told that it was none; a warning that nobody was told of is dropped."""
    standing = (
        BuyerWarning.objects.select_for_update(no_key=True).filter(listing=listing).order_by("-pk").first()
    )
    if standing is None or standing.kind == Kind.RETRACTED:
        return
    if standing.sent_at is None and standing.attempts == 0:
        standing.delete()
    else:
        _write(listing, Kind.RETRACTED, confirmed_at=standing.confirmed_at, at=at)


def _write(listing: Listing, kind: BuyerWarning.Kind, *, confirmed_at: datetime, at: datetime) -> None:
    BuyerWarning.objects.create(listing=listing, kind=kind, confirmed_at=confirmed_at, due_at=at)
    wake("refunds.tasks.send_due_warnings")


def send_due_warnings(*, at: datetime, limit: int = 20) -> int:
    """Hand due warnings to the marketplace, each under one key; without an answer one stays due."""
    return work_off(BuyerWarning, partial(_send, at=at), at=at, batch=limit, timeout=TIMEOUT)


def _send(warning: BuyerWarning, *, at: datetime) -> None:
    listing = warning.listing
    back = timedelta(days=policy_at(at)[Refunds].warn_buyers_of_days)
    try:
        buyers = warn_buyers(
            key=str(warning.key),
            listing=listing.external_id,
            kind=warning.kind,
            bought_since=warning.confirmed_at - back,
            link=f"{settings.KLEAN_URL}/refunds?listing={listing.external_id}",
        )
    except GatewayDown as failure:
        raise NotYet(failure) from failure
    _settle(warning, buyers, at=at)


@transaction.atomic
def _settle(warning: BuyerWarning, buyers: int, *, at: datetime) -> None:
    unsent = BuyerWarning.objects.filter(pk=warning.pk, sent_at=None)
    if unsent.update(sent_at=at, buyers=buyers, due_at=None, last_error=""):
        listing = warning.listing
        fact = BuyerWarningSent(
            listing=listing.external_id, listing_id=listing.pk, kind=warning.kind, buyers=buyers
        )
        record(fact, about=warning, at=at, actor=WARNINGS)
