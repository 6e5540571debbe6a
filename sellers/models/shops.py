"""Who sells."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from klean.core.access.models import Organisation
from klean.core.operations.models import Due
from klean.core.rows.encryption import EncryptedTextField
from klean.core.rows.personal import Personal


class TraderEntity(Due):
    """The business behind one or more shops; ``business_status`` is what the tax office said last, and when.

    ``due_at`` is when to ask it again.
    """

    class Status(models.TextChoices):
        UNKNOWN = "UNKNOWN", _("not checked yet")
        ACTIVE = "ACTIVE", _("in business")
        SUSPENDED = "SUSPENDED", _("business suspended")
        CLOSED = "CLOSED", _("closed down")
        NOT_FOUND = "NOT_FOUND", _("not registered")

    class Authenticity(models.TextChoices):
        UNKNOWN = "UNKNOWN", _("not checked yet")
        CONFIRMED = "CONFIRMED", _("name and opening day agree")
        DIFFERENT = "DIFFERENT", _("name or opening day differ")

    LAPSED = (Status.SUSPENDED, Status.CLOSED, Status.NOT_FOUND)

    name = models.CharField(_("name"), max_length=200)
    business_registration_number = models.CharField(
        _("business registration number"), max_length=10, unique=True, null=True, blank=True
    )
    country = models.CharField(_("country"), max_length=100, blank=True)
    representative = EncryptedTextField(_("representative"), blank=True)
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    mail_order_number = models.CharField(_("mail-order report number"), max_length=40, blank=True)
    business_status = models.CharField(
        _("business status"), max_length=10, choices=Status.choices, default=Status.UNKNOWN
    )
    authenticity = models.CharField(max_length=10, choices=Authenticity.choices, default=Authenticity.UNKNOWN)
    status_checked_at = models.DateTimeField(_("checked"), null=True, blank=True)

    PERSONAL: ClassVar = Personal(kept_as="BUSINESS", fields={"representative": ""})

    class Meta:
        verbose_name = _("trader entity")
        verbose_name_plural = _("trader entities")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(business_registration_number__regex=r"^[1-9]\d{9}$"),
                name="business_registration_number_is_ten_digits",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["due_at"], name="trader_due")]

    def __str__(self) -> str:
        return self.name

    @property
    def has_lapsed(self) -> bool:
        """Only what the tax office said counts; its silence changes nothing."""
        return self.business_status in self.LAPSED


class BusinessRecord(models.Model):
    """One business as the tax office told it on a day: the snapshot that stands in for the tax office offline."""

    PERSONAL: ClassVar = Personal(kept_as="BUSINESS", fields={"representative": ""})

    number = models.CharField(max_length=10, unique=True)
    status = models.CharField(max_length=10, choices=TraderEntity.Status.choices)
    opened_on = models.DateField(null=True, blank=True)
    representative = EncryptedTextField(_("representative"), blank=True)
    taken_on = models.DateField()

    class Meta:
        verbose_name = _("business record")

    def __str__(self) -> str:
        return self.number


class Seller(models.Model):
    """A shop on the marketplace. What it may do follows from its sanctions; enforcement writes ``standing``."""

    class Standing(models.TextChoices):
        ACTIVE = "ACTIVE", _("active")
        WARNED = "WARNED", _("warned")
        RESTRICTED = "RESTRICTED", _("restricted")
        SUSPENDED = "SUSPENDED", _("suspended")
        CLOSED = "CLOSED", _("closed")

    GONE = (Standing.SUSPENDED, Standing.CLOSED)

    external_id = models.CharField(_("seller id"), max_length=100, unique=True)
    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(_("country"), max_length=100, blank=True)
    trader_entity = models.ForeignKey(
        TraderEntity, models.PROTECT, null=True, blank=True, related_name="sellers"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="sellers"
    )
    contact_email = EncryptedTextField(_("contact e-mail"), blank=True)
    contact_phone = EncryptedTextField(_("contact phone"), blank=True)
    joined_at = models.DateTimeField(_("joined"))
    standing = models.CharField(
        _("standing"), max_length=12, choices=Standing.choices, default=Standing.ACTIVE
    )

    PERSONAL: ClassVar = Personal(
        kept_as="BUSINESS", address="contact_email", fields={"contact_email": "", "contact_phone": ""}
    )

    class Meta:
        verbose_name = _("seller")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="seller_name_trigram")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def may_list(self) -> bool:
        has_lapsed = self.trader_entity is not None and self.trader_entity.has_lapsed
        return self.standing in {self.Standing.ACTIVE, self.Standing.WARNED} and not has_lapsed
