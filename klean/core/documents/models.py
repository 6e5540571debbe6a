"""The keys that everything signed is checked with."""

from typing import ClassVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import models
from django.utils.translation import gettext_lazy as _

from klean.core.rows.encryption import EncryptedTextField


class SigningKey(models.Model):
    """An Ed25519 key: the public half in hex, the private half encrypted. The newest signs, all of them still verify."""

    public = models.CharField(max_length=64, unique=True)
    secret = EncryptedTextField()
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("signing key")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.public

    @property
    def pem(self) -> str:
        return self._public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    @property
    def _public_key(self) -> Ed25519PublicKey:
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.public))

    def sign(self, data: bytes) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(self.secret)).sign(data)

    def verify(self, signature: bytes, data: bytes) -> None:
        """Raises ``cryptography.exceptions.InvalidSignature``."""
        self._public_key.verify(signature, data)
