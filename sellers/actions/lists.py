"""A rights holder's own list of who may sell a brand."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from brands.models import Brand
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused
from sellers.facts import SellerListChanged
from sellers.models import ListedSeller
from sellers.rules.lists import Line

MAX_SELLERS = 5000


@transaction.atomic
def list_authorised_sellers(brand: Brand, lines: Sequence[Line], *, at: datetime, actor: Actor) -> int:
    """Take the list in the place of the one before; what it grants is looked at when a shop's letter is reviewed."""
    if len(lines) > MAX_SELLERS:
        raise Refused(
            _("A list has at most %(most)s sellers.") % {"most": f"{MAX_SELLERS:,}"}, code="too_many"
        )
    brand = lock_row(Brand, brand.pk)
    brand.listed_sellers.all().delete()
    ListedSeller.objects.bulk_create(
        ListedSeller(
            brand=brand,
            name=line.name,
            business_registration_number=line.number,
            valid_until=line.valid_until,
        )
        for line in lines
    )
    record(
        SellerListChanged(brand=brand.name, brand_id=brand.pk, entries=len(lines)),
        about=brand,
        at=at,
        actor=actor,
    )
    return len(lines)
