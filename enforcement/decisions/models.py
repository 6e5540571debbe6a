"""Decisions, and the statements of reasons that they owe."""

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enforcement.cases.models import Case
from enforcement.decisions.rules.policy import Appeals
from enforcement.sanctions.models import Violation, severity_choices
from klean.core.events.actors import Actor, actor_named
from klean.core.operations.models import Due
from klean.core.policy.models import PolicyVersion
from klean.core.rows.personal import Personal
from klean.core.rows.states import Stepped
from klean.core.rows.texts import TextsField
from sellers.models import Seller


class Batch(models.Model):
    """Decisions that one person made together; each is its own decision, and together they can be taken back."""

    reasons = models.TextField(_("reasons"))
    made_by = models.CharField(max_length=100)
    made_at = models.DateTimeField()
    refused = models.JSONField(default=list)
    reversed_at = models.DateTimeField(null=True, blank=True)

    PERSONAL: ClassVar = Personal(kept_as="CASE", mentions=("reasons",))

    class Meta:
        verbose_name = _("batch")
        verbose_name_plural = _("batches")

    def __str__(self) -> str:
        return f"batch {self.pk}"


class Decision(Stepped, Due):
    """The answer to a case, made under one policy version; it has effects from ``in_force_at`` until ``ended_at``.

    ``due_at`` is when the clock acts next: the decision takes effect, or an emergency that nobody reviewed is annulled.
    ``previous_case_state`` is what the case returns to when the decision is withdrawn before its effect.
    """

    class State(models.TextChoices):
        WAITING = "WAITING", _("takes effect soon")
        UNAPPROVED = "UNAPPROVED", _("awaiting approval")
        IN_FORCE = "IN_FORCE", pgettext_lazy("decision", "in force")
        ANNULLED = "ANNULLED", _("overturned")
        WITHDRAWN = "WITHDRAWN", _("withdrawn")

    STEPS: ClassVar = {
        State.WAITING: frozenset({State.UNAPPROVED, State.IN_FORCE, State.WITHDRAWN}),
        State.UNAPPROVED: frozenset({State.IN_FORCE, State.WITHDRAWN}),
        State.IN_FORCE: frozenset({State.ANNULLED}),
        State.ANNULLED: frozenset(),
        State.WITHDRAWN: frozenset(),
    }
    PENDING: ClassVar = (State.WAITING, State.UNAPPROVED)

    class Outcome(models.TextChoices):
        INFRINGING = "INFRINGING", _("infringing")
        PARTLY = "PARTLY", _("partly infringing")
        NOT_INFRINGING = "NOT_INFRINGING", _("not infringing")

    class Ground(models.TextChoices):
        TRADEMARK = "TRADEMARK", _("trademark infringement")
        COUNTERFEIT = "COUNTERFEIT", _("counterfeit goods")
        DESIGN = "DESIGN", _("design infringement")
        COPYRIGHT = "COPYRIGHT", _("copyright infringement")
        PATENT = "PATENT", _("patent infringement")
        UNAUTHORISED = "UNAUTHORISED", _("sale without authorisation")
        FORGED_DOCUMENT = "FORGED_DOCUMENT", _("forged document")
        MISLEADING = "MISLEADING", _("misleading listing")
        PROHIBITED_GOODS = "PROHIBITED_GOODS", _("prohibited goods")
        OTHER_TERMS = "OTHER_TERMS", _("other marketplace rule")

    class Action(models.TextChoices):
        REMOVE_LISTING = "REMOVE_LISTING", _("remove the listing")
        CHARGE_REFUNDS = "CHARGE_REFUNDS", _("charge refunds to the seller")
        HOLD_SETTLEMENT = "HOLD_SETTLEMENT", _("hold settlement")
        NO_NEW_GOODS = "NO_NEW_GOODS", _("no new listings")

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="decisions")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    severity = models.CharField(max_length=30, choices=severity_choices, blank=True)
    ground = models.CharField(max_length=20, choices=Ground.choices, blank=True)
    actions = ArrayField(models.CharField(max_length=20, choices=Action.choices), default=list, blank=True)
    reasons = models.TextField(_("reasons"))
    policy = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+")
    violation = models.OneToOneField(
        Violation, models.PROTECT, null=True, blank=True, related_name="decision"
    )
    decided_by = models.CharField(max_length=100)
    decided_at = models.DateTimeField()
    automated = models.BooleanField(default=False)
    is_emergency = models.BooleanField(default=False)
    previous_case_state = models.CharField(max_length=12, choices=Case.State.choices, default=Case.State.OPEN)
    impacts = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    approved_by = models.CharField(max_length=100, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    in_force_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=100, blank=True)
    end_reasons = TextsField(_("reasons for ending"), default=dict, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, blank=True, related_name="decisions")

    PERSONAL: ClassVar = Personal(kept_as="CASE", mentions=("reasons", "end_reasons"))

    class Meta:
        verbose_name = _("decision")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=("WAITING", "UNAPPROVED", "IN_FORCE")),
                name="one_standing_decision_per_case",
            ),
            models.CheckConstraint(
                condition=Q(outcome="NOT_INFRINGING", severity="", ground="")
                | (~Q(outcome="NOT_INFRINGING") & ~Q(severity="") & ~Q(ground="")),
                name="an_infringement_has_severity_and_ground",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("IN_FORCE", "ANNULLED"), in_force_at__isnull=False)
                | (~Q(state__in=("IN_FORCE", "ANNULLED")) & Q(in_force_at=None)),
                name="a_decision_in_force_has_its_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["seller", "decided_at"], name="decision_by_seller"),
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="decision_due"),
            models.Index(fields=["decided_by", "id"], condition=Q(state="WAITING"), name="decision_undoable"),
            models.Index(
                fields=["decided_at", "id"], condition=Q(state="UNAPPROVED"), name="decision_unapproved"
            ),
        ]

    def __str__(self) -> str:
        return f"decision {self.pk}"

    @property
    def is_infringement(self) -> bool:
        return self.outcome != self.Outcome.NOT_INFRINGING

    @property
    def is_pending(self) -> bool:
        """Made, but without effect yet."""
        return self.state in self.PENDING

    @property
    def awaits_review(self) -> bool:
        """An emergency that took effect before a second person had looked at it."""
        return self.is_emergency and self.state == self.State.IN_FORCE and self.approved_at is None

    @property
    def maker(self) -> Actor:
        return actor_named(self.decided_by)

    @property
    def appeal_until(self) -> datetime:
        """The end of the window of the policy that the decision was made under."""
        began = self.in_force_at or self.decided_at
        return began + self.policy[Appeals].window

    def may_be_appealed(self, at: datetime) -> bool:
        return self.state == self.State.IN_FORCE and at < self.appeal_until


class Statement(models.Model):
    """A statement of reasons in each language, rendered once from the decision; ``fields`` speak DSA-TDB."""

    class Party(models.TextChoices):
        SELLER = "SELLER", _("seller")
        REPORTER = "REPORTER", _("reporter")

    class Kind(models.TextChoices):
        DECISION = "DECISION", _("statement of reasons")
        CORRECTION = "CORRECTION", _("correction")

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="statements")
    party = models.CharField(max_length=10, choices=Party.choices)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    puid = models.CharField(max_length=100, unique=True)
    fields = models.JSONField(_("fields"))
    texts = TextsField(_("texts"))
    issued_at = models.DateTimeField()

    PERSONAL: ClassVar = Personal(kept_as="CASE", mentions=("fields", "texts"))

    class Meta:
        verbose_name = _("statement of reasons")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.puid
