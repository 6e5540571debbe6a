"""Runs of the screening, and what they compare with."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from klean.core.files.models import StoredFile
from klean.core.operations.models import Due
from klean.core.rows.personal import Personal
from klean.core.rows.states import Stepped
from listings.models.catalogue import Listing, Verdict


class Screening(Stepped, Due):
    """One run over one revision of a listing; a finished one never changes."""

    class State(models.TextChoices):
        QUEUED = "QUEUED", _("queued")
        CLEAR = "CLEAR", _("clear")
        FLAGGED = "FLAGGED", _("flagged")
        FAILED = "FAILED", _("failed")
        SUPERSEDED = "SUPERSEDED", _("superseded")

    STEPS: ClassVar = {
        State.QUEUED: frozenset({State.CLEAR, State.FLAGGED, State.FAILED, State.SUPERSEDED}),
        State.CLEAR: frozenset(),
        State.FLAGGED: frozenset(),
        State.FAILED: frozenset(),
        State.SUPERSEDED: frozenset(),
    }

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="screenings")
    revision = models.PositiveIntegerField()
    state = models.CharField(
        max_length=12, choices=State.choices, default=State.QUEUED, db_default=State.QUEUED
    )
    keeps_pictures = models.BooleanField(default=False)
    verdict = models.CharField(max_length=6, choices=Verdict.choices, blank=True)
    score = models.FloatField(null=True, blank=True)
    signals = models.JSONField(_("signals"), default=list, blank=True)
    policy_version = models.CharField(max_length=50, blank=True)
    model_version = models.CharField(max_length=64, blank=True)
    queued_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    PERSONAL: ClassVar = Personal(kept_as="BUSINESS", mentions=("signals",))

    class Meta:
        verbose_name = _("screening")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["listing"], condition=Q(state="QUEUED"), name="one_queued_screening"
            ),
            models.CheckConstraint(
                condition=Q(state="QUEUED", due_at__isnull=False)
                | Q(state="QUEUED", failed_at__isnull=False)
                | (~Q(state="QUEUED") & Q(due_at=None)),
                name="screening_due_while_queued",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="screening_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["listing", "-id"], name="screening_of_listing"),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id}@{self.revision}"


class PictureEmbedding(models.Model):
    """What is kept to find a picture again: ``landmarks``' buckets, or float16 of a model named by its SHA-256."""

    file = models.ForeignKey(StoredFile, models.CASCADE, related_name="+")
    method = models.CharField(max_length=64)
    vector = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "method"], name="one_embedding_a_picture_and_method")
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.method}"


class PriceStatistics(models.Model):
    """How far log prices of a brand's goods of a kind lie from their level, and how far they spread; "" stands for all."""

    brand = models.CharField(max_length=150, blank=True)
    category = models.CharField(max_length=750, blank=True)
    condition = models.CharField(max_length=20, blank=True)
    market = models.CharField(max_length=100, blank=True)
    middle = models.FloatField()
    spread = models.FloatField()
    rows = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = _("price statistics")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["brand", "category", "condition", "market"], name="one_price_per_kind"
            )
        ]

    def __str__(self) -> str:
        return (
            " ".join(part for part in (self.brand, self.category, self.condition, self.market) if part)
            or "all"
        )


class PriceLevel(models.Model):
    """By how much a feature of goods (a brand, a kind, a word) moves their log price; "" is where it starts."""

    feature = models.CharField(max_length=1000, unique=True)
    effect = models.FloatField()

    class Meta:
        verbose_name = _("price level")

    def __str__(self) -> str:
        return self.feature or "all"


class Bank(models.Model):
    """When what screening compares with last changed, so that each worker knows when to load it again."""

    name = models.CharField(max_length=20, primary_key=True)
    version = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.name} {self.version}"
