"""Published transparency reports: frozen, signed, numbered."""

from base64 import b64encode
from typing import ClassVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import models

from klean.core.fields import EncryptedTextField


class SigningKey(models.Model):
    """An Ed25519 key; the last one made signs, all of them stay to be checked against."""

    public = models.BinaryField(max_length=32, unique=True)
    private = EncryptedTextField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return b64encode(bytes(self.public)).decode()

    @property
    def pem(self) -> str:
        key = Ed25519PublicKey.from_public_bytes(bytes(self.public))
        return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def sign(self, text: bytes) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(self.private)).sign(text)

    def verify(self, signature: bytes, text: bytes) -> None:
        """Raises ``cryptography.exceptions.InvalidSignature``."""
        Ed25519PublicKey.from_public_bytes(bytes(self.public)).verify(signature, text)


class Edition(models.Model):
    """``body`` is the signed JSON as it was published, counted from the events up to ``position``.

    The database refuses to change or delete one (see migration 0002); a correction is another edition.
    """

    number = models.PositiveIntegerField(unique=True)
    month = models.DateField()
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    reason = models.CharField(max_length=500, blank=True)
    position = models.BigIntegerField()
    head = models.CharField(max_length=64)
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    signature = models.BinaryField(max_length=64)
    key = models.ForeignKey(SigningKey, models.PROTECT, related_name="editions")
    published_by = models.CharField(max_length=100)
    published_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["month"], condition=models.Q(corrects=None), name="one_first_edition_per_month"
            ),
            models.CheckConstraint(
                condition=models.Q(corrects=None) | ~models.Q(reason=""), name="a_correction_has_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"edition {self.number}"
