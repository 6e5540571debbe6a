"""What the desk does when a decision takes effect."""

from enforcement.decisions.facts import DecisionIssued
from enforcement.decisions.models import Decision
from enforcement.desk.actions.quality import sample_decision
from klean.core.events.actors import Actor
from klean.core.events.models import Event
from klean.core.events.subscriptions import on

SAMPLER = Actor("system", "sampler")


@on(DecisionIssued)
def a_decision_took_effect(fact: DecisionIssued, event: Event) -> None:
    sample_decision(Decision.objects.get(pk=fact.decision_id), at=event.at, actor=SAMPLER)
