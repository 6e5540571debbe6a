"""Ending a decision in force: annulled, or replaced on appeal."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from enforcement.cases.models import Case
from enforcement.decisions.actions.effective import carry_out
from enforcement.decisions.actions.effects import undo_effects
from enforcement.decisions.actions.rulings import Ruling, validate_ruling
from enforcement.decisions.facts import DecisionAnnulled
from enforcement.decisions.models import Decision
from enforcement.sanctions.actions.measures import lock_with_sister_shops
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused
from klean.core.rows.texts import Texts, as_written
from sellers.models import Seller

State = Decision.State


@transaction.atomic
def annul_decision(decision: Decision, *, reasons: str, at: datetime, actor: Actor) -> Decision:
    """End a decision in force, and undo all that followed from it alone."""
    seller = lock_with_sister_shops(decision.seller_id)
    locked = lock_row(Decision, decision.pk)
    end_decision(locked, seller, as_written(reasons), replaced=False, at=at, actor=actor)
    return locked


@transaction.atomic
def replace_decision(
    decision: Decision, ruling: Ruling, *, reasons: str, at: datetime, actor: Actor
) -> Decision:
    """On appeal another decision takes this one's place, from the same day on where it counts points.

    What is milder was agreed on with the first; what is harder, for a reporter, waits for a second person of its own.
    """
    seller = lock_with_sister_shops(decision.seller_id)
    locked = lock_row(Decision, decision.pk)
    validate_ruling(ruling, locked.case, locked.policy, actor=actor)
    case = _reopen_case(locked)
    end_decision(locked, seller, as_written(reasons), replaced=True, at=at, actor=actor)
    agreed = {"approved_by": str(actor), "approved_at": at} if locked.is_infringement else {}
    new = Decision.objects.create(
        **ruling.columns,
        case=case,
        seller=seller,
        policy=locked.policy,
        decided_by=str(actor),
        decided_at=at,
        previous_case_state=locked.previous_case_state,
        replaces=locked,
        **agreed,
    )
    carry_out(new, seller, at=at, actor=actor)
    return new


def _reopen_case(decision: Decision) -> Case:
    case = lock_row(Case, decision.case_id)
    same = Case.objects.filter(seller=case.seller_id, listing=case.listing_id, right=case.right_id)
    if same.filter(state__in=Case.UNSETTLED).exists():
        raise Refused(
            _("There is another open case about the same target. Decide that one first."), code="open_case"
        )
    return case.step(Case.State.RULED)


def end_decision(
    decision: Decision, seller: Seller, reasons: Texts, *, replaced: bool, at: datetime, actor: Actor
) -> None:
    decision.step(State.ANNULLED, ended_at=at, ended_by=str(actor), end_reasons=reasons, due_at=None)
    undo_effects(decision, seller, replaced=replaced, reasons=reasons, at=at, actor=actor)
    case = decision.case
    fact = DecisionAnnulled(
        case_id=case.pk,
        decision_id=decision.pk,
        listing=case.listing.external_id if case.listing else "",
        seller=seller.external_id,
        is_replaced=replaced,
    )
    record(fact, about=case, at=at, actor=actor)
