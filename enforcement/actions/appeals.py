"""Objections to a decision, of the seller or of one who reported, heard by a person who had no part in the case."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from enforcement.actions.decisions import annul_decision, replace_decision
from enforcement.actions.measures import hold_family
from enforcement.actions.rulings import Ruling
from enforcement.actions.statements import tell_appellant
from enforcement.facts import (
    AppealAssigned,
    AppealFiled,
    AppealOverturned,
    AppealPartlyUpheld,
    AppealUpheld,
)
from enforcement.models import Appeal, Decision
from enforcement.queries.appeals import had_a_part, has_been_heard, reported_decisions
from enforcement.rules.appeals import is_milder
from enforcement.rules.settings import appeals_in
from klean.core.actors import Actor
from klean.core.events import record
from klean.core.holding import hold
from klean.core.models import Role, User
from klean.core.refusals import Conflict, Refused
from reports.models import Notice

State, Party = Appeal.State, Appeal.Party


@transaction.atomic
def file_appeal(
    decision: Decision, *, grounds: str, notice: Notice | None = None, at: datetime, actor: Actor
) -> Appeal:
    """Object to a decision, once for each side, within the window of the policy that it was made under."""
    held = hold(Decision, decision.pk)
    settings = appeals_in(held.policy.body)
    _refuse_unappealable(held, notice)
    if has_been_heard(held, notice):
        raise Refused(_("This decision has already been appealed against."), code="appealed_already")
    if at >= held.appeal_until:
        raise Refused(
            _("The time to appeal, %(days)d days, is over.") % {"days": settings.window.days},
            code="too_late",
        )
    appeal = Appeal.objects.create(
        decision=held,
        notice=notice,
        party=Party.REPORTER if notice else Party.SELLER,
        grounds=grounds,
        filed_by=str(actor),
        filed_at=at,
        answer_by=at + settings.answer,
    )
    fact = AppealFiled(appeal_id=appeal.pk, decision_id=held.pk, seller=held.seller.external_id)
    record(fact, about=held.case, actor=actor)
    return appeal


def _refuse_unappealable(decision: Decision, notice: Notice | None) -> None:
    """Sellers object to what was found against them, reporters to what was not found."""
    speaks_against = decision.is_infringement if notice is None else not decision.is_infringement
    of_notice = notice is None or reported_decisions(notice).filter(pk=decision.pk).exists()
    if decision.state != Decision.State.IN_FORCE or not speaks_against or not of_notice:
        raise Refused(_("There is nothing to appeal against in this decision."), code="not_appealable")


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
    """The decision stands; whoever appealed is told why."""
    held = _close(appeal, State.UPHELD, reasons, at=at, actor=actor)
    decision = held.decision
    fact = AppealUpheld(appeal_id=held.pk, decision_id=decision.pk, seller=decision.seller.external_id)
    record(fact, about=decision.case, actor=actor)
    tell_appellant(held, "appeal_upheld.txt", text=reasons, at=at)
    return held


@transaction.atomic
def overturn_appeal(
    appeal: Appeal, *, reasons: str, ruling: Ruling | None = None, at: datetime, actor: Actor
) -> Appeal:
    """The decision falls. For a seller a milder ruling may take its place; for a reporter an infringement must."""
    _refuse_wrong_replacement(appeal, ruling)
    is_partly = appeal.party == Party.SELLER and ruling is not None
    held = _close(appeal, State.PARTLY if is_partly else State.OVERTURNED, reasons, at=at, actor=actor)
    decision = held.decision
    if decision.state == Decision.State.IN_FORCE:
        if ruling is None:
            annul_decision(decision, reasons=reasons, at=at, actor=actor)
        else:
            replace_decision(decision, ruling, reasons=reasons, at=at, actor=actor)
    decision.refresh_from_db()
    record(_outcome(held), about=decision.case, actor=actor)
    return held


def _refuse_wrong_replacement(appeal: Appeal, ruling: Ruling | None) -> None:
    if appeal.party == Party.REPORTER:
        if ruling is None or not ruling.is_infringement:
            raise Refused(_("Say what the listing infringes, and how gravely."), code="ruling")
    elif ruling is not None and not is_milder(ruling.severity, appeal.decision.severity):
        raise Refused(_("On a seller's appeal a decision becomes milder, never harder."), code="not_milder")


def _outcome(appeal: Appeal) -> AppealOverturned | AppealPartlyUpheld:
    decision = appeal.decision
    if appeal.state == State.PARTLY:
        new = Decision.objects.filter(replaces=decision).first()
        return AppealPartlyUpheld(
            appeal_id=appeal.pk,
            decision_id=decision.pk,
            replacement_id=new.pk if new else 0,
            seller=decision.seller.external_id,
        )
    return AppealOverturned(
        appeal_id=appeal.pk,
        decision_id=decision.pk,
        listing=decision.case.listing.external_id if decision.case.listing else "",
        seller=decision.seller.external_id,
    )


def _close(appeal: Appeal, to: Appeal.State, reasons: str, *, at: datetime, actor: Actor) -> Appeal:
    """Held in the order of decisions: the sellers first."""
    hold_family(appeal.decision.seller_id)
    held = hold(Appeal, appeal.pk)
    if held.state == State.ASSIGNED and held.assigned_to_id != actor.person_id:
        raise Conflict(_("This appeal is heard by someone else."), code="assigned_elsewhere")
    return held.step(to, reasons=reasons, decided_by=str(actor), decided_at=at)
