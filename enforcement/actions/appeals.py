"""A seller's objection, heard by a person who had no part in the case."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from enforcement.actions.decisions import undo_decision
from enforcement.actions.statements import tell_seller
from enforcement.facts import AppealAssigned, AppealFiled, AppealOverturned, AppealUpheld
from enforcement.models import Appeal, Decision
from enforcement.queries.appeals import had_a_part
from klean.core.actors import Actor
from klean.core.events import record
from klean.core.holding import hold
from klean.core.models import Role, User
from klean.core.refusals import Conflict, Refused
from sellers.actions import hold_seller

State = Appeal.State


@transaction.atomic
def file_appeal(decision: Decision, *, grounds: str, at: datetime, actor: Actor) -> Appeal:
    """Object to a decision, once, within the window of the policy that it was made under."""
    held = hold(Decision, decision.pk)
    settings = held.policy.section("appeals")
    if not held.is_infringement or held.fell_at is not None:
        raise Refused(_("There is nothing to appeal against in this decision."), code="not_appealable")
    if Appeal.objects.filter(decision=held).exists():
        raise Refused(_("This decision has already been appealed against."), code="appealed_already")
    if at >= held.appeal_until:
        raise Refused(
            _("The time to appeal, %(days)d days, is over.") % {"days": settings["window_days"]},
            code="too_late",
        )
    appeal = Appeal.objects.create(
        decision=held, grounds=grounds, filed_by=str(actor), filed_at=at,
        answer_by=at + timedelta(hours=settings["answer_hours"]),
    )  # fmt: skip
    fact = AppealFiled(appeal_id=appeal.pk, decision_id=held.pk, seller=held.seller.external_id)
    record(fact, about=held.case, actor=actor)
    return appeal


@transaction.atomic
def assign_appeal(appeal: Appeal, to: User, *, at: datetime, actor: Actor) -> Appeal:
    """Give the appeal to a senior who had no part in the case."""
    held = hold(Appeal, appeal.pk)
    if not to.has_role(Role.SENIOR):
        raise Refused(_("Appeals are heard by seniors."), code="not_a_senior")
    if had_a_part(held.decision, to):
        raise Refused(
            _("An appeal is heard by a person who did not make the decision and had no part in the case."),
            code="had_a_part",
        )
    if held.state == State.ASSIGNED and held.assigned_to_id == to.pk:
        return held
    held.step(State.ASSIGNED, assigned_to=to, assigned_at=at)
    record(AppealAssigned(appeal_id=held.pk, user_id=to.pk), about=held.decision.case, actor=actor)
    return held


@transaction.atomic
def uphold_appeal(appeal: Appeal, *, reasons: str, at: datetime, actor: Actor) -> Appeal:
    """The decision stands; the seller is told why."""
    held = _close(appeal, State.UPHELD, reasons, at=at, actor=actor)
    decision = held.decision
    fact = AppealUpheld(appeal_id=held.pk, decision_id=decision.pk, seller=decision.seller.external_id)
    record(fact, about=decision.case, actor=actor)
    tell_seller(decision, f"appeal-{held.pk}", "appeal_upheld.txt", texts={"en": reasons}, at=at)
    return held


@transaction.atomic
def overturn_appeal(appeal: Appeal, *, reasons: str, at: datetime, actor: Actor) -> Appeal:
    """The decision falls, and everything that followed from it alone is restored."""
    held = _close(appeal, State.OVERTURNED, reasons, at=at, actor=actor)
    decision = held.decision
    undo_decision(decision, reasons=reasons, at=at, actor=actor)
    fact = AppealOverturned(
        appeal_id=held.pk,
        decision_id=decision.pk,
        listing=decision.case.listing.external_id if decision.case.listing else "",
        seller=decision.seller.external_id,
    )
    record(fact, about=decision.case, actor=actor)
    return held


def _close(appeal: Appeal, to: Appeal.State, reasons: str, *, at: datetime, actor: Actor) -> Appeal:
    """Held in the order of decisions: the seller first."""
    hold_seller(appeal.decision.seller_id)
    held = hold(Appeal, appeal.pk)
    if held.state == State.ASSIGNED and held.assigned_to_id != actor.person_id:
        raise Conflict(_("This appeal is heard by someone else."), code="assigned_elsewhere")
    return held.step(to, reasons=reasons, decided_by=str(actor), decided_at=at)
