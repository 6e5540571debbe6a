"""The seller's side: draft, ask, answer, take back."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from brands.models import Brand
from klean.core.events.actors import Actor
from klean.core.files.documents import read_document
from klean.core.files.models import StoredFile
from klean.core.files.store import keep_file
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused
from sellers.actions.guards import record_about, refuse_faults
from sellers.actions.shops import lock_seller
from sellers.facts import AuthorisationInfoProvided, AuthorisationSubmitted, AuthorisationWithdrawn
from sellers.models import BrandAuthorisation, DocumentReading, Seller

State = BrandAuthorisation.State


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What a letter says; no classes or channels are no limit, and an empty grantor or grantee was not told."""

    valid_from: date
    valid_until: date
    territory: list[str]
    nice_classes: list[int] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    grantor: str = ""
    grantee: str = ""
    parent: BrandAuthorisation | None = None
    note: str = ""


@transaction.atomic
def draft_authorisation(
    seller: Seller,
    brand: Brand,
    letter: Letter,
    *,
    document: bytes | None = None,
    at: datetime,
    actor: Actor,
) -> BrandAuthorisation:
    """Keep what the seller has so far; a draft that waits for this brand takes what is told now."""
    kept = _kept(document, at=at) if document is not None else None  # read before anybody has to wait
    seller = lock_seller(seller.pk)
    if seller.standing == Seller.Standing.CLOSED:
        raise Refused(_("This shop is closed."), code="seller_closed")
    if seller.authorisations.filter(brand=brand, state__in=BrandAuthorisation.OPEN).exists():
        raise Refused(
            _("A letter for %(brand)s is already being reviewed.") % {"brand": brand.name},
            code="already_open",
        )
    draft = seller.authorisations.filter(brand=brand, state=State.DRAFT).first()
    draft = draft or BrandAuthorisation(seller=seller, brand=brand)
    draft.parent, draft.note = letter.parent, letter.note
    draft.grantor, draft.grantee = letter.grantor, letter.grantee
    draft.valid_from, draft.valid_until = letter.valid_from, letter.valid_until
    draft.territory, draft.channels = sorted(set(letter.territory)), sorted(set(letter.channels))
    draft.nice_classes = sorted(set(letter.nice_classes))
    draft.submitted_by, draft.submitted_at = str(actor), at
    draft.document = kept or draft.document
    refuse_faults(draft, at=at)
    draft.save()
    return draft


@transaction.atomic
def submit_draft(draft: BrandAuthorisation, *, at: datetime, actor: Actor) -> BrandAuthorisation:
    """Send a draft to the protection team, which reviews the document."""
    draft = lock_row(BrandAuthorisation, draft.pk)
    if draft.document_id is None:
        raise Refused(_("The letter itself is missing: add the document."), code="document_missing")
    refuse_faults(draft, at=at)
    draft.step(State.SUBMITTED, submitted_by=str(actor), submitted_at=at)
    record_about(AuthorisationSubmitted, draft, at=at, actor=actor)
    return draft


@transaction.atomic
def submit_authorisation(
    seller: Seller, brand: Brand, letter: Letter, *, document: bytes, at: datetime, actor: Actor
) -> BrandAuthorisation:
    """Ask to be recognised as authorised, with everything at once."""
    draft = draft_authorisation(seller, brand, letter, document=document, at=at, actor=actor)
    return submit_draft(draft, at=at, actor=actor)


@transaction.atomic
def add_document(
    draft: BrandAuthorisation, document: bytes, *, at: datetime, actor: Actor
) -> BrandAuthorisation:
    """Give a draft its document, in the place of an earlier one."""
    kept = _kept(document, at=at)
    draft = lock_row(BrandAuthorisation, draft.pk)
    if draft.state != State.DRAFT:
        raise Refused(_("This letter has been submitted."), code="not_a_draft")
    draft.document = kept
    draft.save(update_fields=["document"])
    return draft


def _kept(document: bytes, *, at: datetime) -> StoredFile:
    """The file with what was read in it; refused, with the reason, when it cannot be taken."""
    reading = read_document(document)
    kept = keep_file(document, at=at)
    DocumentReading.objects.get_or_create(
        file=kept,
        defaults={
            "pages": reading.pages,
            "text": reading.text,
            "picture_print": reading.picture_print,
            "text_print": reading.text_print,
        },
    )
    return kept


@transaction.atomic
def give_info(
    authorisation: BrandAuthorisation, *, note: str, document: bytes | None = None, at: datetime, actor: Actor
) -> BrandAuthorisation:
    """Answer what the reviewer asked; a new document takes the place of the old one, and is looked at anew."""
    new = {"document": _kept(document, at=at), "ticks": {}} if document else {}
    authorisation = lock_row(BrandAuthorisation, authorisation.pk)
    if authorisation.document_id is None and not new:
        raise Refused(_("The letter itself is missing: add the document."), code="document_missing")
    authorisation.step(State.IN_REVIEW, note=note, answer_due_at=None, **new)
    record_about(AuthorisationInfoProvided, authorisation, at=at, actor=actor)
    return authorisation


@transaction.atomic
def withdraw_authorisation(
    authorisation: BrandAuthorisation, *, at: datetime, actor: Actor
) -> BrandAuthorisation:
    """Take back what has not been decided yet."""
    authorisation = lock_row(BrandAuthorisation, authorisation.pk)
    authorisation.step(State.WITHDRAWN, answer_due_at=None)
    record_about(AuthorisationWithdrawn, authorisation, at=at, actor=actor)
    return authorisation
