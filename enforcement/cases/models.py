"""Cases: one open question about a listing or a shop, the evidence that asks it, and to whom it is assigned."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brands.models import IPRight
from klean.core.access.models import User
from klean.core.events.models import Event
from klean.core.operations.models import Due
from klean.core.rows.personal import Personal
from klean.core.rows.states import Stepped
from listings.models import Listing
from sellers.models import Seller


class Source(models.TextChoices):
    """What brought a case in; the words of the notifier types where a notice did."""

    RIGHTS_HOLDER = "RIGHTS_HOLDER", _("rights holder")
    TRUSTED_FLAGGER = "TRUSTED_FLAGGER", _("trusted flagger")
    AUTHORITY = "AUTHORITY", _("authority")
    CONSUMER = "CONSUMER", _("consumer")
    OWN_INITIATIVE = "OWN_INITIATIVE", _("own initiative")
    SCREENING = "SCREENING", _("screening")
    REFUND_CLAIM = "REFUND_CLAIM", _("refund claim")
    MYSTERY_SHOP = "MYSTERY_SHOP", _("test purchase")
    FORGERY = "FORGERY", _("forged document")


PRIORITY_WORDS = {
    "source": _("source: %(value)s"),
    "repeats": _("raised %(value)s times"),
    "score": _("screening score %(value)s"),
    "money": _("%(value)s won refunded"),
    "due_soon": _("due soon"),
    "overdue": _("overdue"),
}


class Case(Stepped, Due):
    """Is this an infringement, and what follows? ``due_at`` is when the clock alone changes its priority."""

    class State(models.TextChoices):
        OPEN = "OPEN", pgettext_lazy("case", "open")
        ESCALATED = "ESCALATED", _("escalated")
        RULED = "RULED", _("decided, not in force yet")
        DECIDED = "DECIDED", _("decided")

    STEPS: ClassVar = {
        State.OPEN: frozenset({State.ESCALATED, State.RULED}),
        State.ESCALATED: frozenset({State.OPEN, State.RULED}),
        State.RULED: frozenset({State.OPEN, State.ESCALATED, State.DECIDED}),
        State.DECIDED: frozenset({State.RULED}),
    }
    PENDING: ClassVar = (State.OPEN, State.ESCALATED)
    UNSETTLED: ClassVar = (State.OPEN, State.ESCALATED, State.RULED)
    ORDER: ClassVar = ("-priority", "opened_at", "id")

    seller = models.ForeignKey(Seller, models.PROTECT, related_name="cases")
    listing = models.ForeignKey(Listing, models.PROTECT, null=True, blank=True, related_name="cases")
    right = models.ForeignKey(IPRight, models.PROTECT, null=True, blank=True, related_name="cases")
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    source = models.CharField(max_length=16, choices=Source.choices)
    priority = models.IntegerField(default=0)
    priority_parts = models.JSONField(default=list)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Event, models.PROTECT, related_name="+")
    answer_by = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    assigned_to = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    assigned_at = models.DateTimeField(null=True, blank=True)
    assigned_until = models.DateTimeField(null=True, blank=True)

    PERSONAL: ClassVar = Personal(kept_as="CASE", staff=("assigned_to",))

    class Meta:
        verbose_name = _("case")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["seller", "listing", "right"],
                condition=Q(state__in=("OPEN", "ESCALATED", "RULED")),
                nulls_distinct=False,
                name="one_unsettled_case_per_target_and_right",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                F("priority") * -1,
                "opened_at",
                "id",
                condition=Q(state__in=("OPEN", "ESCALATED")),
                name="case_queue",
            ),
            models.Index(
                "source",
                F("priority") * -1,
                "opened_at",
                "id",
                condition=Q(state__in=("OPEN", "ESCALATED")),
                name="case_queue_by_source",
            ),
            models.Index("state", F("priority") * -1, "opened_at", "id", name="case_queue_by_state"),
            models.Index(F("priority") * -1, "opened_at", "id", name="case_queue_of_all"),
            models.Index(
                fields=["answer_by"], condition=Q(state__in=("OPEN", "ESCALATED")), name="case_answer_by"
            ),
            models.Index(
                fields=["opened_at"], condition=Q(state__in=("OPEN", "ESCALATED")), name="case_oldest"
            ),
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="case_due"),
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"

    @property
    def is_pending(self) -> bool:
        return self.state in self.PENDING

    @property
    def target(self) -> str:
        """What the case is about, in the marketplace's words."""
        return self.listing.title if self.listing else self.seller.name

    @property
    def priority_words(self) -> list[str]:
        """The parts of the priority in words, each with its points."""
        return [_part_words(part["code"], part["points"], part["value"]) for part in self.priority_parts]

    def assignee(self, at: datetime) -> int | None:
        """The id of the person whose assignment has not run out, or None."""
        is_live = self.assigned_until is not None and self.assigned_until > at
        return self.assigned_to_id if is_live else None


def _part_words(code: str, points: int, value: str) -> str:
    shown = Source(value).label if code == "source" else value
    return f"{PRIORITY_WORDS[code] % {'value': shown}} (+{points})"


class Evidence(models.Model):
    """What a case rests on: one recorded event, cited, with what the queue must know of it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="evidence")
    event = models.ForeignKey(Event, models.PROTECT, related_name="+")
    source = models.CharField(max_length=16, choices=Source.choices)
    score = models.FloatField(default=0)
    amount = models.BigIntegerField(default=0)
    joined_at = models.DateTimeField()

    class Meta:
        verbose_name = _("evidence")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "event"], name="one_evidence_per_case_and_event")
        ]

    def __str__(self) -> str:
        return f"{self.source} for {self.case_id}"


class CaseAssignment(models.Model):
    """An interval in which a case was assigned to one person; ``ended_at`` may be before ``until``."""

    class Ending(models.TextChoices):
        DECIDED = "DECIDED", _("decided")
        RELEASED = "RELEASED", _("unassigned")
        SKIPPED = "SKIPPED", _("skipped")
        HANDED_OVER = "HANDED_OVER", _("handed over")
        ESCALATED = "ESCALATED", _("escalated")
        EXPIRED = "EXPIRED", _("timed out")

    case = models.ForeignKey(Case, models.PROTECT, related_name="assignments")
    user = models.ForeignKey(User, models.PROTECT, related_name="case_assignments")
    assigned_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=12, choices=Ending.choices, blank=True)

    PERSONAL: ClassVar = Personal(kept_as="CASE", staff=("user",), part_of="case")

    class Meta:
        verbose_name = _("case assignment")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None), name="one_running_assignment_per_case"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["user", "case", "ending"], name="assignment_by_user")]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.case_id}"


class CaseNote(models.Model):
    """A note from one of the team to the others."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.TextField(_("text"))
    written_at = models.DateTimeField(_("written at"))

    PERSONAL: ClassVar = Personal(
        kept_as="CASE",
        since="written_at",
        part_of="case",
        staff=("author",),
        fields={"text": ""},
        mentions=("text",),
    )

    class Meta:
        verbose_name = _("case note")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"note on {self.case_id}"


class Mention(models.Model):
    """A note names a colleague."""

    note = models.ForeignKey(CaseNote, models.CASCADE, related_name="mentions")
    user = models.ForeignKey(User, models.CASCADE, related_name="mentions")

    PERSONAL: ClassVar = Personal(kept_as="CASE", staff=("user",), part_of="note")

    class Meta:
        verbose_name = _("mention in a note")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["note", "user"], name="one_mention_per_note_and_user")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.note_id}"
