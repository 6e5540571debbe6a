"""Putting a decision into force, or before a second person."""

from datetime import datetime

from enforcement.cases.models import Case
from enforcement.decisions.actions.effects import take_effect
from enforcement.decisions.facts import ApprovalRequested
from enforcement.decisions.models import Decision
from enforcement.decisions.queries.impacts import expected_impacts
from enforcement.decisions.rules.policy import Decisions
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.rows.locks import lock_row
from listings.actions.stops import quarantine_listing
from sellers.models import Seller

State = Decision.State


def carry_out(decision: Decision, seller: Seller, *, at: datetime, actor: Actor) -> None:
    """Put a decision into force, or, of high impact, before a second person."""
    impacts = expected_impacts(decision, at=at)
    if impacts and not decision.is_emergency and decision.approved_at is None:
        _request_approval(decision, impacts, at=at, actor=actor)
        return
    review_by = at + decision.policy[Decisions].emergency_review if decision.is_emergency else None
    decision.step(State.IN_FORCE, in_force_at=at, impacts=impacts, due_at=review_by)
    lock_row(Case, decision.case_id).step(Case.State.DECIDED, decided_at=at, due_at=None)
    decision.case.refresh_from_db()
    take_effect(decision, seller, at=at, actor=actor)


def _request_approval(decision: Decision, impacts: list[str], *, at: datetime, actor: Actor) -> None:
    """Nothing irrevocable happens before the second look; the listing alone is off meanwhile."""
    decision.step(State.UNAPPROVED, impacts=impacts, due_at=None)
    if Decision.Action.REMOVE_LISTING in decision.actions and decision.case.listing is not None:
        quarantine_listing(decision.case.listing, reason=decision.ground, at=at, actor=actor)
    fact = ApprovalRequested(case_id=decision.case_id, decision_id=decision.pk, impacts=impacts)
    record(fact, about=decision.case, at=at, actor=actor)
