"""Evidence that leaves the house: what was packed, under whose signature, and who may fetch it."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from klean.core.documents.models import SigningKey
from klean.core.files.models import StoredFile
from klean.core.rows.encryption import EncryptedTextField
from klean.core.rows.personal import Personal
from legal.models.matters import Matter


class Bundle(models.Model):
    """A packed bundle; ``head`` is the last hash of the event chain when it was packed."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="bundles")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    files = models.PositiveIntegerField()
    events = models.PositiveIntegerField()
    head = models.CharField(max_length=64)
    manifest_sha256 = models.CharField(max_length=64)
    key = models.ForeignKey(SigningKey, models.PROTECT, related_name="+")
    stamped_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    made_by = models.CharField(max_length=100)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("evidence bundle")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.file.sha256

    @property
    def packed(self) -> StoredFile:
        """With its time-stamp once it has one."""
        return self.stamped_file or self.file


class CounselAccess(models.Model):
    """A link for one counsel to one matter's bundles and letters, until a time; only its hash is kept."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="counsel_accesses")
    name = EncryptedTextField(_("name"))
    email = EncryptedTextField(_("e-mail"))
    token_sha256 = models.CharField(max_length=64, unique=True)
    shows_bundles = models.BooleanField(_("evidence bundles"), default=True)
    shows_letters = models.BooleanField(_("letters"), default=True)
    given_by = models.CharField(max_length=100)
    given_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(null=True, blank=True)

    PERSONAL: ClassVar = Personal(
        kept_as="CASE",
        since="expires_at",
        address="email",
        part_of="matter",
        fields={"name": "", "email": ""},
    )

    class Meta:
        verbose_name = _("counsel's access")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"access {self.pk}"

    def is_open(self, at: datetime) -> bool:
        return self.revoked_at is None and at < self.expires_at
