"""Saved views and texts of the desk, and quality checks of what was decided."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enforcement.decisions.models import Decision
from klean.core.access.models import User
from klean.core.rows.personal import Personal


class SavedView(models.Model):
    """A queue that a person wants to see again, by the query of its address."""

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_views")
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(_("filters"), max_length=300)

    PERSONAL: ClassVar = Personal(kept_as="CASE", staff=("user",), mentions=("name", "query"))

    class Meta:
        verbose_name = _("saved view")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "name"], name="one_view_per_user_and_name")
        ]
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Macro(models.Model):
    """A ground and reasons that the team writes often."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    ground = models.CharField(_("ground"), max_length=20, choices=Decision.Ground.choices, blank=True)
    reasons = models.TextField(_("reasons"))

    PERSONAL: ClassVar = Personal(kept_as="CASE", mentions=("name", "reasons"))

    class Meta:
        verbose_name = _("team template")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Check(models.Model):
    """A decision that others decide again without seeing it: a sample blindly by one, a golden one by everybody."""

    class Kind(models.TextChoices):
        BLIND = "BLIND", _("blind review")
        GOLDEN = "GOLDEN", _("golden case")

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="checks")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=100)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("quality check")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "kind"], name="one_check_per_decision_and_kind")
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(closed_at=None), name="check_open"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.decision_id}"


class CheckAnswer(models.Model):
    """What somebody decided who did not see the decision."""

    check_of = models.ForeignKey(Check, models.PROTECT, related_name="answers")
    user = models.ForeignKey(User, models.PROTECT, related_name="check_answers")
    choice = models.CharField(max_length=30)
    agrees = models.BooleanField()
    made_at = models.DateTimeField()

    PERSONAL: ClassVar = Personal(kept_as="CASE", staff=("user",))

    class Meta:
        verbose_name = _("answer to a quality check")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["check_of", "user"], name="one_answer_per_check_and_user")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.check_of_id}"
