"""The seller's answer to a notice, the notifier's word on it, and the documents that support it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from klean.core.access.models import User
from klean.core.files.models import StoredFile
from klean.core.operations.models import Due
from klean.core.rows.personal import Personal
from klean.core.rows.states import Stepped
from reports.models.notices import NoticeItem
from sellers.models import Seller


class CounterNotice(Stepped, Due):
    """One listing of a notice, answered by its seller; due when whoever is asked has kept silent too long."""

    class State(models.TextChoices):
        AWAITING_SELLER = "AWAITING_SELLER", _("Awaiting the seller")
        AWAITING_RIGHTS_HOLDER = "AWAITING_RIGHTS_HOLDER", _("Awaiting the rights holder")
        RULING = "RULING", _("Awaiting a decision")
        ACCEPTED = "ACCEPTED", _("Accepted by the rights holder")
        FORFEITED = "FORFEITED", _("No response from the seller")
        RULED = "RULED", pgettext_lazy("notice", "Decided")

    STEPS: ClassVar = {
        State.AWAITING_SELLER: frozenset({State.AWAITING_RIGHTS_HOLDER, State.FORFEITED, State.RULED}),
        State.AWAITING_RIGHTS_HOLDER: frozenset({State.ACCEPTED, State.RULING, State.RULED}),
        State.RULING: frozenset({State.RULED}),
        State.FORFEITED: frozenset({State.RULED}),
        State.ACCEPTED: frozenset(),
        State.RULED: frozenset(),
    }
    RUNNING: ClassVar = (
        State.AWAITING_SELLER,
        State.AWAITING_RIGHTS_HOLDER,
        State.RULING,
        State.FORFEITED,
    )

    item = models.OneToOneField(NoticeItem, models.CASCADE, related_name="counter")
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="counter_notices")
    state = models.CharField(max_length=24, choices=State.choices, default=State.AWAITING_SELLER)
    invited_at = models.DateTimeField(_("invited"))
    answer_by = models.DateTimeField()
    ground = models.CharField(max_length=40, blank=True)
    statement = models.TextField(_("seller's statement"), blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(_("rights holder's reply"), blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)

    PERSONAL: ClassVar = Personal(
        kept_as="COMPLAINT",
        since="invited_at",
        part_of="item",
        staff=("answered_by",),
        ended=Q(state__in=["ACCEPTED", "RULED"]),
        fields={"statement": "", "reply": ""},
        mentions=("statement", "reply"),
    )

    class Meta:
        verbose_name = _("seller's response")
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="counter_due", condition=models.Q(due_at__isnull=False)),
            models.Index(fields=["seller", "-id"], name="counter_of_seller"),
            models.Index(fields=["id"], name="counter_ruling", condition=models.Q(state="RULING")),
        ]

    def __str__(self) -> str:
        return f"counter-notice on {self.item_id}"


class CounterDocument(models.Model):
    """A document that the seller's ground asks for."""

    counter = models.ForeignKey(CounterNotice, models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("document")

    def __str__(self) -> str:
        return f"{self.kind} of {self.counter_id}"
