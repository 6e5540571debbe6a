"""The appeal of a buyer who was refused."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from klean.core.rows.personal import Personal
from klean.core.rows.states import Stepped
from refunds.models.claims import RefundClaim


class ClaimReview(Stepped):
    """A buyer asks another person to look at a refusal again; once a claim."""

    class State(models.TextChoices):
        SUBMITTED = "SUBMITTED", _("In review by someone else")
        UPHELD = "UPHELD", _("Decision upheld")
        OVERTURNED = "OVERTURNED", _("Approved after review")

    STEPS: ClassVar = {
        State.SUBMITTED: frozenset({State.UPHELD, State.OVERTURNED}),
        State.UPHELD: frozenset(),
        State.OVERTURNED: frozenset(),
    }

    claim = models.OneToOneField(RefundClaim, models.PROTECT, related_name="review")
    grounds = models.TextField(_("grounds"))
    state = models.CharField(max_length=12, choices=State.choices, default=State.SUBMITTED)
    filed_at = models.DateTimeField()
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.CharField(max_length=100, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)

    PERSONAL: ClassVar = Personal(
        kept_as="PAYMENT",
        since="decided_at",
        of="claim__claimant",
        part_of="claim",
        ended=Q(state__in=["UPHELD", "OVERTURNED"]),
        fields={"grounds": ""},
        mentions=("grounds", "reasons"),
    )

    class Meta:
        verbose_name = _("refund appeal")
        indexes: ClassVar = [
            models.Index(fields=["id"], name="claim_review_open", condition=models.Q(state="SUBMITTED")),
        ]

    def __str__(self) -> str:
        return f"review of claim {self.claim_id}"
