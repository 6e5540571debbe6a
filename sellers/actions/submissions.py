"""The seller's side: ask, answer, take back."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from brands.models import Brand
from klean.core.actors import Actor
from klean.core.files import keep_file
from klean.core.holding import hold
from klean.core.refusals import Refused
from sellers.actions.guards import refuse_faults, tell
from sellers.actions.shops import hold_seller
from sellers.facts import AuthorisationInfoGiven, AuthorisationSubmitted, AuthorisationWithdrawn
from sellers.models import BrandAuthorisation, Seller

State = BrandAuthorisation.State


@transaction.atomic
def submit_authorisation(
    seller: Seller,
    brand: Brand,
    *,
    valid_from: date,
    valid_until: date,
    territory: list[str],
    document: bytes,
    parent: BrandAuthorisation | None = None,
    note: str = "",
    at: datetime,
    actor: Actor,
) -> BrandAuthorisation:
    """Ask to be recognised as authorised; the protection team reviews the document."""
    seller = hold_seller(seller.pk)
    if seller.standing == Seller.Standing.CLOSED:
        raise Refused(_("This shop is closed."), code="seller_closed")
    if seller.authorisations.filter(brand=brand, state__in=BrandAuthorisation.OPEN).exists():
        raise Refused(
            _("A letter for %(brand)s is already being reviewed.") % {"brand": brand.name},
            code="already_open",
        )
    asked = BrandAuthorisation(
        seller=seller, brand=brand, parent=parent, valid_from=valid_from, valid_until=valid_until,
        territory=sorted(set(territory)), note=note, submitted_by=str(actor), submitted_at=at,
    )  # fmt: skip
    refuse_faults(asked, at=at)
    asked.document = keep_file(document, at=at)
    asked.save(force_insert=True)
    tell(AuthorisationSubmitted, asked, actor=actor)
    return asked


@transaction.atomic
def give_info(
    authorisation: BrandAuthorisation, *, note: str, document: bytes | None = None, at: datetime, actor: Actor
) -> BrandAuthorisation:
    """Answer what the reviewer asked; a new document takes the place of the old one."""
    authorisation = hold(BrandAuthorisation, authorisation.pk)
    kept = keep_file(document, at=at) if document else authorisation.document
    authorisation.step(State.IN_REVIEW, note=note, document=kept, answer_due_at=None)
    tell(AuthorisationInfoGiven, authorisation, actor=actor)
    return authorisation


@transaction.atomic
def withdraw_authorisation(
    authorisation: BrandAuthorisation, *, at: datetime, actor: Actor
) -> BrandAuthorisation:
    """Take back what has not been decided yet."""
    authorisation = hold(BrandAuthorisation, authorisation.pk)
    authorisation.step(State.WITHDRAWN, answer_due_at=None)
    tell(AuthorisationWithdrawn, authorisation, actor=actor)
    return authorisation
