"""Who sells, and which brands they may sell."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models import Brand
from klean.core.fields import EncryptedTextField
from klean.core.models import Organisation, Stepped, StoredFile
from sellers.rules.territories import WORLD


class TraderEntity(models.Model):
    """The business behind one or more shops."""

    name = models.CharField(_("name"), max_length=200)
    business_registration_number = models.CharField(
        _("business registration number"), max_length=10, unique=True, null=True, blank=True
    )
    country = models.CharField(_("country"), max_length=100, blank=True)
    representative = EncryptedTextField(_("representative"), blank=True)

    class Meta:
        verbose_name = _("trader entity")
        verbose_name_plural = _("trader entities")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(business_registration_number__regex=r"^[1-9]\d{9}$"),
                name="business_registration_number_is_ten_digits",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Seller(models.Model):
    """A shop on the marketplace. What it may do follows from its sanctions; enforcement writes ``standing``."""

    class Standing(models.TextChoices):
        ACTIVE = "ACTIVE", _("active")
        WARNED = "WARNED", _("warned")
        RESTRICTED = "RESTRICTED", _("restricted")
        SUSPENDED = "SUSPENDED", _("suspended")
        CLOSED = "CLOSED", _("closed")

    external_id = models.CharField(_("seller id"), max_length=100, unique=True)
    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(_("country"), max_length=100, blank=True)
    trader_entity = models.ForeignKey(
        TraderEntity, models.PROTECT, null=True, blank=True, related_name="sellers"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="sellers"
    )
    joined_at = models.DateTimeField(_("joined"))
    standing = models.CharField(
        _("standing"), max_length=12, choices=Standing.choices, default=Standing.ACTIVE
    )

    class Meta:
        verbose_name = _("seller")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def may_list(self) -> bool:
        return self.standing in {self.Standing.ACTIVE, self.Standing.WARNED}


class BrandAuthorisation(Stepped):
    """A seller's claim that it may sell a brand, with the letter that shows it.

    ``valid_until`` is the last day on which it holds, as letters word it. ``parent`` is the authorisation that an
    indirect letter rests on; without one the letter comes from the rights holder.
    """

    class State(models.TextChoices):
        SUBMITTED = "SUBMITTED", _("submitted")
        IN_REVIEW = "IN_REVIEW", _("in review")
        INFO_REQUESTED = "INFO_REQUESTED", _("waiting for the seller")
        WITHDRAWN = "WITHDRAWN", _("withdrawn")
        APPROVED = "APPROVED", _("approved")
        EXPIRING = "EXPIRING", _("ends soon")
        EXPIRED = "EXPIRED", _("expired")
        REJECTED = "REJECTED", _("rejected")
        REJECTED_FORGED = "REJECTED_FORGED", _("rejected as forged")
        SUSPENDED = "SUSPENDED", _("suspended")
        REVOKED = "REVOKED", _("revoked")
        SUPERSEDED = "SUPERSEDED", _("renewed")

    OPEN = (State.SUBMITTED, State.IN_REVIEW, State.INFO_REQUESTED)
    IN_FORCE = (State.APPROVED, State.EXPIRING)
    WORLD = WORLD

    STEPS: ClassVar = {
        State.SUBMITTED: frozenset({State.IN_REVIEW, State.WITHDRAWN}),
        State.IN_REVIEW: frozenset(
            {State.APPROVED, State.REJECTED, State.REJECTED_FORGED, State.INFO_REQUESTED, State.WITHDRAWN}
        ),
        State.INFO_REQUESTED: frozenset({State.IN_REVIEW, State.WITHDRAWN}),
        State.APPROVED: frozenset(
            {State.EXPIRING, State.EXPIRED, State.SUSPENDED, State.REVOKED, State.SUPERSEDED}
        ),
        State.EXPIRING: frozenset({State.EXPIRED, State.SUSPENDED, State.REVOKED, State.SUPERSEDED}),
        State.SUSPENDED: frozenset({State.APPROVED, State.REVOKED, State.EXPIRED}),
        State.WITHDRAWN: frozenset(),
        State.EXPIRED: frozenset(),
        State.REJECTED: frozenset(),
        State.REJECTED_FORGED: frozenset(),
        State.REVOKED: frozenset(),
        State.SUPERSEDED: frozenset(),
    }

    seller = models.ForeignKey(Seller, models.PROTECT, related_name="authorisations")
    brand = models.ForeignKey(Brand, models.PROTECT, related_name="authorisations")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    document = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    territory = ArrayField(models.CharField(max_length=5), default=list)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    state = models.CharField(_("state"), max_length=16, choices=State.choices, default=State.SUBMITTED)
    submitted_by = models.CharField(max_length=100)
    submitted_at = models.DateTimeField(_("submitted"))
    decided_by = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)
    note = models.TextField(_("note"), blank=True)
    answer_due_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("brand authorisation")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["seller", "brand"],
                condition=models.Q(state__in=["SUBMITTED", "IN_REVIEW", "INFO_REQUESTED"]),
                name="one_open_authorisation_per_seller_and_brand",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_from__lte=models.F("valid_until")),
                name="authorisation_dates_in_order",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "valid_until"], name="authorisation_state_until"),
            models.Index(
                fields=["seller", "brand"],
                condition=models.Q(state__in=["APPROVED", "EXPIRING"]),
                name="authorisation_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"authorisation {self.pk}"

    def holds_on(self, day: date) -> bool:
        return self.state in self.IN_FORCE and self.valid_from <= day <= self.valid_until

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN
