"""Matters of the legal staff, what they keep from erasure, and the evidence they hand out."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enforcement.cases.models import Case
from klean.core.files.models import StoredFile
from klean.core.rows.encryption import EncryptedTextField
from klean.core.rows.personal import Personal
from klean.core.rows.states import Stepped


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

    PERSONAL: ClassVar = Personal(kept_as="CASE", mentions=("title",))

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

    PERSONAL: ClassVar = Personal(kept_as="CASE", mentions=("reason",))

    class Meta:
        verbose_name = _("legal hold")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(released_at=None), name="one_standing_hold_per_matter"
            )
        ]

    def __str__(self) -> str:
        return f"hold on {self.matter_id}"


class Party(models.Model):
    """Somebody with a part in a matter; who they are is read by the legal staff alone."""

    class Role(models.TextChoices):
        CLAIMANT = "CLAIMANT", _("claimant or complainant")
        RESPONDENT = "RESPONDENT", _("respondent or suspect")
        WITNESS = "WITNESS", _("witness")
        AUTHORITY = "AUTHORITY", _("court or authority")
        COUNSEL = "COUNSEL", _("counsel")

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="parties")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    name = EncryptedTextField(_("name"))
    contact = EncryptedTextField(_("contact"), blank=True, default="")
    added_at = models.DateTimeField(_("added at"))

    PERSONAL: ClassVar = Personal(
        kept_as="CASE",
        since="added_at",
        address="contact",
        part_of="matter",
        ended=Q(matter__state="CLOSED"),
        fields={"name": "", "contact": ""},
    )

    class Meta:
        verbose_name = _("party")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"party {self.pk}"


class Task(models.Model):
    """Something to do by a day; a deadline is one that a law or a court has set."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="tasks")
    what = models.CharField(_("what"), max_length=300)
    due_on = models.DateField(_("by"))
    is_deadline = models.BooleanField(_("set by law or a court"), default=False)
    added_by = models.CharField(max_length=100)
    done_by = models.CharField(max_length=100, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    PERSONAL: ClassVar = Personal(kept_as="CASE", mentions=("what",))

    class Meta:
        verbose_name = _("task")
        ordering: ClassVar = ["due_on", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["due_on", "id"], name="task_open", condition=Q(done_at=None))
        ]

    def __str__(self) -> str:
        return self.what


class Cost(models.Model):
    """Money that a matter has cost, or brought in when it is negative; in won."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="costs")
    what = models.CharField(_("what"), max_length=200)
    amount = models.BigIntegerField(_("amount (won)"))
    spent_on = models.DateField(_("on"))
    entered_by = models.CharField(max_length=100)

    PERSONAL: ClassVar = Personal(kept_as="CASE", mentions=("what",))

    class Meta:
        verbose_name = _("cost")
        ordering: ClassVar = ["spent_on", "pk"]

    def __str__(self) -> str:
        return self.what


class Letter(models.Model):
    """A letter as it went out."""

    class Kind(models.TextChoices):
        DEMAND = "DEMAND", _("demand to stop")
        DAMAGES = "DAMAGES", _("claim for damages")
        COMPLAINT = "COMPLAINT", _("criminal complaint")
        REFERRAL = "REFERRAL", _("referral to the intellectual property office")
        CUSTOMS = "CUSTOMS", _("referral to customs")

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="letters")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    written_by = models.CharField(max_length=100)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("letter")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"letter {self.pk}"
