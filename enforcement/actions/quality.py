"""Second looks at what was decided: a blind sample, and golden cases that everybody answers."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from enforcement.models import Check, CheckAnswer, Decision
from enforcement.queries.appeals import had_a_part
from enforcement.rules.settings import cases_in
from klean.core.actors import Actor
from klean.core.holding import hold
from klean.core.models import User
from klean.core.refusals import Refused

SAMPLER = Actor("system", "sampler")


def sample_decision(decision: Decision, *, at: datetime) -> None:
    """Put the policy's share of people's decisions to a blind second review; which ones, nobody can choose."""
    percent = cases_in(decision.policy.body).second_review_percent
    lot = int.from_bytes(hashlib.sha256(f"second review {decision.pk}".encode()).digest()[:4]) % 100
    if decision.maker.kind == "person" and lot < percent:
        _put_to_check(decision, Check.Kind.BLIND, at=at, actor=SAMPLER)


def make_golden(decision: Decision, *, at: datetime, actor: Actor) -> Check:
    """Everybody at the desk answers this case from now on, without seeing the decision."""
    if decision.state != Decision.State.IN_FORCE:
        raise Refused(_("Only a decision in force can be golden."), code="not_in_force")
    return _put_to_check(decision, Check.Kind.GOLDEN, at=at, actor=actor)


def _put_to_check(decision: Decision, kind: Check.Kind, *, at: datetime, actor: Actor) -> Check:
    return Check.objects.get_or_create(
        decision=decision, kind=kind, defaults={"made_at": at, "made_by": str(actor)}
    )[0]


@transaction.atomic
def answer_check(check: Check, user: User, choice: str, *, at: datetime) -> CheckAnswer:
    """Decide again, blindly; a sampled decision is answered by one person, a golden one by everybody."""
    held = hold(Check, check.pk)
    if held.closed_at is not None or held.answers.filter(user=user).exists():
        raise Refused(_("This case has been answered already."), code="answered")
    if had_a_part(held.decision, user):
        raise Refused(_("Somebody who had no part in the case answers it."), code="had_a_part")
    agrees = choice == choice_of(held.decision)
    answer = CheckAnswer.objects.create(check_of=held, user=user, choice=choice, agrees=agrees, made_at=at)
    if held.kind == Check.Kind.BLIND:
        Check.objects.filter(pk=held.pk).update(closed_at=at)
    return answer


def choice_of(decision: Decision) -> str:
    """The button of the desk that stands for this decision."""
    return decision.severity or decision.outcome


def close_golden(check: Check, *, at: datetime, actor: Actor) -> None:
    """Ask this golden case no more; its answers stay."""
    Check.objects.filter(pk=check.pk, closed_at=None).update(closed_at=at, made_by=str(actor))
