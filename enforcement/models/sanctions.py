"""Sanctions, and the clock that ends them by themselves."""

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enforcement.models.decisions import Violation
from klean.core.models import Due
from sellers.models import Seller


class Rung(models.TextChoices):
    WARNING = "WARNING", _("warning")
    RESTRICTION = "RESTRICTION", _("restriction")
    SUSPENSION = "SUSPENSION", _("suspension")
    CLOSURE = "CLOSURE", _("closure")


class Sanction(models.Model):
    """A rung of the ladder imposed on a seller for the half-open time from ``starts_at`` to ``ends_at``."""

    class Lifting(models.TextChoices):
        NOT_DUE = "NOT_DUE", _("no longer due by the points")
        BY_HAND = "BY_HAND", _("lifted by the penalty desk")

    seller = models.ForeignKey(Seller, models.PROTECT, related_name="sanctions")
    violation = models.ForeignKey(Violation, models.PROTECT, null=True, blank=True, related_name="sanctions")
    rung = models.CharField(max_length=12, choices=Rung.choices)
    measures = ArrayField(models.CharField(max_length=40), default=list)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    lapsed_at = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifting = models.CharField(max_length=8, choices=Lifting.choices, blank=True)
    lifted_by = models.CharField(max_length=100, blank=True)
    lifted_for = models.TextField(blank=True)

    class Meta:
        verbose_name = _("sanction")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["violation"], condition=Q(lifted_at=None), name="one_standing_sanction_per_violation"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["seller", "starts_at"], name="sanction_by_seller")]

    def __str__(self) -> str:
        return f"{self.rung} of {self.seller_id}"

    def is_live(self, at: datetime) -> bool:
        return self.lifted_at is None and self.starts_at <= at and (self.ends_at is None or self.ends_at > at)

    @staticmethod
    def live(at: datetime) -> "models.QuerySet[Sanction]":
        has_not_ended = Q(ends_at=None) | Q(ends_at__gt=at)
        return Sanction.objects.filter(has_not_ended, starts_at__lte=at, lifted_at=None)


class StandingClock(Due):
    """When a seller's standing must be settled next, because a sanction ends then."""

    seller = models.OneToOneField(Seller, models.PROTECT, related_name="standing_clock")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="standing_clock_due")
        ]

    def __str__(self) -> str:
        return f"clock of {self.seller_id}"
