"""Who took part in a case."""

from django.db.models import Q

from enforcement.cases.models import CaseAssignment, CaseNote
from enforcement.decisions.models import Decision
from klean.core.access.models import User
from klean.core.events.actors import person


def had_a_part(decision: Decision, user: User) -> bool:
    """Whether this person decided or approved anything in the case, was assigned to it, or left a note on it."""
    name = str(person(user.pk))
    return (
        Decision.objects.filter(
            Q(decided_by=name) | Q(approved_by=name) | Q(ended_by=name), case=decision.case_id
        ).exists()
        or CaseAssignment.objects.filter(case=decision.case_id, user=user).exists()
        or CaseNote.objects.filter(case=decision.case_id, author=user).exists()
    )
