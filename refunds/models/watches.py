"""What many claims say of a listing or a shop, and the word that goes to its past buyers."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from klean.core.operations.models import Due
from listings.models import Listing
from sellers.models import Seller


class ClaimWatch(models.Model):
    """The running test of one listing, or with none of a whole shop (``refunds.rules.sequential``).

    ``sales_at_start`` is what was sold when this epoch began, ``sales_baseline`` when the one before began. Sales count
    from the baseline: what is claimed now was bought up to an epoch ago.
    """

    seller = models.ForeignKey(Seller, models.PROTECT, related_name="claim_watches")
    listing = models.ForeignKey(Listing, models.PROTECT, null=True, blank=True, related_name="claim_watches")
    started_at = models.DateTimeField()
    sales_baseline = models.BigIntegerField(null=True, blank=True)
    sales_at_start = models.BigIntegerField(null=True, blank=True)
    claims = models.PositiveIntegerField(default=0)
    expected = models.FloatField(default=0)
    evidence = models.FloatField(default=1)
    alarmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("alarm on unusual claims")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["seller", "listing"], nulls_distinct=False, name="one_watch_per_target"
            ),
        ]

    def __str__(self) -> str:
        return f"watch on {self.listing_id or self.seller_id}"


class BuyerWarning(Due):
    """The marketplace is to tell past buyers that a listing was found to be a fake, or that this fell."""

    class Kind(models.TextChoices):
        CONFIRMED = "CONFIRMED", _("confirmed as counterfeit")
        RETRACTED = "RETRACTED", _("not counterfeit (correction)")

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="buyer_warnings")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    confirmed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    buyers = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("warning to buyers")
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"], name="buyer_warning_due", condition=models.Q(due_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.listing_id}"
