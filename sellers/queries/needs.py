"""What a shop still has to show."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klean.core.policy import policy_at
from sellers.models import Seller


@dataclass(frozen=True)
class Need:
    """One thing that a shop shows about itself, and whether it has."""

    words: Promise
    is_met: bool | None


def needs_of(seller: Seller, *, at: datetime) -> list[Need]:
    """What the shop has shown and what is missing, in the order in which to do it."""
    trader = seller.trader_entity
    accounts = {account.state for account in seller.payout_accounts.all()}
    status = trader.business_status if trader else "UNKNOWN"
    return [
        Need(_("Business registration number"), trader is not None),
        Need(_("Confirmed by the tax office"), None if status == "UNKNOWN" else status == "ACTIVE"),
        Need(_("Mail-order report number"), bool(trader and trader.mail_order_number)),
        Need(_("Contact e-mail and phone"), bool(seller.contact_email and seller.contact_phone)),
        Need(_("Settlement account"), None if accounts == {"COOLING"} else "ACTIVE" in accounts),
    ]


def missing_permits(seller: Seller, category: str, *, at: datetime) -> list[str]:
    """The kinds of permits that the policy asks for goods of the category and the shop has none in force of."""
    wanted = policy_at(at).section("permits").get(category, [])
    day = timezone.localdate(at)
    held = {permit.kind for permit in seller.permits.filter(category=category) if permit.holds_on(day)}
    return [kind for kind in wanted if kind not in held]
