"""Deciding a case."""

from datetime import datetime

from django.db import transaction

from enforcement.cases.actions.assignments import end_assignment, lock_free_case
from enforcement.cases.models import Case, CaseAssignment
from enforcement.decisions.actions.effective import carry_out
from enforcement.decisions.actions.rulings import Ruling, validate_ruling
from enforcement.decisions.facts import DecisionMade
from enforcement.decisions.models import Batch, Decision
from enforcement.sanctions.actions.measures import lock_with_sister_shops
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.policy.queries import policy_at


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
    seller = lock_with_sister_shops(case.seller_id)
    locked = lock_free_case(case, actor.person_id, at=at)
    validate_ruling(ruling, locked, policy_at(at), actor=actor)
    end_assignment(locked, CaseAssignment.Ending.DECIDED, at=at, actor=actor)
    previous_case_state = locked.state
    locked.step(Case.State.RULED, due_at=None, assigned_until=None)
    starts_at = at if ruling.is_emergency else max(at, effective_at or at)
    decision = _create(locked, ruling, previous_case_state, starts_at, batch, at=at, actor=actor)
    if starts_at <= at:
        carry_out(decision, seller, at=at, actor=actor)
    return decision


def _create(
    case: Case,
    ruling: Ruling,
    previous_case_state: str,
    starts_at: datetime,
    batch: Batch | None,
    *,
    at: datetime,
    actor: Actor,
) -> Decision:
    decision = Decision.objects.create(
        **ruling.columns,
        case=case,
        seller_id=case.seller_id,
        policy=policy_at(at),
        decided_by=str(actor),
        decided_at=at,
        automated=actor.kind == "system",
        previous_case_state=previous_case_state,
        due_at=starts_at,
        batch=batch,
    )
    fact = DecisionMade(
        case_id=case.pk,
        decision_id=decision.pk,
        effective_at=starts_at.isoformat(),
        is_emergency=ruling.is_emergency,
    )
    record(fact, about=case, at=at, actor=actor)
    return decision
