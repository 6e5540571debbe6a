from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from klean.core.operations.models import Due
from klean.core.rows.encryption import EncryptedTextField
from klean.core.rows.personal import Personal
from klean.core.rows.texts import MAX_CODE_LENGTH


class Mail(Due):
    """One message to one reader. ``key`` makes it once: writing the same key again is no second mail."""

    key = models.CharField(max_length=150, unique=True)
    to = EncryptedTextField(_("recipient"))
    language = models.CharField(max_length=MAX_CODE_LENGTH)
    template = models.CharField(max_length=100)
    context = models.JSONField(_("contents"), default=dict)
    sent_at = models.DateTimeField(_("sent"), null=True)

    PERSONAL: ClassVar = Personal(
        kept_as="MAIL",
        since="sent_at",
        address="to",
        fields={"to": "", "context": {}, "last_error": "", "due_at": None},
        mentions=("context", "last_error"),
    )

    class Meta:
        verbose_name = _("e-mail sent")
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="mail_due", condition=models.Q(due_at__isnull=False))
        ]

    def __str__(self) -> str:
        return self.key
