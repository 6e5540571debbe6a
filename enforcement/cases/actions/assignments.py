"""To whom a case is assigned: a lease that is renewed, runs out, and leaves its interval behind."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Least
from django.utils.translation import gettext as _

from enforcement.cases.actions.notes import add_note
from enforcement.cases.facts import CaseAssigned, CaseEscalated, CaseReleased
from enforcement.cases.models import Case, CaseAssignment
from enforcement.cases.queries.cases import DESK_ROLES
from enforcement.cases.queries.people import person_behind
from enforcement.cases.rules.policy import Cases
from klean.core.access.models import User
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.policy.queries import policy_at
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Conflict, Refused

Ending = CaseAssignment.Ending
MAX_EXTENSION = timedelta(days=7)  # a colleague who is away longer hands the case over


@transaction.atomic
def assign_case(case: Case, to: User, *, at: datetime, actor: Actor) -> Case:
    """Assign a case to a person, or renew their lease; refused while somebody else's has not run out."""
    locked = lock_free_case(case, to.pk, at=at)
    until = at + policy_at(at)[Cases].assignment
    return _keep(locked, to, until, at=at, actor=actor)


def lock_free_case(case: Case, user_id: int | None, *, at: datetime) -> Case:
    """The pending case, locked, that is assigned to nobody but this person."""
    locked = lock_row(Case, case.pk)
    if not locked.is_pending:
        raise Refused(_("This case has already been decided."), code="case_decided")
    assignee = locked.assignee(at)
    if assignee is not None and assignee != user_id:
        raise Conflict(
            _("%(who)s is working on this case.") % {"who": locked.assigned_to}, code="case_assigned"
        )
    return locked


def _keep(case: Case, to: User, until: datetime, *, at: datetime, actor: Actor) -> Case:
    """Lengthen the person's running assignment, or begin one."""
    if case.assignee(at) == to.pk:
        _running_of(case).update(until=until)
        return _update(case, assigned_until=until)
    return _begin(case, to, until, at=at, actor=actor)


def _begin(case: Case, to: User, until: datetime, *, at: datetime, actor: Actor) -> Case:
    end_assignment(case, Ending.EXPIRED, at=at, actor=actor)
    CaseAssignment.objects.create(case=case, user=to, assigned_at=at, until=until)
    record(CaseAssigned(case_id=case.pk, user_id=to.pk), about=case, at=at, actor=actor)
    return _update(case, assigned_to=to, assigned_at=at, assigned_until=until)


def end_assignment(case: Case, ending: CaseAssignment.Ending, *, at: datetime, actor: Actor) -> None:
    """End the running interval; one whose lease ran out ended then, and says so."""
    _running_of(case).filter(until__lte=at).update(ended_at=F("until"), ending=Ending.EXPIRED)
    _running_of(case).update(ended_at=Least(at, F("until")), ending=ending)


def _running_of(case: Case) -> QuerySet[CaseAssignment]:
    return CaseAssignment.objects.filter(case=case, ended_at=None)


def _update(case: Case, **fields: object) -> Case:
    Case.objects.filter(pk=case.pk).update(**fields)
    vars(case).update(fields)
    case.refresh_from_db(fields=list(fields))
    return case


@transaction.atomic
def release_case(case: Case, ending: CaseAssignment.Ending, *, at: datetime, actor: Actor) -> Case:
    """End one's own assignment; a skipped case does not come back to the same person by itself."""
    user = person_behind(actor)
    locked = lock_free_case(case, user.pk, at=at)
    if ending == Ending.SKIPPED and locked.assignee(at) != user.pk:
        CaseAssignment.objects.create(
            case=locked, user=user, assigned_at=at, until=at, ended_at=at, ending=ending
        )
    end_assignment(locked, ending, at=at, actor=actor)
    fact = CaseReleased(case_id=locked.pk, user_id=user.pk, ending=ending)
    record(fact, about=locked, at=at, actor=actor)
    return _update(locked, assigned_to=None, assigned_at=None, assigned_until=None)


@transaction.atomic
def hand_over_case(case: Case, to: User, *, at: datetime, actor: Actor) -> Case:
    """Give a case to a named colleague, whose lease begins now."""
    if not to.has_role(*DESK_ROLES):
        raise Refused(_("%(who)s is not on the protection desk.") % {"who": to}, code="not_at_the_desk")
    locked = lock_free_case(case, actor.person_id, at=at)
    end_assignment(locked, Ending.HANDED_OVER, at=at, actor=actor)
    until = at + policy_at(at)[Cases].assignment
    return _begin(locked, to, until, at=at, actor=actor)


@transaction.atomic
def escalate_case(case: Case, text: str, *, at: datetime, actor: Actor) -> Case:
    """Ask a senior, with a note of why; the case leaves the moderators' own queue."""
    locked = lock_free_case(case, actor.person_id, at=at)
    locked.step(Case.State.ESCALATED)
    add_note(locked, text, at=at, actor=actor)
    end_assignment(locked, Ending.ESCALATED, at=at, actor=actor)
    record(CaseEscalated(case_id=locked.pk), about=locked, at=at, actor=actor)
    return _update(locked, assigned_to=None, assigned_at=None, assigned_until=None)


@transaction.atomic
def extend_assignment(case: Case, until: datetime, text: str, *, at: datetime, actor: Actor) -> Case:
    """Keep a case past the lease, with a note of why; others see until when."""
    user = person_behind(actor)
    locked = lock_free_case(case, user.pk, at=at)
    if not at < until <= at + MAX_EXTENSION:
        raise Refused(
            _("A case can stay on hold for up to %(days)d days.") % {"days": MAX_EXTENSION.days},
            code="too_long",
        )
    add_note(locked, text, at=at, actor=actor)
    return _keep(locked, user, until, at=at, actor=actor)
