"""Many cases decided alike: each its own decision, all of them taken back together if need be."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from enforcement.actions.decisions import annul_decision, issue_decision, withdraw_decision
from enforcement.actions.rulings import Ruling
from enforcement.facts import BatchReversed
from enforcement.models import Batch, Case, Decision
from klean.core.actors import Actor
from klean.core.events import record
from klean.core.holding import hold
from klean.core.refusals import Refused

MOST = 200


def decide_batch(
    cases: Sequence[Case], ruling: Ruling, *, effective_at: datetime | None = None, at: datetime, actor: Actor
) -> Batch:
    """Decide each case by itself; one that is refused is named with its reason and stops no other."""
    if not cases or len(cases) > MOST:
        raise Refused(_("A batch has 1 to %(most)d cases.") % {"most": MOST}, code="batch_size")
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
    """Take every decision of a batch back: before its effect without a trace, after it with a correction to each side."""
    held = hold(Batch, batch.pk)
    if held.reversed_at is not None:
        raise Refused(_("This batch has been taken back already."), code="reversed")
    decisions = list(held.decisions.order_by("seller_id", "pk"))
    for decision in decisions:
        if decision.is_pending:
            withdraw_decision(decision, reasons=reasons, at=at, actor=actor)
        elif decision.state == Decision.State.IN_FORCE:
            annul_decision(decision, reasons=reasons, at=at, actor=actor)
    Batch.objects.filter(pk=held.pk).update(reversed_at=at)
    fact = BatchReversed(batch_id=held.pk, decision_ids=[decision.pk for decision in decisions])
    record(fact, about=held, actor=actor)
    held.refresh_from_db()
    return held
