"""What a shop still has to show."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klean.core.policy.queries import day_of, policy_at
from screening.checks.permit.papers import PermitsNeeded, Shown, lacking
from sellers.models import SalesPermit, Seller
from sellers.models.identity import words_of_category


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


@dataclass(frozen=True)
class Paper:
    """A kind of paper that the policy asks for goods of a category, and whether the shop has one in force."""

    category: str
    kind: str
    is_held: bool

    @property
    def words(self) -> str:
        return str(SalesPermit.Kind(self.kind).label)

    @property
    def category_words(self) -> str:
        return words_of_category(self.category)


def papers_of(seller: Seller, *, at: datetime) -> list[Paper]:
    """Every paper that the policy asks for."""
    permits = policy_at(at)[PermitsNeeded].root
    asked = [(category, kind) for category, kinds in permits.items() for kind in kinds]
    missing = lacking(asked, permits_held([seller.pk], on=day_of(at))[seller.pk])
    return [Paper(category, kind, (category, kind) not in missing) for category, kind in asked]


def permits_held(seller_ids: Collection[int], *, on: date) -> dict[int, list[Shown]]:
    """For each of the sellers (pks), what it holds in force; in one query."""
    rows = SalesPermit.objects.filter(seller__in=seller_ids).exclude(valid_until__lt=on)
    found: dict[int, list[Shown]] = {seller_id: [] for seller_id in seller_ids}
    for seller_id, category, kind in rows.values_list("seller_id", "category", "kind"):
        found[seller_id].append((category, kind))
    return found
