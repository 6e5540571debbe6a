from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from enforcement.models import Case
from klean.core.actors import Actor
from klean.core.events import record
from klean.core.holding import hold
from klean.core.refusals import Refused
from legal.facts import HoldPlaced, HoldReleased, MatterMoved, MatterOpened
from legal.models import Hold, Matter


@transaction.atomic
def open_matter(kind: Matter.Kind, title: str, *, case: Case | None, at: datetime, actor: Actor) -> Matter:
    matter = Matter.objects.create(kind=kind, title=title, case=case, opened_by=str(actor), opened_at=at)
    record(
        MatterOpened(matter_id=matter.pk, kind=kind, case_id=case.pk if case else None),
        about=matter,
        actor=actor,
    )
    return matter


@transaction.atomic
def move_matter(matter: Matter, state: Matter.State, *, at: datetime, actor: Actor) -> Matter:
    """One step on; a closed matter holds nothing back any more."""
    matter.step(state)
    record(MatterMoved(matter_id=matter.pk, state=state), about=matter, actor=actor)
    if state == Matter.State.CLOSED:
        release_hold(matter, at=at, actor=actor)
    return matter


@transaction.atomic
def place_hold(matter: Matter, reason: str, *, at: datetime, actor: Actor) -> Hold:
    """Keep everything that belongs to the matter; a hold that stands already stays as it is."""
    matter = hold(Matter, matter.pk)
    if matter.state == Matter.State.CLOSED:
        raise Refused(_("The matter is closed."), code="matter_closed")
    standing = matter.holds.filter(released_at=None).first()
    if standing:
        return standing
    placed = Hold.objects.create(matter=matter, reason=reason, placed_by=str(actor), placed_at=at)
    record(HoldPlaced(hold_id=placed.pk, matter_id=matter.pk), about=matter, actor=actor)
    return placed


@transaction.atomic
def release_hold(matter: Matter, *, at: datetime, actor: Actor) -> None:
    """Let retention run again; where no hold stands, nothing happens."""
    matter = hold(Matter, matter.pk)
    standing = matter.holds.filter(released_at=None).first()
    if standing is None:
        return
    standing.released_by, standing.released_at = str(actor), at
    standing.save(update_fields=["released_by", "released_at"])
    record(HoldReleased(hold_id=standing.pk, matter_id=matter.pk), about=matter, actor=actor)
