"""Erasing personal data: when its days are over, and when a person asks. The event log holds none, so its chain stays."""

import re
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.db.models import F, Func, Model, QuerySet, TextField, Value
from django.db.models.functions import Cast

from governance.facts import RetentionEnded
from governance.queries.inventory import Personal, inventory
from governance.queries.personal import expired, has_something, kept_by_holds
from klean.core.actors import Actor
from klean.core.events import record
from klean.core.files import forget_files
from klean.core.keeping import hold_keeping
from klean.core.models import StoredFile, User
from klean.core.policy import policy_at

ERASED = "[erased]"
RETENTION = Actor("system", "retention")
SATELLITES = (EmailAddress, Authenticator, UserSession, LogEntry)


def erase_rows(
    model: type[Model], personal: Personal, rows: QuerySet[Any], *, is_asked_for: bool = False
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


def redact_mentions(address: str) -> int:
    """Take an e-mail address out of every text in which somebody may be named; answers how many rows had it."""
    return sum(
        _redact(model, name, personal, address)
        for model, personal in inventory()
        for name in personal.mentions
    )


def _redact(model: type[Model], name: str, personal: Personal, address: str) -> int:
    told = Cast(F(name), TextField())
    found = model._default_manager.annotate(told=told).filter(told__icontains=address)
    if personal.deletes:
        return found.delete()[0]
    pattern = re.sub(r"([^\w@])", r"\\\1", address)
    redacted = Func(
        told, Value(pattern), Value(ERASED), Value("gi"), function="regexp_replace", output_field=TextField()
    )
    return found.update(**{name: Cast(redacted, model._meta.get_field(name))})  # type: ignore[arg-type]


@transaction.atomic
def erase_expired(*, at: datetime, limit: int = 500) -> int:
    """One batch of rows whose days are over, of the first class that has some; what a hold keeps is left alone."""
    hold_keeping()
    policy, kept = policy_at(at), kept_by_holds()
    for model, personal in inventory():
        if not personal.since or "retention" not in policy.body:
            continue
        due = expired(model, personal, policy, kept, at).order_by("pk").values_list("pk", flat=True)[:limit]
        pks = list(due.select_for_update(skip_locked=True, of=("self",)))
        if pks and (count := erase_rows(model, personal, model._default_manager.filter(pk__in=pks))):
            fact = RetentionEnded(kept_as=personal.kept_as, model=model._meta.label, rows=count)
            record(fact, about=policy, actor=RETENTION)
            return count
    return 0


def clear_sessions() -> None:
    """Sessions that ran out."""
    SessionStore.clear_expired()
