"""Objections to decisions, and the messages in their hearings."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enforcement.decisions.models import Decision
from klean.core.access.models import User
from klean.core.files.models import StoredFile
from klean.core.rows.personal import Personal
from klean.core.rows.states import Stepped
from reports.models.notices import Notice


class Appeal(Stepped):
    """An objection to a decision by the seller or by one who reported, heard by a person who had no part in the case."""

    class Party(models.TextChoices):
        SELLER = "SELLER", _("seller")
        REPORTER = "REPORTER", _("reporter")

    class State(models.TextChoices):
        SUBMITTED = "SUBMITTED", _("submitted")
        ASSIGNED = "ASSIGNED", _("under review")
        UPHELD = "UPHELD", _("decision upheld")
        PARTLY = "PARTLY", _("decision reduced")
        OVERTURNED = "OVERTURNED", _("decision overturned")

    STEPS: ClassVar = {
        State.SUBMITTED: frozenset({State.ASSIGNED}),
        State.ASSIGNED: frozenset({State.ASSIGNED, State.UPHELD, State.PARTLY, State.OVERTURNED}),
        State.UPHELD: frozenset(),
        State.PARTLY: frozenset(),
        State.OVERTURNED: frozenset(),
    }
    OPEN: ClassVar = (State.SUBMITTED, State.ASSIGNED)

    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="appeals", related_query_name="appeal"
    )
    party = models.CharField(max_length=10, choices=Party.choices, default=Party.SELLER)
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, blank=True, related_name="appeals")
    state = models.CharField(max_length=12, choices=State.choices, default=State.SUBMITTED)
    grounds = models.TextField(_("grounds"))
    filed_by = models.CharField(max_length=100)
    filed_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    assigned_to = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="appeals_heard")
    assigned_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)

    PERSONAL: ClassVar = Personal(
        kept_as="CASE",
        since="decided_at",
        part_of="decision",
        staff=("assigned_to",),
        ended=Q(state__in=["UPHELD", "PARTLY", "OVERTURNED"]),
        fields={"grounds": ""},
        mentions=("grounds", "reasons"),
    )

    class Meta:
        verbose_name = _("appeal")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["decision", "notice"], nulls_distinct=False, name="one_appeal_per_decision_and_party"
            ),
            models.CheckConstraint(
                condition=Q(party="SELLER", notice=None) | Q(party="REPORTER", notice__isnull=False),
                name="a_reporter_appeals_from_a_notice",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "answer_by", "id"], name="appeal_queue")]

    def __str__(self) -> str:
        return f"appeal {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class AppealMessage(models.Model):
    """A word or a document in the hearing of an appeal, from either side."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="messages")
    from_team = models.BooleanField()
    author = models.CharField(max_length=100)
    text = models.TextField(_("text"))
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(_("written at"))

    PERSONAL: ClassVar = Personal(
        kept_as="CASE",
        since="written_at",
        part_of="appeal",
        ended=~Q(appeal__state__in=["SUBMITTED", "ASSIGNED"]),
        fields={"text": ""},
        mentions=("text",),
    )

    class Meta:
        verbose_name = _("message")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"message on {self.appeal_id}"
