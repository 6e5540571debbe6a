"""What follows from something new: looking for the like of a confirmed fake, and screening the catalogue again."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from klean.core.events.models import Event
from klean.core.operations.models import Due
from listings.models.catalogue import Listing


class Sweep(Due):
    """The search for the like of a confirmed fake; due until it has searched, then a person answers it once."""

    listing = models.OneToOneField(Listing, models.CASCADE, related_name="sweep")
    asked_at = models.DateTimeField()
    searched_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("sweep")
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="sweep_due", condition=Q(due_at__isnull=False)),
            models.Index(
                fields=["-id"],
                name="sweep_open",
                condition=Q(searched_at__isnull=False, answered_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"sweep {self.pk}"


class Proposal(models.Model):
    """A listing that a sweep found, and why; ``nearness`` goes from 0 for far to 1 for the same."""

    class Why(models.TextChoices):
        PICTURE = "picture", _("the same picture")
        TITLE = "title", _("nearly the same title")
        SELLER = "seller", _("the same seller")
        LINKED = "linked", _("a linked seller")

    sweep = models.ForeignKey(Sweep, models.CASCADE, related_name="proposals")
    listing = models.ForeignKey(Listing, models.CASCADE, related_name="+")
    why = models.CharField(max_length=10, choices=Why.choices)
    nearness = models.FloatField()
    is_confirmed = models.BooleanField(null=True)

    class Meta:
        verbose_name = _("proposal")
        ordering: ClassVar = ["-nearness", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sweep", "listing"], name="one_proposal_a_listing")
        ]

    def __str__(self) -> str:
        return f"{self.sweep_id} {self.listing_id}"


class Rescreening(Due):
    """The catalogue compared, from the first listing to ``until``, with what the events ``first`` to ``last`` are about.

    Events that come before it has begun join it, but for policies, each of which has its day; ``last`` is set when it begins. ``after`` is how far it has got.
    """

    class Cause(models.TextChoices):
        BRAND = "brand", _("new or changed brands")
        REFERENCE = "reference", _("new reference pictures")
        POLICY = "policy", _("new rules")

    cause = models.CharField(max_length=10, choices=Cause.choices)
    first = models.ForeignKey(Event, models.PROTECT, related_name="+")
    last = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    after = models.BigIntegerField(default=0)
    until = models.BigIntegerField(null=True)
    compared = models.PositiveBigIntegerField(default=0)
    queued = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("rescreening")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cause"], condition=Q(last=None) & ~Q(cause="policy"), name="one_rescreening_waits"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="rescreening_due", condition=Q(due_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{self.cause} {self.pk}"

    @property
    def percent(self) -> int:
        """How far it has got."""
        if self.finished_at:
            return 100
        return min(99, 100 * self.after // self.until) if self.until else 0
