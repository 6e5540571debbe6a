"""A day's refunds, ours beside the payment side's, to the won."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from refunds.models.claims import RefundPayment


class Reconciliation(models.Model):
    """One day compared: how many refunds and how many won each side says were paid."""

    day = models.DateField(unique=True)
    our_count = models.PositiveIntegerField()
    our_won = models.BigIntegerField()
    their_count = models.PositiveIntegerField()
    their_won = models.BigIntegerField()
    booked_won = models.BigIntegerField()
    compared_at = models.DateTimeField()

    class Meta:
        verbose_name = _("daily reconciliation")

    def __str__(self) -> str:
        return f"{self.day}"

    @property
    def is_balanced(self) -> bool:
        return self.our_won == self.their_won == self.booked_won and not self.differences.exists()


class Difference(models.Model):
    """A refund that the two sides tell differently, for a person to clear up."""

    class Kind(models.TextChoices):
        UNKNOWN_HERE = "UNKNOWN_HERE", _("paid by the payment provider, never requested by us")
        UNKNOWN_THERE = "UNKNOWN_THERE", _("in our records, unknown to the payment provider")
        AMOUNT = "AMOUNT", _("amounts differ")
        UNPAID_HERE = "UNPAID_HERE", _("paid by the payment provider after it was rejected")

    reconciliation = models.ForeignKey(Reconciliation, models.CASCADE, related_name="differences")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    key = models.CharField(max_length=100)
    payment = models.ForeignKey(
        RefundPayment, models.PROTECT, null=True, blank=True, related_name="differences"
    )
    our_won = models.BigIntegerField(default=0)
    their_won = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("difference")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reconciliation", "key"], name="one_difference_per_day_and_key"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
