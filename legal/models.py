"""Matters of the legal staff, what they keep from erasure, and the evidence they hand out."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enforcement.models import Case
from klean.core.models import Stepped, StoredFile


class Matter(Stepped):
    """Something for the law: a civil claim, a complaint, a referral."""

    class Kind(models.TextChoices):
        CIVIL = "CIVIL", _("civil claim")
        CRIMINAL = "CRIMINAL", _("criminal complaint")
        ADMINISTRATIVE = "ADMINISTRATIVE", _("referral to the intellectual property office")
        CUSTOMS = "CUSTOMS", _("referral to customs")

    class State(models.TextChoices):
        INTAKE = "INTAKE", _("intake")
        ASSESSED = "ASSESSED", _("assessed")
        DEMAND_SENT = "DEMAND_SENT", _("demand sent")
        FILED = "FILED", _("filed")
        PENDING = "PENDING", _("pending")
        JUDGMENT = "JUDGMENT", _("judgment")
        SETTLED = "SETTLED", _("settled")
        WITHDRAWN = "WITHDRAWN", _("withdrawn")
        CLOSED = "CLOSED", _("closed")

    STEPS: ClassVar = {
        State.INTAKE: frozenset({State.ASSESSED, State.WITHDRAWN}),
        State.ASSESSED: frozenset({State.DEMAND_SENT, State.FILED, State.WITHDRAWN}),
        State.DEMAND_SENT: frozenset({State.FILED, State.SETTLED, State.WITHDRAWN}),
        State.FILED: frozenset({State.PENDING, State.SETTLED, State.WITHDRAWN}),
        State.PENDING: frozenset({State.JUDGMENT, State.SETTLED, State.WITHDRAWN}),
        State.JUDGMENT: frozenset({State.CLOSED}),
        State.SETTLED: frozenset({State.CLOSED}),
        State.WITHDRAWN: frozenset({State.CLOSED}),
        State.CLOSED: frozenset(),
    }

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=200)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="matters")
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.INTAKE)
    opened_by = models.CharField(max_length=100)
    opened_at = models.DateTimeField()

    class Meta:
        verbose_name = _("matter")

    def __str__(self) -> str:
        return self.title


class Hold(models.Model):
    """While it stands, nothing that belongs to the matter may be erased or destroyed."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="holds")
    reason = models.CharField(_("reason"), max_length=500)
    placed_by = models.CharField(max_length=100)
    placed_at = models.DateTimeField()
    released_by = models.CharField(max_length=100, blank=True)
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(released_at=None), name="one_standing_hold_per_matter"
            )
        ]

    def __str__(self) -> str:
        return f"hold on {self.matter_id}"


class Bundle(models.Model):
    """A packed bundle; ``head`` is the last hash of the event chain when it was packed."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="bundles")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    files = models.PositiveIntegerField()
    events = models.PositiveIntegerField()
    head = models.CharField(max_length=64)
    made_by = models.CharField(max_length=100)
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.file.sha256
