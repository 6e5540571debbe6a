"""Notices that wait to be filed, and words to begin the next ones with."""

from datetime import datetime
from typing import Any

from klean.core.access.models import Organisation
from klean.core.events.actors import Actor
from reports.models.portal import NoticeDraft


def save_draft(
    organisation: Organisation,
    name: str,
    body: dict[str, Any],
    *,
    is_template: bool,
    at: datetime,
    actor: Actor,
) -> NoticeDraft:
    """Keep it under its name; the same name again replaces it."""
    draft, _is_new = NoticeDraft.objects.update_or_create(
        organisation=organisation, name=name, is_template=is_template, defaults={"body": body, "saved_at": at}
    )
    return draft


def drop_draft(draft: NoticeDraft, *, at: datetime, actor: Actor) -> None:
    draft.delete()
