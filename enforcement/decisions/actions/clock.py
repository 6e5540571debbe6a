"""What the clock does to decisions."""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy

from enforcement.decisions.actions.annulments import end_decision
from enforcement.decisions.actions.approvals import take_back
from enforcement.decisions.actions.effective import carry_out
from enforcement.decisions.models import Decision
from enforcement.sanctions.actions.measures import lock_with_sister_shops
from klean.core.events.actors import Actor
from klean.core.operations.due_work import work_off
from klean.core.rows.locks import lock_row
from klean.core.rows.texts import in_each_language

State = Decision.State
CLOCK = Actor("system", "decision_clock")
OVERTAKEN = gettext_lazy("New evidence was added to the case.")
UNREVIEWED = gettext_lazy("Nobody reviewed this emergency decision in time.")
TIMEOUT = timedelta(seconds=5)  # a decision with its sister shops


def carry_out_due_decisions(*, at: datetime, limit: int = 50) -> int:
    """Let decisions take effect whose time has come, and emergencies end that nobody reviewed in time."""
    return work_off(Decision, partial(_do_what_is_due, at=at), at=at, batch=limit, timeout=TIMEOUT)


@transaction.atomic
def _do_what_is_due(decision: Decision, *, at: datetime) -> None:
    seller = lock_with_sister_shops(decision.seller_id)
    locked = lock_row(Decision, decision.pk)
    if locked.state == State.WAITING and _is_overtaken(locked):
        take_back(locked, in_each_language(lambda: OVERTAKEN), at=at, actor=CLOCK)
    elif locked.state == State.WAITING:
        carry_out(locked, seller, at=at, actor=locked.maker)
    elif locked.awaits_review:
        end_decision(locked, seller, in_each_language(lambda: UNREVIEWED), replaced=False, at=at, actor=CLOCK)


def _is_overtaken(decision: Decision) -> bool:
    """Evidence that came after a decision in the seller's favour is looked at before it takes effect."""
    later = decision.case.evidence.filter(joined_at__gt=decision.decided_at)
    return not decision.is_infringement and later.exists()
