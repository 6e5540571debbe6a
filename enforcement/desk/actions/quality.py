"""Quality checks of what was decided: a blind sample, and golden cases that everybody answers."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from enforcement.cases.queries.people import person_behind
from enforcement.decisions.models import Decision
from enforcement.decisions.queries.participants import had_a_part
from enforcement.decisions.rules.policy import Decisions
from enforcement.desk.models import Check, CheckAnswer
from klean.core.events.actors import Actor
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused


def sample_decision(decision: Decision, *, at: datetime, actor: Actor) -> None:
    """Put the policy's share of people's decisions to a blind second review; which ones, nobody can choose."""
    percent = decision.policy[Decisions].second_review_percent
    lot = int.from_bytes(hashlib.sha256(f"second review {decision.pk}".encode()).digest()[:4]) % 100
    if decision.maker.kind == "person" and lot < percent:
        _put_to_check(decision, Check.Kind.BLIND, at=at, actor=actor)


def make_golden(decision: Decision, *, at: datetime, actor: Actor) -> Check:
    """Everybody at the desk answers this case from now on, without seeing the decision."""
    if decision.state != Decision.State.IN_FORCE:
        raise Refused(_("Only a decision in force can become a golden case."), code="not_in_force")
    return _put_to_check(decision, Check.Kind.GOLDEN, at=at, actor=actor)


def _put_to_check(decision: Decision, kind: Check.Kind, *, at: datetime, actor: Actor) -> Check:
    return Check.objects.get_or_create(
        decision=decision, kind=kind, defaults={"made_at": at, "made_by": str(actor)}
    )[0]


@transaction.atomic
def answer_check(check: Check, choice: str, *, at: datetime, actor: Actor) -> CheckAnswer:
    """Decide again, blindly; a sampled decision is answered by one person, a golden one by everybody."""
    user, locked = person_behind(actor), lock_row(Check, check.pk)
    if locked.closed_at is not None or locked.answers.filter(user=user).exists():
        raise Refused(_("This case has already been reviewed."), code="answered")
    if had_a_part(locked.decision, user):
        raise Refused(_("You worked on this case, so you cannot review it."), code="had_a_part")
    agrees = choice == choice_of(locked.decision)
    answer = CheckAnswer.objects.create(check_of=locked, user=user, choice=choice, agrees=agrees, made_at=at)
    if locked.kind == Check.Kind.BLIND:
        Check.objects.filter(pk=locked.pk).update(closed_at=at)
    return answer


def choice_of(decision: Decision) -> str:
    """The button of the desk that stands for this decision."""
    return decision.severity or decision.outcome


def close_golden(check: Check, *, at: datetime, actor: Actor) -> None:
    """Ask this golden case no more; its answers stay."""
    Check.objects.filter(pk=check.pk, closed_at=None).update(closed_at=at, made_by=str(actor))
