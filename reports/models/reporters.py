"""What a reporter has earned, and what was done about misuse; ``reporter_key`` names the reporter as on items."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from klean.core.rows.personal import Personal
from klean.core.rows.states import Stepped


class ReporterTier(Stepped):
    """Good faith, earned by confirmed reports; no row means the standard tier."""

    class State(models.TextChoices):
        STANDARD = "STANDARD", _("standard")
        CANDIDATE = "CANDIDATE", _("good-faith candidate")
        ADMITTED = "ADMITTED", _("good-faith reporter")
        LOCKED = "LOCKED", _("good-faith status locked")

    STEPS: ClassVar = {
        State.STANDARD: frozenset({State.CANDIDATE}),
        State.CANDIDATE: frozenset({State.ADMITTED, State.STANDARD}),
        State.ADMITTED: frozenset({State.LOCKED}),
        State.LOCKED: frozenset({State.STANDARD}),
    }

    reporter_key = models.CharField(max_length=80, unique=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.STANDARD)
    since = models.DateTimeField()
    locked_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("reporter's tier")

    def __str__(self) -> str:
        return f"{self.reporter_key} {self.state}"


class MisuseMeasure(models.Model):
    """A warning, or a limit for some days, after reports that were mostly wrong."""

    class Rung(models.TextChoices):
        WARNING = "WARNING", _("warning")
        RESTRICTION = "RESTRICTION", _("daily limit")
        SUSPENSION = "SUSPENSION", _("suspended from reporting")

    reporter_key = models.CharField(max_length=80)
    rung = models.CharField(max_length=12, choices=Rung.choices)
    reasons = models.TextField(_("reasons"))
    imposed_at = models.DateTimeField()
    imposed_by = models.CharField(max_length=100)
    ends_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.CharField(max_length=100, blank=True)
    lifted_for = models.TextField(_("reason for lifting"), blank=True)

    PERSONAL: ClassVar = Personal(kept_as="COMPLAINT", mentions=("reasons", "lifted_for"))

    class Meta:
        verbose_name = _("misuse measure")
        indexes: ClassVar = [
            models.Index(fields=["reporter_key", "ends_at"], name="misuse_of_reporter"),
            models.Index(fields=["ends_at"], name="misuse_in_force", condition=models.Q(lifted_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.rung} for {self.reporter_key}"
