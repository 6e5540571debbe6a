from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from enforcement.models.decisions import Decision
from klean.core.models import Stepped, User


class Appeal(Stepped):
    """A seller's objection to a decision, once per decision, heard by a person who had no part in the case."""

    class State(models.TextChoices):
        SUBMITTED = "SUBMITTED", _("submitted")
        ASSIGNED = "ASSIGNED", _("being heard")
        UPHELD = "UPHELD", _("decision upheld")
        OVERTURNED = "OVERTURNED", _("decision overturned")

    STEPS: ClassVar = {
        State.SUBMITTED: frozenset({State.ASSIGNED}),
        State.ASSIGNED: frozenset({State.ASSIGNED, State.UPHELD, State.OVERTURNED}),
        State.UPHELD: frozenset(),
        State.OVERTURNED: frozenset(),
    }

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="appeal")
    state = models.CharField(max_length=12, choices=State.choices, default=State.SUBMITTED)
    grounds = models.TextField()
    filed_by = models.CharField(max_length=100)
    filed_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    assigned_to = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="appeals_heard")
    assigned_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reasons = models.TextField(blank=True)

    class Meta:
        verbose_name = _("appeal")
        indexes: ClassVar = [models.Index(fields=["state", "answer_by", "id"], name="appeal_queue")]

    def __str__(self) -> str:
        return f"appeal {self.pk}"
