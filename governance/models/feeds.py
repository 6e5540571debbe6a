"""Lists from outside, each row with the import that brought it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExternalFeed(models.Model):
    """One file of one source as of one day."""

    class Kind(models.TextChoices):
        SEIZURES = "SEIZURES", _("seizures")
        HAZARDS = "HAZARDS", _("hazardous goods")
        BRANDS = "BRANDS", _("brands")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    source = models.CharField(_("source"), max_length=200)
    dated_on = models.DateField(_("as of"))
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(default=0)
    faults = models.PositiveIntegerField(default=0)
    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("external list")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "source", "dated_on", "sha256"], name="one_import_per_file_and_source"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.dated_on}"


class ExternalRecord(models.Model):
    """A row of a list as its source says it; a later import of the source renews it."""

    feed = models.ForeignKey(ExternalFeed, models.PROTECT, related_name="records")
    kind = models.CharField(max_length=10, choices=ExternalFeed.Kind.choices)
    source = models.CharField(max_length=200)
    number = models.CharField(_("number"), max_length=100)
    happened_on = models.DateField(_("date"), null=True, blank=True)
    brand = models.CharField(_("brand"), max_length=200, blank=True)
    goods = models.CharField(_("goods"), max_length=500, blank=True)
    country = models.CharField(_("country"), max_length=100, blank=True)
    quantity = models.PositiveBigIntegerField(_("quantity"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "source", "number"], name="one_external_record_per_number"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["feed", "id"], name="external_record_of_feed")]

    def __str__(self) -> str:
        return f"{self.source} {self.number}"
