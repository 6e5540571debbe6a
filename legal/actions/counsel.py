"""Handing a matter to counsel: a link that shows this matter alone, and ends."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.rows.refusals import Refused
from legal.facts import CounselAccessGranted, CounselAccessRevoked, CounselAccessUsed
from legal.models import CounselAccess, Matter

LONGEST = timedelta(days=90)


@transaction.atomic
def let_counsel_in(
    matter: Matter,
    name: str,
    email: str,
    expires_at: datetime,
    *,
    shows_bundles: bool,
    shows_letters: bool,
    at: datetime,
    actor: Actor,
) -> tuple[CounselAccess, str]:
    """The access and the token of its link, which cannot be read again."""
    if not at < expires_at <= at + LONGEST:
        raise Refused(_("An access ends within 90 days from now."), code="expires_at")
    if not (shows_bundles or shows_letters):
        raise Refused(_("Say what it shows."), code="scope")
    token = secrets.token_urlsafe(32)
    access = CounselAccess.objects.create(
        matter=matter,
        name=name,
        email=email,
        token_sha256=hashlib.sha256(token.encode()).hexdigest(),
        shows_bundles=shows_bundles,
        shows_letters=shows_letters,
        given_by=str(actor),
        given_at=at,
        expires_at=expires_at,
    )
    record(CounselAccessGranted(access_id=access.pk, matter_id=matter.pk), about=matter, at=at, actor=actor)
    return access, token


@transaction.atomic
def shut_counsel_out(access: CounselAccess, *, at: datetime, actor: Actor) -> None:
    """Withdraw a link at once; again says nothing."""
    if CounselAccess.objects.filter(pk=access.pk, revoked_at=None).update(revoked_at=at):
        fact = CounselAccessRevoked(access_id=access.pk, matter_id=access.matter_id)
        record(fact, about=access.matter, at=at, actor=actor)


@transaction.atomic
def note_counsel(access: CounselAccess, sha256: str = "", *, at: datetime, actor: Actor) -> None:
    """Write down that the counsel looked at the matter, or fetched this file of it."""
    fact = CounselAccessUsed(access_id=access.pk, matter_id=access.matter_id, sha256=sha256)
    record(fact, about=access.matter, at=at, actor=actor)
