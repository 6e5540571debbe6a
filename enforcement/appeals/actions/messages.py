"""Messages and documents of both sides while an appeal is heard."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from enforcement.appeals.actions.mails import notify_appellant
from enforcement.appeals.facts import AppealMessageSent
from enforcement.appeals.models import Appeal, AppealMessage
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.files.store import keep_file
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused

MAX_MESSAGES = 50


@transaction.atomic
def write_message(
    appeal: Appeal, text: str, document: bytes | None = None, *, from_team: bool, at: datetime, actor: Actor
) -> AppealMessage:
    """Write or attach something while the appeal is open; a message of the team is mailed to whoever appealed."""
    locked = lock_row(Appeal, appeal.pk)
    if not locked.is_open:
        raise Refused(_("This appeal is closed."), code="appeal_closed")
    if locked.messages.count() >= MAX_MESSAGES:
        raise Refused(
            _("An appeal can have up to %(most)d messages.") % {"most": MAX_MESSAGES}, code="too_many"
        )
    file = keep_file(document, at=at) if document else None
    message = AppealMessage.objects.create(
        appeal=locked, from_team=from_team, author=str(actor), text=text, file=file, written_at=at
    )
    record(
        AppealMessageSent(appeal_id=locked.pk, from_team=from_team),
        about=locked.decision.case,
        at=at,
        actor=actor,
    )
    if from_team:
        notify_appellant(locked, "appeal_message.txt", text=text, at=at, once_more=f":{message.pk}")
    return message
