"""Shops, in batches; and the standing of one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as data_field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from brands.actions.catalogue import Upserted
from klean.core.access.models import Organisation
from klean.core.events.actors import Actor
from klean.core.events.facts import Fact
from klean.core.events.record import record, record_all
from klean.core.rows.locks import lock_name, lock_row
from klean.core.rows.refusals import Refused
from sellers.actions.links import LINKS, SellerTraits, note_traits
from sellers.facts import SellerChanged, SellerRegistered, StandingChanged
from sellers.models import Seller, SellerTrait, TraderEntity


@dataclass(frozen=True, kw_only=True)
class NewSeller:
    """What a source tells of a shop; None is what it does not speak of, and stays as it is."""

    external_id: str
    name: str
    business_registration_number: str | None = None
    country: str | None = None
    joined_at: datetime | None = None
    contact_email: str | None = None
    contact_phone: str | None = None
    representative: str | None = None
    opened_on: date | None = None
    mail_order_number: str | None = None
    traits: Mapping[str, list[str]] = data_field(default_factory=dict)


FIELDS = ["name", "country", "joined_at", "trader_entity", "contact_email", "contact_phone"]
OF_TRADER = ["representative", "opened_on", "mail_order_number"]


@transaction.atomic
def register_sellers(rows: Sequence[NewSeller], *, at: datetime, actor: Actor) -> Upserted:
    """Register or change shops by the marketplace's id; of one told twice the later wins."""
    lock_name("sellers")
    by_id = {row.external_id: row for row in rows}
    known = Seller.objects.in_bulk(list(by_id), field_name="external_id")
    traders = _traders(by_id.values(), at=at)
    written: list[Seller] = []
    changes: dict[str, list[str]] = {}
    for external_id, row in by_id.items():
        seller = known.get(external_id) or Seller(external_id=external_id, joined_at=at)
        changed = _take(seller, row, traders)
        if changed or external_id not in known:
            written.append(seller)
            changes[external_id] = changed
    Seller.objects.bulk_create(
        written, update_conflicts=True, unique_fields=["external_id"], update_fields=FIELDS
    )
    record_all([(_fact_of(seller, known, changes), seller) for seller in written], at=at, actor=actor)
    ids = known | {seller.external_id: seller for seller in written}
    traits = [SellerTraits(ids[each.external_id].pk, _traits_of(each)) for each in by_id.values()]
    note_traits(traits, at=at, actor=LINKS)
    new = len(by_id.keys() - known.keys())
    return Upserted(new, len(written) - new, len(by_id) - len(written))


def _traders(rows: Iterable[NewSeller], *, at: datetime) -> dict[str, TraderEntity]:
    """The entity of each business registration number; one not known yet is made, and the tax office asked about it."""
    wanted = {
        row.business_registration_number: row
        for row in reversed(list(rows))
        if row.business_registration_number
    }
    known = TraderEntity.objects.in_bulk(list(wanted), field_name="business_registration_number")
    new = [
        TraderEntity(
            name=row.name,
            business_registration_number=number,
            country=row.country or "",
            due_at=at,
            **{name: getattr(row, name) for name in OF_TRADER if getattr(row, name) is not None},
        )
        for number, row in wanted.items()
        if number not in known
    ]
    changed = [trader for number, trader in known.items() if _take_identity(trader, wanted[number], at=at)]
    TraderEntity.objects.bulk_update(changed, [*OF_TRADER, "due_at"])
    made = TraderEntity.objects.bulk_create(new)
    return known | {str(trader.business_registration_number): trader for trader in made}


def _take_identity(trader: TraderEntity, row: NewSeller, *, at: datetime) -> bool:
    """What changed is asked about anew."""
    given = {name: getattr(row, name) for name in OF_TRADER if getattr(row, name) is not None}
    changed = {name: value for name, value in given.items() if value != getattr(trader, name)}
    for name, value in changed.items():
        setattr(trader, name, value)
    if changed:
        trader.due_at = at
    return bool(changed)


def _traits_of(row: NewSeller) -> dict[str, list[str]]:
    """What the row speaks of, by which shops of the same people are found."""
    kind = SellerTrait.Kind
    given = {
        kind.BUSINESS_NUMBER: row.business_registration_number,
        kind.EMAIL: row.contact_email,
        kind.PHONE: row.contact_phone,
        kind.REPRESENTATIVE: row.representative,
    }
    return {str(name): [value] for name, value in given.items() if value is not None} | dict(row.traits)


def _take(seller: Seller, row: NewSeller, traders: dict[str, TraderEntity]) -> list[str]:
    trader = traders.get(row.business_registration_number or "")
    given = {
        "name": row.name,
        "country": row.country,
        "joined_at": row.joined_at,
        "trader_entity_id": trader and trader.pk,
        "contact_email": row.contact_email,
        "contact_phone": row.contact_phone,
    }
    changed = [
        field for field, value in given.items() if value is not None and value != getattr(seller, field)
    ]
    for field in changed:
        setattr(seller, field, given[field])
    return [field.removesuffix("_id") for field in changed]


def _fact_of(seller: Seller, known: dict[str, Seller], changes: dict[str, list[str]]) -> Fact:
    external_id = seller.external_id
    if external_id not in known:
        return SellerRegistered(seller=external_id, seller_id=seller.pk)
    return SellerChanged(seller=external_id, seller_id=seller.pk, fields=changes[external_id])


@transaction.atomic
def link_sellers(
    organisation: Organisation, external_ids: Iterable[str], *, at: datetime, actor: Actor
) -> list[Seller]:
    """Let an organisation's people act for shops that are registered and nobody else's."""
    lock_name("sellers")
    wanted = set(external_ids)
    sellers = list(Seller.objects.filter(external_id__in=wanted))
    if missing := wanted - {seller.external_id for seller in sellers}:
        raise Refused(_("No seller is registered as %(ids)s.") % {"ids": ", ".join(sorted(missing))})
    for seller in sellers:
        if seller.organisation_id not in {None, organisation.pk}:
            raise Refused(_("%(seller)s already belongs to another organisation.") % {"seller": seller.name})
    linked = [seller for seller in sellers if seller.organisation_id is None]
    Seller.objects.filter(pk__in=[seller.pk for seller in linked]).update(organisation=organisation)
    facts = [
        (SellerChanged(seller=seller.external_id, seller_id=seller.pk, fields=["organisation"]), seller)
        for seller in linked
    ]
    record_all(facts, at=at, actor=actor)
    return sellers


def lock_seller(seller_id: int) -> Seller:
    """The seller by pk, kept from everybody else until the transaction ends."""
    return lock_row(Seller, seller_id)


@transaction.atomic
def set_standing(seller: Seller, standing: Seller.Standing, *, at: datetime, actor: Actor) -> bool:
    """Write what the live sanctions say; the standing that it has already says nothing and answers False."""
    locked = lock_seller(seller.pk)
    before, seller.standing = locked.standing, standing
    if before == standing:
        return False
    Seller.objects.filter(pk=locked.pk).update(standing=standing)
    fact = StandingChanged(seller=locked.external_id, seller_id=locked.pk, before=before, after=standing)
    record(fact, about=locked, at=at, actor=actor)
    return True
