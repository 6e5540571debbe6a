"""What shops have in common."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sellers.models.shops import Seller


class SellerTrait(models.Model):
    """Something that a shop has and another may have too, kept as a keyed digest that tells nothing by itself."""

    class Kind(models.TextChoices):
        BUSINESS_NUMBER = "BUSINESS_NUMBER", _("business registration number")
        ACCOUNT = "ACCOUNT", _("settlement account")
        PHONE = "PHONE", _("phone number")
        EMAIL = "EMAIL", _("e-mail address")
        REPRESENTATIVE = "REPRESENTATIVE", _("representative's name")
        DEVICE = "DEVICE", _("device")
        ADDRESS = "ADDRESS", _("address")
        PICTURE = "PICTURE", _("pictures")
        TEXT = "TEXT", _("texts")

    # Two shops that share one of these are one and the same; the others only make it probable.
    CERTAIN = (Kind.BUSINESS_NUMBER, Kind.ACCOUNT, Kind.PHONE, Kind.EMAIL)

    seller = models.ForeignKey(Seller, models.CASCADE, related_name="traits")
    kind = models.CharField(max_length=15, choices=Kind.choices)
    digest = models.BinaryField(max_length=16)

    class Meta:
        verbose_name = _("trait")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["seller", "kind", "digest"], name="one_trait_per_seller")
        ]
        indexes: ClassVar = [models.Index(fields=["digest", "kind"], name="trait_digest")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.seller_id}"


class SellerCluster(models.Model):
    """The shop is one of several that are certainly one: all of them have the same ``cluster``, the first one's pk."""

    seller = models.OneToOneField(Seller, models.CASCADE, primary_key=True, related_name="in_cluster")
    cluster = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = _("cluster")

    def __str__(self) -> str:
        return f"{self.seller_id} in {self.cluster}"
