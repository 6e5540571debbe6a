"""API keys: shown once, kept as a hash, scoped, revocable."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from klean.core.actors import Actor
from klean.core.events import record
from klean.core.facts import ApiKeyIssued, ApiKeyRevoked
from klean.core.models.people import ApiKey, Organisation
from klean.core.refusals import Refused

SCOPES = (
    "listings:write",
    "listings:read",
    "screenings:write",
    "notices:write",
    "notices:read",
    "claims:write",
    "claims:read",
    "cases:read",
    "decisions:write",
    "appeals:write",
    "sellers:read",
    "events:read",
    "custody:write",
)
NOTICES = ("notices:write", "notices:read")
# Whose machines may do only so much: what they may not is about others. The marketplace's may do everything.
SCOPES_OF: dict[str, tuple[str, ...]] = {
    Organisation.Kind.RIGHTS_HOLDER: NOTICES,
    Organisation.Kind.AUTHORITY: NOTICES,
    Organisation.Kind.INSPECTION_BODY: ("custody:write",),
    Organisation.Kind.SELLER: (),
    Organisation.Kind.COUNSEL: (),
}


def scopes_open_to(organisation: Organisation) -> tuple[str, ...]:
    return SCOPES_OF.get(organisation.kind, SCOPES)


@transaction.atomic
def issue_key(
    organisation: Organisation, name: str, scopes: list[str], *, at: datetime, actor: Actor
) -> tuple[ApiKey, str]:
    """A new key and the token to hand over; the token cannot be read again."""
    if organisation.kind in SCOPES_OF and not set(scopes) <= set(scopes_open_to(organisation)):
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
    record(ApiKeyIssued(key_id=key.pk), about=key, actor=actor)
    return key, f"klean_{prefix}_{secret}"


@transaction.atomic
def revoke_key(key: ApiKey, *, at: datetime, actor: Actor) -> None:
    """Stop the key at once; revoking it again says nothing."""
    if ApiKey.live().filter(pk=key.pk).update(revoked_at=at):
        record(ApiKeyRevoked(key_id=key.pk), about=key, actor=actor)


def key_of(token: str) -> ApiKey | None:
    """The live key that this token proves, if it does."""
    kind, _, rest = token.partition("_")
    prefix, _, secret = rest.partition("_")
    key = (
        ApiKey.live().filter(prefix=prefix).select_related("organisation").first()
        if kind == "klean"
        else None
    )
    proven = key is not None and secrets.compare_digest(key.secret_sha256, ApiKey.digest(secret))
    return key if proven else None
