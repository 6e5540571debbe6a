"""A decision's life: made, approved where that is needed, in force, or taken back."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from enforcement.actions.claims import end_claim, hold_free_case
from enforcement.actions.effects import take_effect, undo_effects
from enforcement.actions.measures import hold_family
from enforcement.actions.quality import sample_decision
from enforcement.actions.rulings import Ruling, refuse_unfit
from enforcement.facts import (
    DecisionAnnulled,
    DecisionApproved,
    DecisionMade,
    DecisionWaits,
    DecisionWithdrawn,
)
from enforcement.models import Batch, Case, CaseClaim, Decision
from enforcement.queries.impacts import expected_impacts
from enforcement.rules.settings import cases_in
from klean.core.actors import Actor
from klean.core.events import record
from klean.core.holding import hold
from klean.core.models import Role, User, put_off, take_due
from klean.core.policy import policy_at
from klean.core.refusals import Refused
from listings.actions.stops import end_quarantine, quarantine_listing
from sellers.models import Seller

log = logging.getLogger(__name__)
State = Decision.State
CLOCK = Actor("system", "decision_clock")
LEASE = timedelta(minutes=2)
SECONDS = (Role.SENIOR, Role.PENALTIES)


@transaction.atomic
def issue_decision(
    case: Case,
    ruling: Ruling,
    *,
    effective_at: datetime | None = None,
    batch: Batch | None = None,
    at: datetime,
    actor: Actor,
) -> Decision:
    """Decide a case; it takes effect at once, or at ``effective_at``, or when a second person has agreed."""
    seller = hold_family(case.seller_id)
    held = hold_free_case(case, actor.person_id, at=at)
    refuse_unfit(ruling, held, policy_at(at), actor=actor)
    end_claim(held, CaseClaim.Ending.DECIDED, at=at)
    came_from = held.state
    held.step(Case.State.RULED, due_at=None, claimed_until=None)
    starts_at = at if ruling.is_emergency else max(at, effective_at or at)
    decision = _make(held, ruling, came_from, starts_at, batch, at=at, actor=actor)
    if starts_at <= at:
        _carry_out(decision, seller, at=at)
    return decision


def _make(
    case: Case,
    ruling: Ruling,
    came_from: str,
    starts_at: datetime,
    batch: Batch | None,
    *,
    at: datetime,
    actor: Actor,
) -> Decision:
    decision = Decision.objects.create(
        **_written(ruling),
        case=case,
        seller_id=case.seller_id,
        policy=policy_at(at),
        decided_by=str(actor),
        decided_at=at,
        automated=actor.kind == "system",
        came_from=came_from,
        due_at=starts_at,
        batch=batch,
    )
    fact = DecisionMade(
        case_id=case.pk,
        decision_id=decision.pk,
        effective_at=starts_at.isoformat(),
        is_emergency=ruling.is_emergency,
    )
    record(fact, about=case, actor=actor)
    return decision


def _written(ruling: Ruling) -> dict[str, object]:
    return {
        "outcome": ruling.outcome,
        "severity": ruling.severity,
        "ground": ruling.ground,
        "actions": ruling.all_actions,
        "reasons": ruling.reasons,
        "is_emergency": ruling.is_emergency,
    }


def _carry_out(decision: Decision, seller: Seller, *, at: datetime) -> None:
    """Put a decision into force, or, of high impact, before a second person."""
    impacts = expected_impacts(decision, at=at)
    if impacts and not decision.is_emergency and decision.approved_at is None:
        _wait_for_second(decision, impacts, at=at)
        return
    review_by = at + cases_in(decision.policy.body).emergency_review if decision.is_emergency else None
    decision.step(State.IN_FORCE, in_force_at=at, impacts=impacts, due_at=review_by)
    hold(Case, decision.case_id).step(Case.State.DECIDED, decided_at=at, due_at=None)
    decision.case.refresh_from_db()
    take_effect(decision, seller, at=at, actor=decision.maker)
    sample_decision(decision, at=at)


def _wait_for_second(decision: Decision, impacts: list[str], *, at: datetime) -> None:
    """Nothing irrevocable happens before the second look; the listing alone is off meanwhile."""
    decision.step(State.UNAPPROVED, impacts=impacts, due_at=None)
    if Decision.Action.REMOVE_LISTING in decision.actions and decision.case.listing is not None:
        quarantine_listing(decision.case.listing, reason=decision.ground, at=at, actor=decision.maker)
    fact = DecisionWaits(case_id=decision.case_id, decision_id=decision.pk, impacts=impacts)
    record(fact, about=decision.case, actor=decision.maker)


@transaction.atomic
def approve_decision(decision: Decision, *, at: datetime, actor: Actor) -> Decision:
    """A second person agrees: the decision takes effect, or the emergency stands."""
    seller = hold_family(decision.seller_id)
    held = hold(Decision, decision.pk)
    if held.state != State.UNAPPROVED and not held.awaits_review:
        raise Refused(_("This decision does not wait for a second person."), code="not_waiting")
    if str(actor) == held.decided_by:
        raise Refused(_("A second person has to agree, not the one who decided."), code="same_person")
    _refuse_unless_second(actor)
    held.approved_by, held.approved_at = str(actor), at
    held.save(update_fields=["approved_by", "approved_at"])
    record(DecisionApproved(case_id=held.case_id, decision_id=held.pk), about=held.case, actor=actor)
    if held.state == State.UNAPPROVED:
        _carry_out(held, seller, at=at)
    else:
        Decision.objects.filter(pk=held.pk).update(due_at=None)
    return held


def _refuse_unless_second(actor: Actor) -> None:
    if actor.person_id and not User.objects.get(pk=actor.person_id).has_role(*SECONDS):
        raise Refused(_("Seniors and penalty admins do this."), code="not_a_second")


@transaction.atomic
def withdraw_decision(decision: Decision, *, reasons: str, at: datetime, actor: Actor) -> Decision:
    """Take a decision back before its effect: undo by the one who made it, or no from a second person."""
    hold_family(decision.seller_id)
    held = hold(Decision, decision.pk)
    if not held.is_pending:
        raise Refused(_("This decision has taken effect; it can be annulled with reasons."), code="in_force")
    if str(actor) != held.decided_by:
        _refuse_unless_second(actor)
    _take_back(held, reasons, at=at, actor=actor)
    return held


def _take_back(decision: Decision, reasons: str, *, at: datetime, actor: Actor) -> None:
    decision.step(State.WITHDRAWN, fell_at=at, fell_by=str(actor), fell_for=reasons, due_at=None)
    hold(Case, decision.case_id).step(decision.came_from, due_at=at)
    listing = decision.case.listing
    if listing is not None:
        end_quarantine(listing, at=at, actor=actor)
    record(
        DecisionWithdrawn(case_id=decision.case_id, decision_id=decision.pk), about=decision.case, actor=actor
    )


@transaction.atomic
def annul_decision(decision: Decision, *, reasons: str, at: datetime, actor: Actor) -> Decision:
    """A decision in force falls, and all that followed from it alone is undone."""
    seller = hold_family(decision.seller_id)
    held = hold(Decision, decision.pk)
    _fall(held, seller, reasons, replaced=False, at=at, actor=actor)
    return held


@transaction.atomic
def replace_decision(
    decision: Decision, ruling: Ruling, *, reasons: str, at: datetime, actor: Actor
) -> Decision:
    """On appeal another decision takes this one's place, from the same day on where it counts points.

    What is milder was agreed on with the first; what is harder, for a reporter, waits for a second person of its own.
    """
    seller = hold_family(decision.seller_id)
    held = hold(Decision, decision.pk)
    refuse_unfit(ruling, held.case, held.policy, actor=actor)
    case = _taken_up_again(held)
    _fall(held, seller, reasons, replaced=True, at=at, actor=actor)
    agreed = {"approved_by": str(actor), "approved_at": at} if held.is_infringement else {}
    new = Decision.objects.create(
        **_written(ruling),
        case=case,
        seller=seller,
        policy=held.policy,
        decided_by=str(actor),
        decided_at=at,
        came_from=held.came_from,
        replaces=held,
        **agreed,
    )
    _carry_out(new, seller, at=at)
    return new


def _taken_up_again(decision: Decision) -> Case:
    case = hold(Case, decision.case_id)
    same = Case.objects.filter(seller=case.seller_id, listing=case.listing_id, right=case.right_id)
    if same.filter(state__in=Case.UNSETTLED).exists():
        raise Refused(_("Another case about this is open: it has to be decided first."), code="open_case")
    return case.step(Case.State.RULED)


def _fall(
    decision: Decision, seller: Seller, reasons: str, *, replaced: bool, at: datetime, actor: Actor
) -> None:
    decision.step(State.FALLEN, fell_at=at, fell_by=str(actor), fell_for=reasons, due_at=None)
    undo_effects(decision, seller, replaced=replaced, reasons=reasons, at=at, actor=actor)
    case = decision.case
    fact = DecisionAnnulled(
        case_id=case.pk,
        decision_id=decision.pk,
        listing=case.listing.external_id if case.listing else "",
        seller=seller.external_id,
        replaced=replaced,
    )
    record(fact, about=case, actor=actor)


def carry_out_due_decisions(*, at: datetime, limit: int = 50) -> int:
    """Let decisions take effect whose time has come, and emergencies fall that nobody reviewed in time."""
    taken = take_due(Decision, at=at, lease=LEASE, limit=limit)
    for decision in taken:
        try:
            _do_what_is_due(decision, at=at)
        except Exception as error:
            log.exception("decision %s could not be carried out", decision.pk)
            put_off(decision, repr(error), at=at)
    return len(taken)


@transaction.atomic
def _do_what_is_due(decision: Decision, *, at: datetime) -> None:
    seller = hold_family(decision.seller_id)
    held = hold(Decision, decision.pk)
    if held.state == State.WAITING and _is_overtaken(held):
        _take_back(held, _("New evidence joined the case."), at=at, actor=CLOCK)
    elif held.state == State.WAITING:
        _carry_out(held, seller, at=at)
    elif held.awaits_review:
        reasons = _("Nobody reviewed this emergency decision in time.")
        _fall(held, seller, reasons, replaced=False, at=at, actor=CLOCK)


def _is_overtaken(decision: Decision) -> bool:
    """Evidence that came after a decision in the seller's favour is looked at before it takes effect."""
    later = decision.case.evidence.filter(joined_at__gt=decision.decided_at)
    return not decision.is_infringement and later.exists()
