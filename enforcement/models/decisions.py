"""Decisions, the violations they confirm, and the statements of reasons they owe."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enforcement.models.cases import Case
from klean.core.models import PolicyVersion
from sellers.models import Seller


class Decision(models.Model):
    """The answer to a case, made under one policy version; a fallen one keeps its row and loses its effects."""

    class Outcome(models.TextChoices):
        INFRINGING = "INFRINGING", _("infringing")
        PARTLY = "PARTLY", _("partly infringing")
        NOT_INFRINGING = "NOT_INFRINGING", _("not infringing")

    class Severity(models.TextChoices):
        ADVICE = "ADVICE", _("advice, no points")
        GENERAL = "GENERAL", _("general")
        SERIOUS = "SERIOUS", _("serious")
        EXTREME = "EXTREME", _("extreme")

    class Ground(models.TextChoices):
        TRADEMARK = "TRADEMARK", _("trademark infringement")
        COUNTERFEIT = "COUNTERFEIT", _("counterfeit goods")
        DESIGN = "DESIGN", _("design infringement")
        COPYRIGHT = "COPYRIGHT", _("copyright infringement")
        PATENT = "PATENT", _("patent infringement")
        UNAUTHORISED = "UNAUTHORISED", _("sale without authorisation")
        FORGED_DOCUMENT = "FORGED_DOCUMENT", _("forged document")
        MISLEADING = "MISLEADING", _("misleading listing")

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    severity = models.CharField(max_length=10, choices=Severity.choices, blank=True)
    ground = models.CharField(max_length=20, choices=Ground.choices, blank=True)
    reasons = models.TextField()
    policy = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+")
    decided_by = models.CharField(max_length=100)
    decided_at = models.DateTimeField()
    automated = models.BooleanField(default=False)
    fell_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("decision")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(fell_at=None), name="one_standing_decision_per_case"
            ),
            models.CheckConstraint(
                condition=Q(outcome="NOT_INFRINGING", severity="", ground="")
                | (~Q(outcome="NOT_INFRINGING") & ~Q(severity="") & ~Q(ground="")),
                name="an_infringement_has_severity_and_ground",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["seller", "decided_at"], name="decision_by_seller")]

    def __str__(self) -> str:
        return f"decision {self.pk}"

    @property
    def is_infringement(self) -> bool:
        return self.outcome != self.Outcome.NOT_INFRINGING

    @property
    def appeal_until(self) -> datetime:
        """The end of the window of the policy that the decision was made under."""
        return self.decided_at + timedelta(days=self.policy.section("appeals")["window_days"])

    def may_be_appealed(self, at: datetime) -> bool:
        return self.is_infringement and self.fell_at is None and at < self.appeal_until


class Violation(models.Model):
    """A confirmed violation; what it counts is written by ``settle_seller`` alone, from all of the seller's."""

    class Counting(models.TextChoices):
        FULL = "FULL", _("counted in full")
        FIRST_FREE = "FIRST_FREE", _("the first counts nothing")
        CAPPED = "CAPPED", _("capped by the limit of a day")
        BUNDLED = "BUNDLED", _("counted once with others of the same days")

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="violation")
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="violations")
    severity = models.CharField(max_length=12)
    track = models.CharField(max_length=30)
    points = models.PositiveIntegerField(default=0)
    counted = models.PositiveIntegerField(default=0)
    counting = models.CharField(max_length=12, choices=Counting.choices, default=Counting.FULL)
    total = models.PositiveIntegerField(default=0)
    confirmed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["seller", "confirmed_at"], name="violation_by_seller"),
            models.Index(fields=["expires_at"], condition=Q(voided_at=None), name="violation_live"),
        ]

    def __str__(self) -> str:
        return f"violation {self.pk}"

    def is_live(self, at: datetime) -> bool:
        return self.voided_at is None and self.confirmed_at <= at < self.expires_at


class Statement(models.Model):
    """A statement of reasons in both languages, rendered once from the decision; ``fields`` speak DSA-TDB."""

    class Party(models.TextChoices):
        SELLER = "SELLER", _("seller")

    class Kind(models.TextChoices):
        DECISION = "DECISION", _("statement of reasons")
        CORRECTION = "CORRECTION", _("correction")

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="statements")
    party = models.CharField(max_length=10, choices=Party.choices)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    puid = models.CharField(max_length=100, unique=True)
    fields = models.JSONField()
    text_ko = models.TextField()
    text_en = models.TextField()
    issued_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.puid

    def text(self, language: str) -> str:
        return self.text_ko if language.startswith("ko") else self.text_en
