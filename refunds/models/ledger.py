"""Who owes whom: double entry in integer won, balanced and kept by the database (see migration 0002)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from listings.models import Listing
from refunds.models.claims import RefundClaim
from sellers.models import Seller


class Posting(models.Model):
    """One movement of a claim's money; its entries sum to nothing."""

    class Kind(models.TextChoices):
        APPROVED = "APPROVED", _("refund approved")
        PAID = "PAID", _("paid out")
        RECOVERED = "RECOVERED", _("charged to the seller")
        RELEASED = "RELEASED", _("charge reversed")

    claim = models.ForeignKey(RefundClaim, models.PROTECT, related_name="postings")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    actor = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("posting")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["claim", "kind"],
                condition=models.Q(kind__in=["APPROVED", "PAID"]),
                name="promised_once_and_paid_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for claim {self.claim_id}"


class LedgerEntry(models.Model):
    """A credit (positive) or debit (negative) on one account; rows are never changed."""

    class Account(models.TextChoices):
        FUND = "FUND", _("buyer protection fund")
        CLAIMANT = "CLAIMANT", _("owed to buyers")
        PAID_OUT = "PAID_OUT", _("paid out by the marketplace")
        SELLER = "SELLER", _("owed by sellers")

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="entries")
    account = models.CharField(max_length=10, choices=Account.choices)
    seller = models.ForeignKey(Seller, models.PROTECT, null=True, blank=True, related_name="ledger_entries")
    amount = models.BigIntegerField()

    class Meta:
        verbose_name = _("ledger entry")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(amount=0), name="an_entry_moves_money"),
            models.CheckConstraint(
                condition=models.Q(account="SELLER", seller__isnull=False)
                | (~models.Q(account="SELLER") & models.Q(seller=None)),
                name="only_a_sellers_account_names_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.amount:+}"


class Recovery(models.Model):
    """A listing was confirmed as fake: refunds on it are charged to its seller until this is released."""

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="recoveries")
    confirmed_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=100)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("charge to a seller")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["listing"], condition=models.Q(released_at=None), name="one_live_recovery_per_listing"
            ),
        ]

    def __str__(self) -> str:
        return f"recovery on listing {self.listing_id}"
