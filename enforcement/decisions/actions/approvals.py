"""The second person: agreeing to a decision, or taking it back before its effect."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from enforcement.cases.models import Case
from enforcement.decisions.actions.effective import carry_out
from enforcement.decisions.facts import DecisionApproved, DecisionWithdrawn
from enforcement.decisions.models import Decision
from enforcement.sanctions.actions.measures import lock_with_sister_shops
from klean.core.access.models import Role, User
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused
from klean.core.rows.texts import Texts, as_written
from listings.actions.stops import end_quarantine

APPROVER_ROLES = (Role.SENIOR, Role.PENALTIES)

State = Decision.State


@transaction.atomic
def approve_decision(decision: Decision, *, at: datetime, actor: Actor) -> Decision:
    """A second person agrees: the decision takes effect, or the emergency stands."""
    seller = lock_with_sister_shops(decision.seller_id)
    locked = lock_row(Decision, decision.pk)
    if locked.state != State.UNAPPROVED and not locked.awaits_review:
        raise Refused(_("This decision is not awaiting approval."), code="not_waiting")
    if str(actor) == locked.decided_by:
        raise Refused(_("You made this decision, so somebody else must approve it."), code="same_person")
    refuse_unless_approver(actor)
    locked.approved_by, locked.approved_at = str(actor), at
    locked.save(update_fields=["approved_by", "approved_at"])
    record(
        DecisionApproved(case_id=locked.case_id, decision_id=locked.pk), about=locked.case, at=at, actor=actor
    )
    if locked.state == State.UNAPPROVED:
        carry_out(locked, seller, at=at, actor=locked.maker)
    else:
        Decision.objects.filter(pk=locked.pk).update(due_at=None)
    return locked


def refuse_unless_approver(actor: Actor) -> None:
    if actor.person_id and not User.objects.get(pk=actor.person_id).has_role(*APPROVER_ROLES):
        raise Refused(_("Only seniors and penalty admins can do this."), code="not_a_second")


@transaction.atomic
def withdraw_decision(decision: Decision, *, reasons: str, at: datetime, actor: Actor) -> Decision:
    """Take a decision back before its effect: undo by the one who made it, or no from a second person."""
    lock_with_sister_shops(decision.seller_id)
    locked = lock_row(Decision, decision.pk)
    if not locked.is_pending:
        raise Refused(
            _("This decision is already in force, so it can no longer be withdrawn."), code="in_force"
        )
    if str(actor) != locked.decided_by:
        refuse_unless_approver(actor)
    take_back(locked, as_written(reasons), at=at, actor=actor)
    return locked


def take_back(decision: Decision, reasons: Texts, *, at: datetime, actor: Actor) -> None:
    decision.step(State.WITHDRAWN, ended_at=at, ended_by=str(actor), end_reasons=reasons, due_at=None)
    lock_row(Case, decision.case_id).step(decision.previous_case_state, due_at=at)
    listing = decision.case.listing
    if listing is not None:
        end_quarantine(listing, at=at, actor=actor)
    record(
        DecisionWithdrawn(case_id=decision.case_id, decision_id=decision.pk),
        about=decision.case,
        at=at,
        actor=actor,
    )
