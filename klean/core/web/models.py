"""What a caller of the API is answered once more."""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from klean.core.rows.personal import Personal


class IdempotentAnswer(models.Model):
    """What a client was answered under an ``Idempotency-Key``, written in the transaction that did the work."""

    client = models.CharField(max_length=100)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField(_("body of the response"), encoder=DjangoJSONEncoder)
    created_at = models.DateTimeField(_("received at"))

    PERSONAL: ClassVar = Personal(
        kept_as="REPEATED_REQUEST", since="created_at", actor="client", mentions=("body",), deletes=True
    )

    class Meta:
        verbose_name = _("repeated API request")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["client", "key"], name="one_answer_per_client_and_key")
        ]

    def __str__(self) -> str:
        return f"{self.client} {self.key}"
