"""How the fall of a letter, a right or a promise goes down a chain, and how what was put right comes back."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brands.models import Brand
from brands.queries import rights_behind
from klean.core.events.actors import Actor
from klean.core.policy.queries import day_of
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused
from klean.core.rows.texts import in_each_language
from sellers.actions.guards import record_about
from sellers.facts import (
    AuthorisationConfirmed,
    AuthorisationContested,
    AuthorisationRestored,
    AuthorisationSuspended,
)
from sellers.models import BrandAuthorisation
from sellers.queries.checks import faults_of, ground_faults_of

State, Cause, Answer = BrandAuthorisation.State, BrandAuthorisation.Cause, BrandAuthorisation.Answer
REASONS: dict[str, Promise] = {
    Cause.PARENT: gettext_lazy("The letter that this one rests on is no longer in force."),
    Cause.CONTEST: gettext_lazy("The rights holder says that this letter is not its own."),
    Cause.RIGHT: gettext_lazy("The register no longer shows the right behind this brand in force."),
}


def suspend_what_rests_on(fallen: BrandAuthorisation, *, at: datetime, actor: Actor) -> None:
    """Suspend every authorisation in force below a fallen one, to the end of the chain."""
    for child in _locked(fallen.children.filter(state__in=BrandAuthorisation.IN_FORCE)):
        _suspend(child, Cause.PARENT, at=at, actor=actor)


def restore_what_rests_on(parent: BrandAuthorisation, *, at: datetime, actor: Actor) -> None:
    """Bring back what was suspended for the sake of a letter that is in force again, to the end of the chain."""
    for child in _locked(parent.children.filter(state=State.SUSPENDED, suspended_for=Cause.PARENT)):
        child.parent = parent
        _restore(child, at=at, actor=actor)


def _locked(rows: QuerySet[BrandAuthorisation]) -> QuerySet[BrandAuthorisation]:
    return rows.select_for_update(of=("self",)).select_related("seller", "brand").order_by("pk")


def _suspend(
    authorisation: BrandAuthorisation, cause: BrandAuthorisation.Cause, *, at: datetime, actor: Actor
) -> None:
    authorisation.step(State.SUSPENDED, suspended_for=cause, reasons=in_each_language(lambda: REASONS[cause]))
    record_about(AuthorisationSuspended, authorisation, at=at, actor=actor)
    suspend_what_rests_on(authorisation, at=at, actor=actor)


def _restore(authorisation: BrandAuthorisation, *, at: datetime, actor: Actor) -> None:
    """Only what no other guard forbids comes back; the rest stays suspended for a person to look at."""
    parent = authorisation.parent
    if parent and parent.state not in BrandAuthorisation.IN_FORCE:
        return
    if faults_of(authorisation, at=at) or ground_faults_of(authorisation, at=at):
        return
    authorisation.step(State.APPROVED, suspended_for="", reasons={}, warned_days=None)
    record_about(AuthorisationRestored, authorisation, at=at, actor=actor)
    restore_what_rests_on(authorisation, at=at, actor=actor)


@transaction.atomic
def contest_authorisation(
    authorisation: BrandAuthorisation, *, at: datetime, actor: Actor
) -> BrandAuthorisation:
    """The rights holder says that a letter is not its own: it is not granted, and one in force is suspended."""
    authorisation = _answered(authorisation, Answer.CONTESTED, at=at)
    record_about(AuthorisationContested, authorisation, at=at, actor=actor)
    if authorisation.state in BrandAuthorisation.IN_FORCE:
        _suspend(authorisation, Cause.CONTEST, at=at, actor=actor)
    return authorisation


@transaction.atomic
def confirm_authorisation(
    authorisation: BrandAuthorisation, *, at: datetime, actor: Actor
) -> BrandAuthorisation:
    """The rights holder says that a letter is its own: what was suspended only because it was contested comes back."""
    authorisation = _answered(authorisation, Answer.CONFIRMED, at=at)
    record_about(AuthorisationConfirmed, authorisation, at=at, actor=actor)
    if authorisation.state == State.SUSPENDED and authorisation.suspended_for == Cause.CONTEST:
        _restore(authorisation, at=at, actor=actor)
    return authorisation


def _answered(
    authorisation: BrandAuthorisation, answer: BrandAuthorisation.Answer, *, at: datetime
) -> BrandAuthorisation:
    authorisation = lock_row(BrandAuthorisation, authorisation.pk)
    is_alive = authorisation.state in {
        *BrandAuthorisation.OPEN,
        *BrandAuthorisation.IN_FORCE,
        State.SUSPENDED,
    }
    if not is_alive:
        raise Refused(_("This letter is decided and no longer in force."), code="over")
    if authorisation.holder_answer == answer:
        raise Refused(_("You have already said so."), code="already_answered")
    BrandAuthorisation.objects.filter(pk=authorisation.pk).update(holder_answer=answer, holder_answered_at=at)
    authorisation.refresh_from_db(fields=["holder_answer", "holder_answered_at"])
    return authorisation


def weigh_rights_behind(brand_ids: Iterable[int], *, at: datetime, actor: Actor) -> None:
    """After a right fell, came back or was tied: suspend the first letters of these brands, or restore them."""
    for brand_id in brand_ids:
        _weigh(brand_id, at=at, actor=actor)


@transaction.atomic
def _weigh(brand_id: int, *, at: datetime, actor: Actor) -> None:
    brand, day = lock_row(Brand, brand_id), day_of(at)
    letters = BrandAuthorisation.objects.filter(brand=brand, parent=None)
    if any(right.is_live(day) for right in rights_behind(brand)):
        for letter in _locked(letters.filter(state=State.SUSPENDED, suspended_for=Cause.RIGHT)):
            _restore(letter, at=at, actor=actor)
    elif brand.rights_holder_id:
        for letter in _locked(letters.filter(state__in=BrandAuthorisation.IN_FORCE)):
            _suspend(letter, Cause.RIGHT, at=at, actor=actor)
