"""The one key that signs evidence bundles and published figures, and the change to another."""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from klean.core.documents.facts import SigningKeyGenerated
from klean.core.documents.models import SigningKey
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.rows.locks import lock_name


@transaction.atomic
def change_signing_key(reason: str, *, at: datetime, actor: Actor) -> SigningKey:
    """A new key, which signs from now on; what older ones signed still verifies."""
    lock_name("signing key")
    private = Ed25519PrivateKey.generate()
    key = SigningKey.objects.create(
        public=private.public_key().public_bytes_raw().hex(),
        secret=private.private_bytes_raw().hex(),
        reason=reason,
        made_at=at,
    )
    record(SigningKeyGenerated(public_key=key.public), about=key, at=at, actor=actor)
    return key


@transaction.atomic
def signing_key(*, at: datetime, actor: Actor) -> SigningKey:
    """The key that signs now, to the end of the transaction; the first signature makes the first key."""
    lock_name("signing key")
    return SigningKey.objects.first() or change_signing_key("", at=at, actor=actor)
