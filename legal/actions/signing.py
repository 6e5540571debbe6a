"""The key that bundles and published figures are signed with; its private half is kept encrypted."""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from klean.core.actors import Actor
from klean.core.events import record
from klean.core.holding import hold_name
from legal.facts import KeyMade
from legal.models import SigningKey


@transaction.atomic
def make_key(*, at: datetime, actor: Actor) -> SigningKey:
    """A new key, which signs from now on; what older ones signed stays valid."""
    private = Ed25519PrivateKey.generate()
    key = SigningKey.objects.create(
        public=private.public_key().public_bytes_raw().hex(),
        secret=private.private_bytes_raw().hex(),
        made_at=at,
    )
    record(KeyMade(public=key.public), about=key, actor=actor)
    return key


@transaction.atomic
def sign(data: bytes, *, at: datetime, actor: Actor) -> tuple[SigningKey, bytes]:
    """The signature over these bytes and the key that made it; the first signature makes the first key."""
    hold_name("legal key")
    key = SigningKey.objects.first() or make_key(at=at, actor=actor)
    return key, Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key.secret)).sign(data)
