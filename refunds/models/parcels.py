"""The parcel that comes back after the money."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from klean.core.operations.models import Due
from klean.core.rows.encryption import EncryptedTextField
from klean.core.rows.personal import Personal
from klean.core.rows.states import Stepped
from refunds.models.claims import RefundClaim


class ReturnParcel(Stepped, Due):
    """The goods of a refunded claim on their way to the desk; due when the buyer's time to send them is over."""

    class State(models.TextChoices):
        REQUESTED = "RETURN_REQUESTED", _("Waiting to be sent")
        IN_TRANSIT = "IN_TRANSIT", _("On its way")
        RECEIVED = "RECEIVED", _("Received and sealed")
        NOT_RETURNED = "NOT_RETURNED", _("Not sent in time")
        NOT_EXAMINED = "NOT_EXAMINED", _("Kept, not examined")
        AUTHENTICATION = "AUTHENTICATION", _("Being examined")
        COUNTERFEIT = "COUNTERFEIT", _("Counterfeit")
        GENUINE = "GENUINE", _("Genuine")
        INCONCLUSIVE = "INCONCLUSIVE", _("Inconclusive")

    STEPS: ClassVar = {
        State.REQUESTED: frozenset({State.IN_TRANSIT, State.RECEIVED, State.NOT_RETURNED}),
        State.IN_TRANSIT: frozenset({State.RECEIVED, State.NOT_RETURNED}),
        State.NOT_RETURNED: frozenset({State.RECEIVED}),
        State.RECEIVED: frozenset({State.NOT_EXAMINED, State.AUTHENTICATION}),
        State.NOT_EXAMINED: frozenset({State.AUTHENTICATION}),
        State.AUTHENTICATION: frozenset({State.COUNTERFEIT, State.GENUINE, State.INCONCLUSIVE}),
        State.COUNTERFEIT: frozenset(),
        State.GENUINE: frozenset(),
        State.INCONCLUSIVE: frozenset(),
    }
    AWAITED: ClassVar = (State.REQUESTED, State.IN_TRANSIT, State.NOT_RETURNED)
    FINDINGS: ClassVar = (State.COUNTERFEIT, State.GENUINE, State.INCONCLUSIVE)

    claim = models.OneToOneField(RefundClaim, models.PROTECT, related_name="parcel")
    state = models.CharField(max_length=16, choices=State.choices, default=State.REQUESTED)
    return_by = models.DateTimeField(_("return by"))
    carrier = models.CharField(max_length=60, blank=True)
    tracking_number = EncryptedTextField(_("tracking number"), blank=True, default="")
    seal_number = models.CharField(max_length=60, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.CharField(max_length=100, blank=True)
    examined_at = models.DateTimeField(null=True, blank=True)
    examined_by = models.CharField(max_length=100, blank=True)
    findings = models.TextField(_("findings"), blank=True)

    PERSONAL: ClassVar = Personal(
        kept_as="PAYMENT",
        since="return_by",
        of="claim__claimant",
        part_of="claim",
        ended=Q(state__in=["NOT_RETURNED", "NOT_EXAMINED", "COUNTERFEIT", "GENUINE", "INCONCLUSIVE"]),
        fields={"tracking_number": ""},
        mentions=("findings",),
    )

    class Meta:
        verbose_name = _("return parcel")
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="parcel_due", condition=models.Q(due_at__isnull=False)),
            models.Index(fields=["id"], name="parcel_examined", condition=models.Q(state="AUTHENTICATION")),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["seal_number"], condition=~models.Q(seal_number=""), name="a_seal_closes_one_parcel"
            ),
        ]

    def __str__(self) -> str:
        return f"parcel of claim {self.claim_id}"
