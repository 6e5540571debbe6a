"""Listings on offer, and reports of them."""

from datetime import datetime, timedelta
from typing import Any

from klean.core.access.models import Membership, Organisation, Role, User
from listings.actions.stops import remove_listing
from listings.actions.upserts import upsert_listings
from listings.models import Listing
from listings.rules.rows import ListingRow
from reports.actions.answers import close_notices
from reports.actions.notices import Filed, Notifier, file_notice
from reports.models.notices import Notice
from tests.fixtures import NOON, TESTER
from tests.make.brands import ip_right, rights_holder
from tests.make.sellers import seller


def offer(
    external_id: str = "1005", title: str = "Haneul bag, as new", *, by: str = "s-100", **also: Any
) -> Listing:
    """A listing in the catalogue."""
    row = ListingRow(
        external_id=external_id, seller=seller(by).external_id, title=title, price=129_000, **also
    )
    upsert_listings([row], at=NOON, actor=TESTER)
    return Listing.objects.select_related("seller").get(external_id=external_id)


def offers(count: int) -> list[Listing]:
    shop = seller().external_id
    rows = [
        ListingRow(external_id=f"b-{n}", seller=shop, title=f"Haneul bag {n}", price=50_000)
        for n in range(count)
    ]
    upsert_listings(rows, at=NOON, actor=TESTER)
    return list(Listing.objects.filter(external_id__startswith="b-").order_by("pk"))


def consumer(email: str = "jiwoo@test.klean") -> User:
    user, is_new = User.objects.get_or_create(email=email, defaults={"language": "en", "name": "Kim Jiwoo"})
    if is_new:
        Membership.objects.create(user=user, role=Role.CONSUMER)
    return user


def holder_person(name: str = "Haneul Mills", email: str = "legal@haneul.example") -> User:
    """A person who files notices for a rights holder that has one right."""
    holder = rights_holder(name)
    user, is_new = User.objects.get_or_create(email=email, defaults={"language": "en", "name": "Park Sora"})
    if is_new:
        ip_right(holder)
        Membership.objects.create(user=user, organisation=holder.organisation, role=Role.RIGHTS_HOLDER)
    return user


def organisation_of(user: User) -> Organisation:
    return Organisation.objects.get(memberships__user=user)


def shopkeeper(shop: str = "s-100") -> User:
    """A person who acts for this shop."""
    by = seller(shop)
    user, is_new = User.objects.get_or_create(email="minsu@shop.example", defaults={"language": "en"})
    if is_new:
        organisation = Organisation.objects.create(name="Minsu's shop", kind=Organisation.Kind.SELLER)
        type(by).objects.filter(pk=by.pk).update(organisation=organisation)
        Membership.objects.create(user=user, organisation=organisation, role=Role.SELLER)
    return user


def anonymous(email: str = "", secret: str = "a browser's secret") -> Notifier:
    return Notifier.anonymous(secret, email=email, language="en")


def filed(*listings: Listing, by: Notifier | None = None, **also: Any) -> Filed:
    also = {"reason": "COUNTERFEIT", "at": NOON, "actor": TESTER} | also
    return file_notice(listings, by or anonymous(), **also)


def notice(*listings: Listing, by: Notifier | None = None, **also: Any) -> Notice:
    return filed(*(listings or (offer(),)), by=by, **also).notice


def decide_on(*listings: Listing) -> datetime:
    """A day after noon these are removed and whoever reported them is answered."""
    at = NOON + timedelta(days=1)
    for listing in listings:
        remove_listing(listing, reason="counterfeit", at=at, actor=TESTER)
        close_notices(listing, upheld=True, at=at, actor=TESTER)
    return at


def answered_reports(
    count: int, *, upheld: bool, by: Notifier | None = None, start: int = 0, at: datetime = NOON
) -> str:
    """So many listings reported by one person and answered; the key of the reporter."""
    by = by or Notifier.consumer(consumer())
    for n in range(start, start + count):
        listing = offer(f"r-{n}")
        notice(listing, by=by, at=at)
        close_notices(listing, upheld=upheld, at=at, actor=TESTER)
    return by.key
