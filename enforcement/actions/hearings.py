"""What both sides say and show while an appeal is heard."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from enforcement.actions.statements import tell_appellant
from enforcement.facts import AppealAnswered
from enforcement.models import Appeal, AppealMessage
from klean.core.actors import Actor
from klean.core.events import record
from klean.core.files import keep_file
from klean.core.holding import hold
from klean.core.refusals import Refused

MOST = 50


@transaction.atomic
def write_message(
    appeal: Appeal, text: str, document: bytes | None = None, *, from_team: bool, at: datetime, actor: Actor
) -> AppealMessage:
    """Say or show something while the appeal is open; a word of the team is mailed to whoever appealed."""
    held = hold(Appeal, appeal.pk)
    if not held.is_open:
        raise Refused(_("This appeal is closed."), code="appeal_closed")
    if held.messages.count() >= MOST:
        raise Refused(_("An appeal has at most %(most)d messages.") % {"most": MOST}, code="too_many")
    file = keep_file(document, at=at) if document else None
    message = AppealMessage.objects.create(
        appeal=held, from_team=from_team, author=str(actor), text=text, file=file, written_at=at
    )
    record(AppealAnswered(appeal_id=held.pk, from_team=from_team), about=held.decision.case, actor=actor)
    if from_team:
        tell_appellant(held, "appeal_message.txt", text=text, at=at, once_more=f":{message.pk}")
    return message
