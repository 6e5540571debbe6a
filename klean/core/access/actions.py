"""API keys: shown once, kept as a hash, scoped, revocable."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from klean.core.access.facts import ApiKeyIssued, ApiKeyRevoked
from klean.core.access.models import ApiKey, Organisation
from klean.core.access.scopes import UNRESTRICTED_KINDS, scopes_open_to
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.rows.refusals import Refused


@transaction.atomic
def issue_key(
    organisation: Organisation, name: str, scopes: list[str], *, at: datetime, actor: Actor
) -> tuple[ApiKey, str]:
    """A new key and the token to hand over; the token cannot be read again."""
    is_restricted = organisation.kind not in UNRESTRICTED_KINDS
    if is_restricted and not set(scopes) <= set(scopes_open_to(organisation)):
        raise Refused(_("A machine of this organisation may not do that."), code="scope_not_open")
    prefix, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        organisation=organisation,
        name=name,
        scopes=scopes,
        prefix=prefix,
        secret_sha256=ApiKey.digest(secret),
        created_at=at,
    )
    record(ApiKeyIssued(key_id=key.pk), about=key, at=at, actor=actor)
    return key, f"klean_{prefix}_{secret}"


@transaction.atomic
def revoke_key(key: ApiKey, *, at: datetime, actor: Actor) -> None:
    """Stop the key at once; revoking it again changes nothing."""
    if ApiKey.live().filter(pk=key.pk).update(revoked_at=at):
        record(ApiKeyRevoked(key_id=key.pk), about=key, at=at, actor=actor)
