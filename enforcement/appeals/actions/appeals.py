"""Objections to a decision, of the seller or of one who reported, heard by a person who had no part in the case."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from enforcement.appeals.actions.mails import notify_appellant
from enforcement.appeals.facts import (
    AppealAssigned,
    AppealFiled,
    DecisionOverturned,
    DecisionPartlyOverturned,
    DecisionUpheld,
)
from enforcement.appeals.models import Appeal
from enforcement.appeals.queries.appeals import has_appealed, reported_decisions
from enforcement.decisions.actions.annulments import annul_decision, replace_decision
from enforcement.decisions.actions.rulings import Ruling
from enforcement.decisions.models import Decision
from enforcement.decisions.queries.participants import had_a_part
from enforcement.decisions.rules.policy import Appeals
from enforcement.sanctions.actions.measures import lock_with_sister_shops
from enforcement.sanctions.rules.severities import is_milder
from klean.core.access.models import Role, User
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Conflict, Refused
from reports.models.notices import Notice

State, Party = Appeal.State, Appeal.Party


@transaction.atomic
def file_appeal(
    decision: Decision, *, grounds: str, notice: Notice | None = None, at: datetime, actor: Actor
) -> Appeal:
    """Object to a decision, once for each side, within the window of the policy that it was made under."""
    locked = lock_row(Decision, decision.pk)
    settings = locked.policy[Appeals]
    _refuse_unappealable(locked, notice)
    if has_appealed(locked, notice):
        raise Refused(_("This decision has already been appealed."), code="appealed_already")
    if at >= locked.appeal_until:
        raise Refused(
            _("The appeal period of %(days)d days has ended.") % {"days": settings.window_days},
            code="too_late",
        )
    appeal = Appeal.objects.create(
        decision=locked,
        notice=notice,
        party=Party.REPORTER if notice else Party.SELLER,
        grounds=grounds,
        filed_by=str(actor),
        filed_at=at,
        answer_by=at + settings.answer,
    )
    fact = AppealFiled(appeal_id=appeal.pk, decision_id=locked.pk, seller=locked.seller.external_id)
    record(fact, about=locked.case, at=at, actor=actor)
    return appeal


def _refuse_unappealable(decision: Decision, notice: Notice | None) -> None:
    """Sellers object to what was found against them, reporters to what was not found."""
    speaks_against = decision.is_infringement if notice is None else not decision.is_infringement
    of_notice = notice is None or reported_decisions(notice).filter(pk=decision.pk).exists()
    if decision.state != Decision.State.IN_FORCE or not speaks_against or not of_notice:
        raise Refused(_("This decision cannot be appealed."), code="not_appealable")


@transaction.atomic
def assign_appeal(appeal: Appeal, to: User, *, at: datetime, actor: Actor) -> Appeal:
    """Give the appeal to a senior who had no part in the case."""
    locked = lock_row(Appeal, appeal.pk)
    if not to.has_role(Role.SENIOR):
        raise Refused(_("Only seniors can review appeals."), code="not_a_senior")
    if had_a_part(locked.decision, to):
        raise Refused(
            _("You worked on this case, so somebody else must review the appeal."),
            code="had_a_part",
        )
    if locked.state == State.ASSIGNED and locked.assigned_to_id == to.pk:
        return locked
    locked.step(State.ASSIGNED, assigned_to=to, assigned_at=at)
    record(AppealAssigned(appeal_id=locked.pk, user_id=to.pk), about=locked.decision.case, at=at, actor=actor)
    return locked


@transaction.atomic
def uphold_appeal(appeal: Appeal, *, reasons: str, at: datetime, actor: Actor) -> Appeal:
    """The decision stands; whoever appealed is told why."""
    locked = _close(appeal, State.UPHELD, reasons, at=at, actor=actor)
    decision = locked.decision
    fact = DecisionUpheld(appeal_id=locked.pk, decision_id=decision.pk, seller=decision.seller.external_id)
    record(fact, about=decision.case, at=at, actor=actor)
    notify_appellant(locked, "appeal_upheld.txt", text=reasons, at=at)
    return locked


@transaction.atomic
def overturn_appeal(
    appeal: Appeal, *, reasons: str, ruling: Ruling | None = None, at: datetime, actor: Actor
) -> Appeal:
    """Annul the decision. For a seller a milder ruling may take its place; for a reporter an infringement must."""
    _refuse_wrong_replacement(appeal, ruling)
    is_partly = appeal.party == Party.SELLER and ruling is not None
    locked = _close(appeal, State.PARTLY if is_partly else State.OVERTURNED, reasons, at=at, actor=actor)
    decision = locked.decision
    if decision.state == Decision.State.IN_FORCE:
        if ruling is None:
            annul_decision(decision, reasons=reasons, at=at, actor=actor)
        else:
            replace_decision(decision, ruling, reasons=reasons, at=at, actor=actor)
    decision.refresh_from_db()
    record(_outcome(locked), about=decision.case, at=at, actor=actor)
    return locked


def _refuse_wrong_replacement(appeal: Appeal, ruling: Ruling | None) -> None:
    if appeal.party == Party.REPORTER:
        if ruling is None or not ruling.is_infringement:
            raise Refused(_("Choose the ground and the severity."), code="ruling")
    elif ruling is not None and not is_milder(ruling.severity, appeal.decision.severity):
        raise Refused(
            _("A seller's appeal can only reduce the decision, never make it stricter."), code="not_milder"
        )


def _outcome(appeal: Appeal) -> DecisionOverturned | DecisionPartlyOverturned:
    decision = appeal.decision
    if appeal.state == State.PARTLY:
        new = Decision.objects.filter(replaces=decision).first()
        return DecisionPartlyOverturned(
            appeal_id=appeal.pk,
            decision_id=decision.pk,
            replacement_id=new.pk if new else 0,
            seller=decision.seller.external_id,
        )
    return DecisionOverturned(
        appeal_id=appeal.pk,
        decision_id=decision.pk,
        listing=decision.case.listing.external_id if decision.case.listing else "",
        seller=decision.seller.external_id,
    )


def _close(appeal: Appeal, to: Appeal.State, reasons: str, *, at: datetime, actor: Actor) -> Appeal:
    """Locked in the order of decisions: the sellers first."""
    lock_with_sister_shops(appeal.decision.seller_id)
    locked = lock_row(Appeal, appeal.pk)
    if locked.state == State.ASSIGNED and locked.assigned_to_id != actor.person_id:
        raise Conflict(_("Somebody else is reviewing this appeal."), code="assigned_elsewhere")
    return locked.step(to, reasons=reasons, decided_by=str(actor), decided_at=at)
