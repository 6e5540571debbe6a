"""The exhibit's way from hand to hand."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.files.models import StoredFile
from klean.core.files.store import DOCUMENTS, PICTURES, VIDEOS, keep_file
from klean.core.privacy.legal_holds import refuse_if_on_legal_hold
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused
from mystery_shop.facts import CustodyRecorded
from mystery_shop.models import CustodyEvent, TestPurchase
from mystery_shop.rules.custody import FIRST, commitment, entry_hash, state_after


@dataclass(frozen=True, slots=True)
class HandOver:
    """What the person on the spot writes down."""

    kind: CustodyEvent.Kind
    from_party: str
    to_party: str
    place: str
    happened_at: datetime
    seal_number: str = ""
    is_seal_intact: bool = True
    photo: bytes | None = None
    video: bytes | None = None
    certificate: bytes | None = None
    weight: int | None = None
    note: str = ""


@transaction.atomic
def record_custody(
    purchase: TestPurchase, hand_over: HandOver, *, at: datetime, actor: Actor
) -> CustodyEvent:
    """Add one sealed entry to the chain and move the purchase to where the exhibit now is."""
    purchase = lock_row(TestPurchase, purchase.pk)
    last = purchase.custody.order_by("-number").first()
    after = state_after(hand_over.kind, purchase.state, last.kind if last else "")
    if after is None:
        raise Refused(
            _("“%(kind)s” cannot be recorded while the purchase is %(state)s.")
            % {"kind": hand_over.kind.label, "state": purchase.get_state_display()},
            code="custody_order",
        )
    _refuse_what_cannot_be(purchase, hand_over, last, at)
    _refuse_to_name_the_shopper(purchase, hand_over)
    if hand_over.kind == CustodyEvent.Kind.DESTROYED:
        _refuse_destruction(purchase, hand_over)
    event = _sealed(purchase, hand_over, last, at=at, actor=actor)
    if after != purchase.state:
        also = {"seal_number": hand_over.seal_number} if hand_over.kind == CustodyEvent.Kind.SEALED else {}
        purchase.step(after, **also)
    fact = CustodyRecorded(
        purchase_id=purchase.pk,
        custody_event_id=event.pk,
        kind=event.kind,
        is_seal_intact=event.is_seal_intact,
        hash=event.hash,
    )
    record(fact, about=purchase, at=at, actor=actor)
    return event


def _refuse_what_cannot_be(
    purchase: TestPurchase, hand_over: HandOver, last: CustodyEvent | None, at: datetime
) -> None:
    if hand_over.happened_at > at:
        raise Refused(_("This lies in the future."), code="happened_at")
    if last and hand_over.happened_at < last.happened_at:
        raise Refused(_("This lies before the entry before it."), code="happened_at")
    if hand_over.kind == CustodyEvent.Kind.SEALED and not hand_over.seal_number:
        raise Refused(_("Say the number of the seal."), code="seal_number")
    is_another_seal = purchase.seal_number and hand_over.seal_number not in {"", purchase.seal_number}
    if is_another_seal and hand_over.is_seal_intact:
        raise Refused(
            _("The exhibit bears seal %(seal)s. If it now bears another, the seal is not intact.")
            % {"seal": purchase.seal_number},
            code="seal_number",
        )


def _refuse_destruction(purchase: TestPurchase, hand_over: HandOver) -> None:
    refuse_if_on_legal_hold(purchase)
    if not hand_over.certificate:
        raise Refused(_("An exhibit is destroyed with a certificate: add it."), code="certificate")


def _refuse_to_name_the_shopper(purchase: TestPurchase, hand_over: HandOver) -> None:
    """Examiners and sellers read the chain."""
    if purchase.shopper is None:
        return
    written = f"{hand_over.from_party} {hand_over.to_party} {hand_over.place} {hand_over.note}".casefold()
    if any(name and name.casefold() in written for name in (purchase.shopper.name, purchase.shopper.email)):
        raise Refused(
            _("The chain never names who bought the exhibit: write “shopper”."), code="shopper_named"
        )


def _kept(data: bytes | None, allowed: frozenset[str], at: datetime) -> StoredFile | None:
    return keep_file(data, at=at, allowed=allowed) if data else None


def _sealed(
    purchase: TestPurchase, hand_over: HandOver, last: CustodyEvent | None, *, at: datetime, actor: Actor
) -> CustodyEvent:
    event = CustodyEvent(
        purchase=purchase,
        number=last.number + 1 if last else 1,
        kind=hand_over.kind,
        from_party=hand_over.from_party,
        to_party=hand_over.to_party,
        place=hand_over.place,
        happened_at=hand_over.happened_at,
        seal_number=hand_over.seal_number or purchase.seal_number,
        is_seal_intact=hand_over.is_seal_intact,
        photo=_kept(hand_over.photo, PICTURES, at),
        video=_kept(hand_over.video, VIDEOS, at),
        certificate=_kept(hand_over.certificate, DOCUMENTS, at),
        weight=hand_over.weight,
        note=hand_over.note,
        recorded_by=str(actor),
        recorded_at=at,
        previous_hash=last.hash if last else FIRST,
    )
    event.salts = {name: secrets.token_hex(16) for name in event.TEXTS}
    event.commitments = {name: commitment(getattr(event, name), salt) for name, salt in event.salts.items()}
    event.hash = entry_hash(event.sealed_entry(), event.previous_hash)
    event.save(force_insert=True)
    return event
