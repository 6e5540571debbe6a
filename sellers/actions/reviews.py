"""The reviewer's side: look, ask, decide; and what a decision drags with it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from brands.models import Brand
from klean.core.events.actors import Actor
from klean.core.files.documents import REFUSALS
from klean.core.files.store import forget_files
from klean.core.policy.queries import policy_at
from klean.core.privacy.legal_holds import refuse_if_on_legal_hold
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused
from klean.core.rows.texts import Texts, as_written, in_each_language
from sellers.actions.chains import suspend_what_rests_on
from sellers.actions.guards import record_about, refuse_faults, refuse_own
from sellers.actions.shops import lock_seller
from sellers.facts import (
    AboutAuthorisation,
    AuthorisationApproved,
    AuthorisationFoundForged,
    AuthorisationInfoRequested,
    AuthorisationRejected,
    AuthorisationReviewStarted,
    AuthorisationRevoked,
    AuthorisationSuperseded,
)
from sellers.models import BrandAuthorisation
from sellers.queries.checks import NO_RESIDENT_NUMBER, TO_TICK
from sellers.rules.nesting import covers
from sellers.rules.policy import Authorisations

State = BrandAuthorisation.State


@transaction.atomic
def review_authorisation(
    authorisation: BrandAuthorisation, *, at: datetime, actor: Actor
) -> BrandAuthorisation:
    """Begin to look at it, so that the seller sees that somebody does."""
    authorisation = lock_row(BrandAuthorisation, authorisation.pk)
    refuse_own(authorisation, actor=actor)
    authorisation.step(State.IN_REVIEW)
    record_about(AuthorisationReviewStarted, authorisation, at=at, actor=actor)
    return authorisation


@transaction.atomic
def request_info(
    authorisation: BrandAuthorisation, *, reasons: str, at: datetime, actor: Actor
) -> BrandAuthorisation:
    """Ask the seller for what is missing; an answer that does not come in time withdraws it."""
    return _wait_for_seller(authorisation, _needed(reasons), at=at, actor=actor)


def _wait_for_seller(
    authorisation: BrandAuthorisation, reasons: Texts, *, at: datetime, actor: Actor
) -> BrandAuthorisation:
    days = policy_at(at)[Authorisations].answer_days
    authorisation = lock_row(BrandAuthorisation, authorisation.pk)
    authorisation.step(State.INFO_REQUESTED, reasons=reasons, answer_due_at=at + timedelta(days=days))
    record_about(AuthorisationInfoRequested, authorisation, at=at, actor=actor)
    return authorisation


@transaction.atomic
def approve_authorisation(
    authorisation: BrandAuthorisation, *, reasons: str = "", at: datetime, actor: Actor
) -> BrandAuthorisation:
    """Grant it within its dates and territory; what it renews gives way to it."""
    lock_seller(authorisation.seller_id)
    lock_row(
        Brand, authorisation.brand_id
    )  # a right behind it that falls meanwhile waits, and then finds this letter
    authorisation = lock_row(BrandAuthorisation, authorisation.pk)
    refuse_own(authorisation, actor=actor)
    if authorisation.parent_id:
        authorisation.parent = lock_row(BrandAuthorisation, authorisation.parent_id)
    refuse_faults(authorisation, at=at, with_ground=True)
    _refuse_unticked(authorisation)
    authorisation.step(State.APPROVED, reasons=as_written(reasons), decided_by=str(actor), decided_at=at)
    record_about(AuthorisationApproved, authorisation, at=at, actor=actor)
    _supersede_what_it_renews(authorisation, at=at, actor=actor)
    return authorisation


@transaction.atomic
def tick_checks(
    authorisation: BrandAuthorisation, ticks: Mapping[str, bool], *, at: datetime, actor: Actor
) -> BrandAuthorisation:
    """Note what somebody saw in the document, check by check; a later look takes the place of an earlier one.

    A document that shows a resident registration number is not kept: it is deleted, and the seller asked for another.
    """
    authorisation = lock_row(BrandAuthorisation, authorisation.pk)
    refuse_own(authorisation, actor=actor)
    if not authorisation.is_open:
        raise Refused(_("This letter is no longer being reviewed."), code="not_open")
    seen = {code: {"is_met": ticks[code], "by": str(actor)} for code in TO_TICK if code in ticks}
    BrandAuthorisation.objects.filter(pk=authorisation.pk).update(ticks=authorisation.ticks | seen)
    authorisation.refresh_from_db(fields=["ticks"])
    if ticks.get(NO_RESIDENT_NUMBER) is False and authorisation.document_id:
        _send_back(authorisation, at=at, actor=actor)
    return authorisation


def _send_back(authorisation: BrandAuthorisation, *, at: datetime, actor: Actor) -> None:
    refuse_if_on_legal_hold(authorisation)
    shown = authorisation.document_id
    BrandAuthorisation.objects.filter(document=shown).update(document=None, ticks={})
    forget_files([shown] if shown else [])
    authorisation.refresh_from_db()
    if authorisation.state == State.SUBMITTED:
        authorisation.step(State.IN_REVIEW)
    if authorisation.state == State.IN_REVIEW:
        reasons = in_each_language(lambda: REFUSALS["resident_number"])
        _wait_for_seller(authorisation, reasons, at=at, actor=actor)


def _refuse_unticked(authorisation: BrandAuthorisation) -> None:
    """A letter is approved when a person has found every check on its document met."""
    if authorisation.document_id is None:
        raise Refused(_("The letter itself is missing: ask the seller for it."), code="document_missing")
    if any(not authorisation.ticks.get(code, {}).get("is_met") for code in TO_TICK):
        raise Refused(_("Tick every check of the document before you approve."), code="unticked")


def _supersede_what_it_renews(new: BrandAuthorisation, *, at: datetime, actor: Actor) -> None:
    older = new.seller.authorisations.select_for_update(of=("self",)).filter(
        brand=new.brand_id,
        state__in=BrandAuthorisation.IN_FORCE,
        valid_from__gte=new.valid_from,
        valid_until__lte=new.valid_until,
    )
    for old in older.exclude(pk__in=[new.pk, new.parent_id or 0]):
        if all(covers(new.territory, country) for country in old.territory):
            old.children.filter(state__in=BrandAuthorisation.IN_FORCE).update(parent=new)
            old.step(State.SUPERSEDED)
            record_about(AuthorisationSuperseded, old, at=at, actor=actor)


def reject_authorisation(
    authorisation: BrandAuthorisation, *, reasons: str, at: datetime, actor: Actor
) -> BrandAuthorisation:
    """Say no; the seller may submit a better letter."""
    return _reject(authorisation, State.REJECTED, AuthorisationRejected, reasons=reasons, at=at, actor=actor)


def reject_as_forged(
    authorisation: BrandAuthorisation, *, reasons: str, at: datetime, actor: Actor
) -> BrandAuthorisation:
    """Say no because the document is a forgery; enforcement hears of it."""
    return _reject(
        authorisation, State.REJECTED_FORGED, AuthorisationFoundForged, reasons=reasons, at=at, actor=actor
    )


@transaction.atomic
def _reject(
    authorisation: BrandAuthorisation,
    to: BrandAuthorisation.State,
    fact: type[AboutAuthorisation],
    *,
    reasons: str,
    at: datetime,
    actor: Actor,
) -> BrandAuthorisation:
    authorisation = lock_row(BrandAuthorisation, authorisation.pk)
    refuse_own(authorisation, actor=actor)
    authorisation.step(to, reasons=_needed(reasons), decided_by=str(actor), decided_at=at)
    record_about(fact, authorisation, at=at, actor=actor)
    return authorisation


@transaction.atomic
def revoke_authorisation(
    authorisation: BrandAuthorisation, *, reasons: str, at: datetime, actor: Actor
) -> BrandAuthorisation:
    """Take it away at once, and suspend what rests on it."""
    authorisation = lock_row(BrandAuthorisation, authorisation.pk)
    authorisation.step(State.REVOKED, reasons=_needed(reasons), decided_by=str(actor), decided_at=at)
    record_about(AuthorisationRevoked, authorisation, at=at, actor=actor)
    suspend_what_rests_on(authorisation, at=at, actor=actor)
    return authorisation


def _needed(reasons: str) -> Texts:
    if not reasons.strip():
        raise Refused(_("Say why: the seller reads your reasons."), code="reasons_missing")
    return as_written(reasons)
