"""Many cases decided alike: each its own decision, all of them taken back together if need be."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from enforcement.cases.models import Case
from enforcement.decisions.actions.annulments import annul_decision
from enforcement.decisions.actions.approvals import withdraw_decision
from enforcement.decisions.actions.decisions import issue_decision
from enforcement.decisions.actions.rulings import Ruling
from enforcement.decisions.models import Batch, Decision
from enforcement.desk.facts import BatchReversed
from enforcement.desk.queries.batches import MAX_CASES
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused


def decide_batch(
    cases: Sequence[Case], ruling: Ruling, *, effective_at: datetime | None = None, at: datetime, actor: Actor
) -> Batch:
    """Decide each case by itself; one that is refused is named with its reason and stops no other."""
    if not cases or len(cases) > MAX_CASES:
        raise Refused(_("A batch can have 1 to %(most)d cases.") % {"most": MAX_CASES}, code="batch_size")
    batch = Batch.objects.create(reasons=ruling.reasons, made_by=str(actor), made_at=at)
    refused = []
    for case in sorted(cases, key=lambda case: (case.seller_id, case.pk)):
        try:
            issue_decision(case, ruling, effective_at=effective_at, batch=batch, at=at, actor=actor)
        except Refused as refusal:
            refused.append({"case": case.pk, "why": str(refusal)})
    Batch.objects.filter(pk=batch.pk).update(refused=refused)
    batch.refused = refused
    return batch


@transaction.atomic
def reverse_batch(batch: Batch, *, reasons: str, at: datetime, actor: Actor) -> Batch:
    """Take every decision of a batch back: without a trace before its effect, with a correction to each side after it."""
    locked = lock_row(Batch, batch.pk)
    if locked.reversed_at is not None:
        raise Refused(_("This batch has already been reversed."), code="reversed")
    decisions = list(locked.decisions.order_by("seller_id", "pk"))
    for decision in decisions:
        if decision.is_pending:
            withdraw_decision(decision, reasons=reasons, at=at, actor=actor)
        elif decision.state == Decision.State.IN_FORCE:
            annul_decision(decision, reasons=reasons, at=at, actor=actor)
    Batch.objects.filter(pk=locked.pk).update(reversed_at=at)
    fact = BatchReversed(batch_id=locked.pk, decision_ids=[decision.pk for decision in decisions])
    record(fact, about=locked, at=at, actor=actor)
    locked.refresh_from_db()
    return locked
