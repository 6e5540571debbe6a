"""What screening learns from, what scores, and what would score otherwise."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from klean.core.rows.personal import Personal
from listings.models.catalogue import Listing, Verdict
from listings.models.screenings import Screening


class ScreeningModel(models.Model):
    """A fitted model as JSON text, addressed by its SHA-256; the last promoted one scores.

    ``comparison`` holds it beside the one that scored then, on labels that neither was fitted to.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    artefact = models.TextField()
    comparison = models.JSONField(default=dict)
    trained_at = models.DateTimeField()
    trained_by = models.CharField(max_length=100)
    shadow_since = models.DateTimeField(null=True, blank=True)
    promoted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("screening model")
        constraints: ClassVar = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(shadow_since__isnull=False), name="one_model_in_shadow"
            )
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class ScreeningLabel(models.Model):
    """What the desk found of a listing, with the signals that screening had then; nothing tells who reported it."""

    listing = models.OneToOneField(Listing, models.CASCADE, related_name="label")
    revision = models.PositiveIntegerField()
    is_counterfeit = models.BooleanField()
    signals = models.JSONField(_("signals"), default=list)
    labelled_at = models.DateTimeField()

    PERSONAL: ClassVar = Personal(kept_as="BUSINESS", mentions=("signals",))

    class Meta:
        verbose_name = _("label")

    def __str__(self) -> str:
        return f"{self.listing_id} {'counterfeit' if self.is_counterfeit else 'harmless'}"


class ShadowScore(models.Model):
    """The score and the verdict that the model in shadow would have given a run."""

    screening = models.ForeignKey(Screening, models.CASCADE, related_name="shadow_scores")
    model = models.ForeignKey(ScreeningModel, models.CASCADE, related_name="shadow_scores")
    score = models.FloatField()
    verdict = models.CharField(max_length=6, choices=Verdict.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["model", "screening"], name="one_shadow_score_a_run")
        ]

    def __str__(self) -> str:
        return f"{self.screening_id} {self.score}"


class RuleHit(models.Model):
    """A rule of the policy was met by a run; one in shadow only leaves this trace."""

    screening = models.ForeignKey(Screening, models.CASCADE, related_name="rule_hits")
    rule = models.CharField(max_length=100)
    is_live = models.BooleanField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["rule", "-id"], name="hits_of_rule")]

    def __str__(self) -> str:
        return f"{self.rule} {self.screening_id}"


class SignalCount(models.Model):
    """How many runs of a week (named by its Monday) had a signal of this kind and strength; kind "" counts all runs."""

    week_on = models.DateField()
    kind = models.CharField(max_length=40, blank=True)
    band = models.PositiveSmallIntegerField()
    runs = models.PositiveBigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["week_on", "kind", "band"], name="one_count_a_week")
        ]

    def __str__(self) -> str:
        return f"{self.week_on} {self.kind} {self.band}"
