"""Notes of the team on a case; colleagues whom a note names are told by mail."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from enforcement.cases.models import Case, CaseNote, Mention
from enforcement.cases.queries.cases import DESK_ROLES
from enforcement.cases.queries.people import person_behind
from klean.core.access.models import User
from klean.core.events.actors import Actor
from klean.core.mail.deliveries import write_mail


@transaction.atomic
def add_note(case: Case, text: str, *, at: datetime, actor: Actor) -> CaseNote:
    """Leave a note for the team; colleagues who are named with ``@`` are told by mail."""
    author = person_behind(actor)
    note = CaseNote.objects.create(case=case, author=author, text=text, written_at=at)
    named = mentioned_in(
        text, User.objects.filter(memberships__role__in=DESK_ROLES, is_active=True).distinct()
    )
    Mention.objects.bulk_create(Mention(note=note, user=colleague) for colleague in named)
    for colleague in named:
        write_mail(
            key=f"mention-{note.pk}:{colleague.pk}",
            to=colleague.email,
            language=colleague.language,
            template="mail/enforcement/mention.txt",
            context={"case": case.pk, "by": str(author), "url": f"{settings.KLEAN_URL}/desk/cases/{case.pk}"},
            at=at,
        )
    return note


def mentioned_in(text: str, colleagues: Iterable[User]) -> list[User]:
    """Those whose name, or whose address before the @, stands behind an ``@`` in the text."""
    words = text.casefold()
    return [
        user
        for user in colleagues
        if any(
            re.search(rf"(?<!\w)@{re.escape(name.casefold())}(?!\w)", words)
            for name in (user.name, user.email.partition("@")[0])
            if name
        )
    ]
