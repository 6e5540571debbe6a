"""Published transparency reports: frozen, signed, numbered."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from klean.core.documents.models import SigningKey


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
    key = models.ForeignKey(SigningKey, models.PROTECT, related_name="+")
    published_by = models.CharField(max_length=100)
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("report edition")
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
