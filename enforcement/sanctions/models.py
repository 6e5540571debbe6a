"""Violations, the sanctions and measures that follow from them, and the clock that ends these by itself."""

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from enforcement.cases.models import Case
from enforcement.sanctions.rules.severities import KINDS
from klean.core.access.models import Organisation
from klean.core.operations.models import Due
from klean.core.policy.models import PolicyVersion
from klean.core.rows.personal import Personal
from sellers.models import Seller


class Rung(models.TextChoices):
    WARNING = "WARNING", _("warning")
    RESTRICTION = "RESTRICTION", _("restriction")
    SUSPENSION = "SUSPENSION", _("suspension")
    CLOSURE = "CLOSURE", _("closure")


def severity_choices() -> list[tuple[str, Promise]]:
    """Each kind of violation with its label; migrations name this function, so that a new kind needs none."""
    return [(kind.name, _(kind.label)) for kind in KINDS]


def _unended(at: datetime) -> Q:
    """Neither run out nor lifted by that time."""
    return (Q(ends_at=None) | Q(ends_at__gt=at)) & (Q(lifted_at=None) | Q(lifted_at__gt=at))


class Violation(models.Model):
    """A confirmed violation, judged by the ladder of one policy version.

    What it counts is written by ``settle_seller`` alone, from all of the seller's violations.
    """

    class Counting(models.TextChoices):
        FULL = "FULL", _("counted in full")
        FIRST_FREE = "FIRST_FREE", _("first violation does not count")
        CAPPED = "CAPPED", _("reduced by the daily limit")
        BUNDLED = "BUNDLED", _("counted once with other violations of the same days")

    case = models.ForeignKey(Case, models.PROTECT, related_name="violations")
    policy = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+")
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="violations")
    severity = models.CharField(max_length=30)
    track = models.CharField(max_length=30)
    points = models.PositiveIntegerField(default=0)
    counted = models.PositiveIntegerField(default=0)
    counting = models.CharField(max_length=12, choices=Counting.choices, default=Counting.FULL)
    total = models.PositiveIntegerField(default=0)
    confirmed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("violation")
        indexes: ClassVar = [
            models.Index(fields=["seller", "confirmed_at"], name="violation_by_seller"),
            models.Index(fields=["expires_at"], condition=Q(voided_at=None), name="violation_live"),
        ]

    def __str__(self) -> str:
        return f"violation {self.pk}"

    def is_live(self, at: datetime) -> bool:
        return self.voided_at is None and self.confirmed_at <= at < self.expires_at


class Sanction(models.Model):
    """A rung of the ladder imposed on a seller for the half-open time from ``starts_at`` to ``ends_at``."""

    class Lifting(models.TextChoices):
        NOT_DUE = "NOT_DUE", _("points below the threshold")
        BY_HAND = "BY_HAND", _("lifted by a penalty admin")

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
    lifted_for = models.TextField(_("reason for lifting"), blank=True)

    PERSONAL: ClassVar = Personal(kept_as="CASE", mentions=("lifted_for",))

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
        ended = (self.lifted_at, self.ends_at)
        return self.starts_at <= at and all(moment is None or moment > at for moment in ended)

    @staticmethod
    def live(at: datetime) -> "models.QuerySet[Sanction]":
        return Sanction.objects.filter(_unended(at), starts_at__lte=at)


class Measure(models.Model):
    """Something that the marketplace carries out on a shop, because of a sanction or of a decision in a case.

    ``seller`` is the shop that it restricts: with measures on sister shops another one than the sanctioned.
    """

    seller = models.ForeignKey(Seller, models.PROTECT, related_name="measures")
    sanction = models.ForeignKey(
        Sanction, models.PROTECT, null=True, blank=True, related_name="measures_ordered"
    )
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="measures")
    kind = models.CharField(max_length=40)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    lapsed_at = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("measure")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(sanction=None, case__isnull=False) | Q(sanction__isnull=False, case=None),
                name="a_measure_rests_on_a_sanction_or_a_case",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["seller", "starts_at"], name="measure_by_seller")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.seller_id}"

    @staticmethod
    def live(at: datetime) -> "models.QuerySet[Measure]":
        return Measure.objects.filter(_unended(at), starts_at__lte=at)


class StandingClock(Due):
    """When a seller's standing must be settled next, because a sanction ends then."""

    seller = models.OneToOneField(Seller, models.PROTECT, related_name="standing_clock")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="standing_clock_due")
        ]

    def __str__(self) -> str:
        return f"clock of {self.seller_id}"


class Reconciliation(models.Model):
    """How far a marketplace reports that it has carried out the event feed."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="reconciliation")
    position = models.BigIntegerField()
    reported_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reconciliation")

    def __str__(self) -> str:
        return f"{self.organisation_id} up to {self.position}"
