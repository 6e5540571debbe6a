"""Keeping the register of those who take part from outside."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from governance.facts import (
    ActionItemCompleted,
    ActionItemOpened,
    AgreementSigned,
    MeetingHeld,
    StakeholderRegistered,
)
from governance.models import ActionItem, Agreement, Meeting, Stakeholder
from klean.core.access.models import Organisation, User
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.files.store import keep_file
from klean.core.rows.refusals import Refused


@transaction.atomic
def register_stakeholder(
    name: str,
    kind: str,
    *,
    contact: str = "",
    organisation: Organisation | None = None,
    at: datetime,
    actor: Actor,
) -> Stakeholder:
    """Enter an organisation; the same name and kind again is refused."""
    found, is_new = Stakeholder.objects.get_or_create(
        name=name, kind=kind, defaults={"contact": contact, "organisation": organisation, "registered_at": at}
    )
    if not is_new:
        raise Refused(_("%(name)s is in the register already.") % {"name": name}, code="registered")
    record(StakeholderRegistered(stakeholder_id=found.pk, kind=kind), about=found, at=at, actor=actor)
    return found


@transaction.atomic
def sign_agreement(
    stakeholder: Stakeholder,
    title: str,
    *,
    signed_on: date,
    ends_on: date | None,
    document: bytes | None,
    at: datetime,
    actor: Actor,
) -> Agreement:
    """Put an agreement on record, with its signed paper where there is one."""
    file = keep_file(document, at=at) if document else None
    agreement = Agreement.objects.create(
        stakeholder=stakeholder, title=title, signed_on=signed_on, ends_on=ends_on, document=file
    )
    fact = AgreementSigned(agreement_id=agreement.pk, stakeholder_id=stakeholder.pk)
    record(fact, about=stakeholder, at=at, actor=actor)
    return agreement


@transaction.atomic
def write_minutes(
    title: str, held_on: date, minutes: str, *, with_: Sequence[Stakeholder], at: datetime, actor: Actor
) -> Meeting:
    """Put a meeting on record."""
    meeting = Meeting.objects.create(title=title, held_on=held_on, minutes=minutes, written_by=str(actor))
    meeting.stakeholders.set(with_)
    record(MeetingHeld(meeting_id=meeting.pk), about=meeting, at=at, actor=actor)
    return meeting


@transaction.atomic
def open_item(
    task: str, *, owner: User, due_on: date, meeting: Meeting | None = None, at: datetime, actor: Actor
) -> ActionItem:
    """Promise something by a day."""
    item = ActionItem.objects.create(task=task, owner=owner, due_on=due_on, meeting=meeting)
    record(ActionItemOpened(item_id=item.pk, due_on=due_on.isoformat()), about=item, at=at, actor=actor)
    return item


@transaction.atomic
def finish_item(item: ActionItem, *, at: datetime, actor: Actor) -> None:
    """Done; done again says nothing."""
    if ActionItem.objects.filter(pk=item.pk, done_at=None).update(done_at=at):
        record(ActionItemCompleted(item_id=item.pk), about=item, at=at, actor=actor)
