"""Who looked at personal data."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from klean.core.access.models import User
from klean.core.rows.personal import Personal


class Viewing(models.Model):
    """Somebody looked at personal data: whose, what, why."""

    user = models.ForeignKey(User, models.PROTECT, related_name="viewings")
    subject = models.CharField(max_length=100)
    field = models.CharField(max_length=50)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    at = models.DateTimeField(_("viewed"))

    PERSONAL: ClassVar = Personal(
        kept_as="ACCESS_LOG", since="at", staff=("user",), mentions=("reason",), deletes=True
    )

    class Meta:
        verbose_name = _("view of personal data")
        indexes: ClassVar = [models.Index(fields=["subject", "at"], name="viewing_subject")]

    def __str__(self) -> str:
        return f"{self.user_id} saw {self.field} of {self.subject}"
