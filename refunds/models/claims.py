"""A buyer's money back without evidence, and the instruction that pays it."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from klean.core.access.models import Organisation, User
from klean.core.access.references import new_reference
from klean.core.operations.models import Due
from klean.core.policy.models import PolicyVersion
from klean.core.rows.encryption import EncryptedTextField
from klean.core.rows.personal import Personal
from klean.core.rows.states import Stepped
from klean.core.rows.texts import MAX_CODE_LENGTH, TextsField
from listings.models import Listing
from sellers.models import Seller


class RefundClaim(Stepped, Due):
    """One buyer, one order, one listing; due while the marketplace still has to be asked about the order."""

    class State(models.TextChoices):
        OPENED = "OPENED", _("Checking your order")
        ELIGIBLE = "ELIGIBLE", _("Order confirmed")
        INELIGIBLE = "INELIGIBLE", _("Not covered")
        ABUSE_HOLD = "ABUSE_HOLD", _("Under review")
        APPROVED_PROVISIONALLY = "APPROVED_PROVISIONALLY", _("Approved, refund on its way")
        DECLINED = "DECLINED", _("Declined")
        REFUNDED = "REFUNDED", _("Refunded")

    class Ineligibility(models.TextChoices):
        ORDER_NOT_FOUND = "ORDER_NOT_FOUND", _("Order not found for this buyer")
        NOT_IN_ORDER = "NOT_IN_ORDER", _("Item not in this order")
        NOT_PAID = "NOT_PAID", _("Order not paid")
        TOO_LATE = "TOO_LATE", _("Paid before the refund period")
        ALREADY_REFUNDED = "ALREADY_REFUNDED", _("Already refunded")
        ALREADY_CLAIMED = (
            "ALREADY_CLAIMED",
            _("Already claimed under another claim"),
        )
        REGION = "REGION", _("Country not covered")

    STEPS: ClassVar = {
        State.OPENED: frozenset({State.ELIGIBLE, State.INELIGIBLE}),
        State.ELIGIBLE: frozenset({State.APPROVED_PROVISIONALLY, State.ABUSE_HOLD}),
        State.INELIGIBLE: frozenset({State.APPROVED_PROVISIONALLY}),
        State.ABUSE_HOLD: frozenset({State.APPROVED_PROVISIONALLY, State.DECLINED}),
        State.APPROVED_PROVISIONALLY: frozenset({State.REFUNDED}),
        State.DECLINED: frozenset({State.APPROVED_PROVISIONALLY}),
        State.REFUNDED: frozenset(),
    }
    CONFIRMED: ClassVar = (
        State.ELIGIBLE,
        State.ABUSE_HOLD,
        State.APPROVED_PROVISIONALLY,
        State.DECLINED,
        State.REFUNDED,
    )
    COMMITTED: ClassVar = (State.APPROVED_PROVISIONALLY, State.REFUNDED)

    reference = models.CharField(max_length=23, unique=True, default=new_reference, editable=False)
    order = models.CharField(max_length=64)
    listing = models.ForeignKey(Listing, models.PROTECT, related_name="refund_claims")
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="refund_claims")
    claimant = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="refund_claims")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="refund_claims"
    )
    claimant_key = models.CharField(max_length=80)
    contact = EncryptedTextField(_("contact"), blank=True, default="")
    language = models.CharField(max_length=MAX_CODE_LENGTH)
    reason = models.CharField(max_length=40)
    explanation = models.TextField(_("explanation"), blank=True)
    buyer = models.CharField(_("buyer"), max_length=64, blank=True)
    account_opened_on = models.DateField(_("account opened on"), null=True, blank=True)
    amount = models.BigIntegerField(null=True, blank=True)
    sold = models.BigIntegerField(null=True, blank=True)
    seller_sold = models.BigIntegerField(null=True, blank=True)
    policy = models.ForeignKey(PolicyVersion, models.PROTECT, null=True, blank=True, related_name="+")
    ineligible_because = models.CharField(max_length=20, choices=Ineligibility.choices, blank=True)
    abuse_score = models.PositiveIntegerField(null=True, blank=True)
    abuse_parts = models.JSONField(default=list)
    state = models.CharField(max_length=25, choices=State.choices, default=State.OPENED)
    opened_at = models.DateTimeField(_("opened at"))
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=100, blank=True)
    decision_reasons = TextsField(_("reasons"), default=dict, blank=True)
    refunded_at = models.DateTimeField(null=True, blank=True)

    PERSONAL: ClassVar = Personal(
        kept_as="PAYMENT",
        since="opened_at",
        of="claimant",
        address="contact",
        ended=Q(state__in=["INELIGIBLE", "DECLINED", "REFUNDED"]),
        fields={"contact": "", "explanation": "", "buyer": "", "account_opened_on": None},
        lawful=("buyer", "account_opened_on"),
        mentions=("explanation", "decision_reasons"),
    )

    class Meta:
        verbose_name = _("refund claim")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["order", "listing", "claimant_key"],
                condition=~models.Q(state="INELIGIBLE"),
                name="one_claim_per_order_listing_and_claimant",
            ),
            models.UniqueConstraint(
                fields=["order", "listing"],
                condition=~models.Q(state__in=["OPENED", "INELIGIBLE"]),
                name="one_confirmed_claim_per_order_and_listing",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["OPENED", "INELIGIBLE"]) | models.Q(amount__gt=0),
                name="a_confirmed_claim_has_its_amount",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="claim_due", condition=models.Q(due_at__isnull=False)),
            models.Index(fields=["claimant", "-id"], name="claim_of_claimant"),
            models.Index(fields=["buyer", "opened_at"], name="claim_of_buyer"),
            models.Index(fields=["seller", "opened_at"], name="claim_on_seller"),
            models.Index(fields=["id"], name="claim_held", condition=models.Q(state="ABUSE_HOLD")),
        ]

    def __str__(self) -> str:
        return f"claim {self.pk}"

    @property
    def address(self) -> str:
        return self.contact or (self.claimant.email if self.claimant else "")


class RefundPayment(Stepped, Due):
    """The instruction to the marketplace's payment side; its key makes it pay once however often it is sent."""

    class State(models.TextChoices):
        INSTRUCTED = "INSTRUCTED", _("Payment requested")
        PAID = "PAID", _("Paid")
        FAILED = "FAILED", _("Rejected by the payment provider")

    STEPS: ClassVar = {
        State.INSTRUCTED: frozenset({State.PAID, State.FAILED}),
        State.PAID: frozenset(),
        State.FAILED: frozenset({State.INSTRUCTED}),
    }

    claim = models.OneToOneField(RefundClaim, models.PROTECT, related_name="payment")
    idempotency_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    amount = models.BigIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.INSTRUCTED)
    instructed_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)
    gateway_reference = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("refund payment")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="a_refund_is_more_than_nothing"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="refund_due", condition=models.Q(due_at__isnull=False)),
            models.Index(fields=["id"], name="refund_failed", condition=models.Q(state="FAILED")),
            models.Index(fields=["paid_at"], name="refund_paid_at", condition=models.Q(state="PAID")),
        ]

    def __str__(self) -> str:
        return f"payment of claim {self.claim_id}"
