"""Erasing personal data: when its days are over, and when a person asks. The event log holds none, so its chain stays."""

import json
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.db.models import CharField, JSONField, Model, QuerySet, TextField

from governance.facts import ExpiredDataErased, TextErased
from governance.queries.personal import expired, has_something, kept_by_holds, rows_naming
from klean.core.access.models import User
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.files.models import StoredFile
from klean.core.files.store import forget_files
from klean.core.policy.queries import policy_at
from klean.core.privacy.legal_holds import lock_legal_holds
from klean.core.privacy.queries import inventory
from klean.core.privacy.rules import patterns_of
from klean.core.rows.personal import Personal

ERASED = "[erased]"
SATELLITES = (EmailAddress, Authenticator, UserSession, LogEntry)


def erase_rows(
    model: type[Model],
    personal: Personal,
    rows: QuerySet[Any],
    *,
    is_asked_for: bool = False,
    at: datetime,
    actor: Actor,
) -> int:
    """Blank or delete these rows as the inventory says; answers how many had something left."""
    rows = rows.filter(has_something(personal, is_asked_for=is_asked_for))
    if model is User:
        _erase_satellites(rows)
    if personal.deletes:
        return rows.delete()[1].get(model._meta.label, 0)
    blanks = personal.blanks(is_asked_for=is_asked_for)
    to_files = [name for name in blanks if model._meta.get_field(name).related_model is StoredFile]
    files = {pk for name in to_files for pk in rows.values_list(name, flat=True) if pk}
    count = rows.update(**blanks) if blanks else 0
    forget_files(files)
    return count


def _erase_satellites(users: QuerySet[User]) -> None:
    """What the log-in keeps of people in tables of its own."""
    for model in SATELLITES:
        model._default_manager.filter(user__in=users).delete()


def redact_texts(texts: Iterable[str], names: Iterable[str], *, at: datetime, actor: Actor) -> int:
    """Take the person out of every text; answers how many texts had them.

    ``texts`` go wherever they stand but in the accounts of others, ``names``, which others may bear, only where
    somebody may be mentioned.
    """
    certain, likely = patterns_of(texts), patterns_of([*texts, *names])
    count = 0
    for model, personal in inventory():
        free = set(personal.mentions)
        texts = [name for name in personal.fields if name not in free and _is_text(model, name)]
        for name in [*personal.mentions, *([] if model is User else texts)]:
            count += _redact(model, name, personal, likely if name in free else certain, at=at, actor=actor)
    return count


def _is_text(model: type[Model], name: str) -> bool:
    return isinstance(model._meta.get_field(name), CharField | TextField | JSONField)


def _redact(
    model: type[Model], name: str, personal: Personal, pattern: str, *, at: datetime, actor: Actor
) -> int:
    found = rows_naming(model._default_manager.all(), name, pattern) if pattern else {}
    rows, field = model._default_manager.filter(pk__in=found), model._meta.get_field(name)
    if not found:
        return 0
    if personal.deletes:
        rows.delete()
    elif personal.salts:
        for row in rows.order_by("pk"):
            salts = {key: salt for key, salt in getattr(row, personal.salts).items() if key != name}
            model._default_manager.filter(pk=row.pk).update(**{name: "", personal.salts: salts})
            record(
                TextErased(model=model._meta.label, row_id=row.pk, field=name), about=row, at=at, actor=actor
            )
    else:
        for pk, text in found.items():
            left = re.sub(pattern, ERASED, text, flags=re.IGNORECASE)
            to = (
                json.loads(left)
                if isinstance(field, JSONField)
                else left[: getattr(field, "max_length", None)]
            )
            model._default_manager.filter(pk=pk).update(**{name: to})
    return len(found)


@transaction.atomic
def erase_expired(*, limit: int = 500, at: datetime, actor: Actor) -> int:
    """One batch of rows whose days are over, of the first class that has some; what a hold keeps is left alone."""
    lock_legal_holds()
    policy, kept = policy_at(at), kept_by_holds()
    for model, personal in inventory():
        if not personal.since:
            continue
        due = expired(model, personal, policy, kept, at).order_by("pk").values_list("pk", flat=True)[:limit]
        pks = list(due.select_for_update(skip_locked=True, of=("self",)))
        rows = model._default_manager.filter(pk__in=pks)
        if pks and (count := erase_rows(model, personal, rows, at=at, actor=actor)):
            fact = ExpiredDataErased(retention_class=personal.kept_as, model=model._meta.label, rows=count)
            record(fact, about=policy, at=at, actor=actor)
            return count
    return 0


def clear_sessions() -> None:
    """Sessions that ran out."""
    SessionStore.clear_expired()
