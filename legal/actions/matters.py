from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from enforcement.cases.models import Case
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.privacy.legal_holds import lock_legal_holds
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused
from legal.facts import HoldPlaced, HoldReleased, MatterOpened, MatterStateChanged, MatterUpdated
from legal.models import Cost, Hold, Matter, Party, Task


@transaction.atomic
def open_matter(kind: Matter.Kind, title: str, *, case: Case | None, at: datetime, actor: Actor) -> Matter:
    matter = Matter.objects.create(kind=kind, title=title, case=case, opened_by=str(actor), opened_at=at)
    record(
        MatterOpened(matter_id=matter.pk, kind=kind, case_id=case.pk if case else None),
        about=matter,
        at=at,
        actor=actor,
    )
    return matter


@transaction.atomic
def move_matter(matter: Matter, state: Matter.State, *, at: datetime, actor: Actor) -> Matter:
    """One step on; a closed matter holds nothing back any more."""
    matter.step(state)
    record(MatterStateChanged(matter_id=matter.pk, state=state), about=matter, at=at, actor=actor)
    if state == Matter.State.CLOSED:
        release_hold(matter, at=at, actor=actor)
    return matter


@transaction.atomic
def place_hold(matter: Matter, reason: str, *, at: datetime, actor: Actor) -> Hold:
    """Keep everything that belongs to the matter; a hold that stands already stays as it is."""
    lock_legal_holds()
    matter = lock_row(Matter, matter.pk)
    if matter.state == Matter.State.CLOSED:
        raise Refused(_("The matter is closed."), code="matter_closed")
    standing = matter.holds.filter(released_at=None).first()
    if standing:
        return standing
    placed = Hold.objects.create(matter=matter, reason=reason, placed_by=str(actor), placed_at=at)
    record(HoldPlaced(hold_id=placed.pk, matter_id=matter.pk), about=matter, at=at, actor=actor)
    return placed


@transaction.atomic
def release_hold(matter: Matter, *, at: datetime, actor: Actor) -> None:
    """Let retention run again; where no hold stands, nothing happens."""
    matter = lock_row(Matter, matter.pk)
    standing = matter.holds.filter(released_at=None).first()
    if standing is None:
        return
    standing.released_by, standing.released_at = str(actor), at
    standing.save(update_fields=["released_by", "released_at"])
    record(HoldReleased(hold_id=standing.pk, matter_id=matter.pk), about=matter, at=at, actor=actor)


@transaction.atomic
def add_party(
    matter: Matter, role: Party.Role, name: str, contact: str, *, at: datetime, actor: Actor
) -> Party:
    party = Party.objects.create(matter=_open(matter), role=role, name=name, contact=contact, added_at=at)
    record(MatterUpdated(matter_id=matter.pk, kind="party"), about=matter, at=at, actor=actor)
    return party


@transaction.atomic
def add_task(
    matter: Matter, what: str, due_on: date, *, is_deadline: bool, at: datetime, actor: Actor
) -> Task:
    task = Task.objects.create(
        matter=_open(matter), what=what, due_on=due_on, is_deadline=is_deadline, added_by=str(actor)
    )
    record(
        MatterUpdated(matter_id=matter.pk, kind="deadline" if is_deadline else "task"),
        about=matter,
        at=at,
        actor=actor,
    )
    return task


@transaction.atomic
def finish_task(task: Task, *, at: datetime, actor: Actor) -> None:
    """It is done; done again says nothing."""
    if Task.objects.filter(pk=task.pk, done_at=None).update(done_at=at, done_by=str(actor)):
        record(MatterUpdated(matter_id=task.matter_id, kind="done"), about=task.matter, at=at, actor=actor)


@transaction.atomic
def add_cost(matter: Matter, what: str, amount: int, spent_on: date, *, at: datetime, actor: Actor) -> Cost:
    cost = Cost.objects.create(
        matter=_open(matter), what=what, amount=amount, spent_on=spent_on, entered_by=str(actor)
    )
    record(MatterUpdated(matter_id=matter.pk, kind="cost"), about=matter, at=at, actor=actor)
    return cost


def _open(matter: Matter) -> Matter:
    locked = lock_row(Matter, matter.pk)
    if locked.state == Matter.State.CLOSED:
        raise Refused(_("The matter is closed."), code="matter_closed")
    return locked
