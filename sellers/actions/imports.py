"""Authorisations that the marketplace has checked itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from brands.actions.catalogue import Upserted
from brands.models import Brand
from klean.core.events.actors import Actor
from klean.core.events.record import record_all
from klean.core.rows.locks import lock_name
from sellers.actions.guards import fact_about
from sellers.facts import AuthorisationApproved
from sellers.models import BrandAuthorisation, Seller


@dataclass(frozen=True, kw_only=True)
class NewAuthorisation:
    seller: Seller
    brand: Brand
    valid_from: date
    valid_until: date
    territory: tuple[str, ...]

    @property
    def key(self) -> tuple[int, int, date]:
        return self.seller.pk, self.brand.pk, self.valid_from


@transaction.atomic
def register_authorisations(rows: Sequence[NewAuthorisation], *, at: datetime, actor: Actor) -> Upserted:
    """Take over what the marketplace grants, by seller, brand and first day.

    One that is in force takes the new end and territory; what was revoked or is over stays so.
    """
    lock_name("sellers.authorisations")
    by_key = {row.key: row for row in rows}
    known = _known(by_key)
    changed = [old for key, old in known.items() if _take(old, by_key[key])]
    new = [
        BrandAuthorisation(
            seller=row.seller,
            brand=row.brand,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            territory=list(row.territory),
            submitted_by=str(actor),
            submitted_at=at,
            decided_by=str(actor),
            decided_at=at,
        )
        for key, row in by_key.items()
        if key not in known
    ]
    BrandAuthorisation.objects.bulk_create(new)
    BrandAuthorisation.step_all(new, BrandAuthorisation.State.APPROVED)
    BrandAuthorisation.objects.bulk_update(changed, ["valid_until", "territory"])
    facts = [(fact_about(AuthorisationApproved, row), row) for row in [*new, *changed]]
    record_all(facts, at=at, actor=actor)
    return Upserted(len(new), len(changed), len(by_key) - len(new) - len(changed))


def _known(
    by_key: dict[tuple[int, int, date], NewAuthorisation],
) -> dict[tuple[int, int, date], BrandAuthorisation]:
    """What was taken over before, held; the latest row where a seller has several."""
    rows = BrandAuthorisation.objects.filter(
        seller__in={row.seller.pk for row in by_key.values()},
        valid_from__in={row.valid_from for row in by_key.values()},
        document=None,
    )
    found = {
        (old.seller_id, old.brand_id, old.valid_from): old
        for old in rows.select_for_update(of=("self",)).select_related("seller", "brand").order_by("pk")
    }
    return {key: old for key, old in found.items() if key in by_key}


def _take(old: BrandAuthorisation, row: NewAuthorisation) -> bool:
    terms = (row.valid_until, list(row.territory))
    if old.state not in BrandAuthorisation.IN_FORCE or (old.valid_until, old.territory) == terms:
        return False
    old.valid_until, old.territory = terms
    return True
