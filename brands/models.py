"""Whom counterfeits hurt: rights holders, what they own, and how the genuine thing looks."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.rules.numbers import OFFICE_CODES
from klean.core.access.models import Organisation
from klean.core.files.models import StoredFile
from klean.core.operations.models import Due
from klean.core.rows.encryption import EncryptedTextField
from klean.core.rows.personal import Personal


class RightsHolder(models.Model):
    """An organisation that owns brands, or an agent who shows the owner's power of attorney.

    ``name`` is the owner's, as the registers write it; ``verified_at`` is when somebody checked who speaks for it.
    """

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="rights_holder")
    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(_("country"), max_length=100, blank=True)
    contact_email = EncryptedTextField(_("contact e-mail"), blank=True)
    representative = EncryptedTextField(_("representative"), blank=True)
    is_agent = models.BooleanField(_("speaks as an agent"), default=False)
    power_of_attorney = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    applied_at = models.DateTimeField(_("applied"), null=True, blank=True)
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True)
    verified_by = models.CharField(max_length=100, blank=True)

    PERSONAL: ClassVar = Personal(
        kept_as="BUSINESS", address="contact_email", fields={"contact_email": "", "representative": ""}
    )

    class Meta:
        verbose_name = _("rights holder")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name


class Brand(models.Model):
    """A name to look for, and how strictly it is guarded."""

    class Protection(models.TextChoices):
        OPEN = "OPEN", _("open")
        MONITORED = "MONITORED", _("monitored")
        GATED = "GATED", _("authorised sellers only")

    name = models.CharField(_("name"), max_length=150, unique=True)
    korean_name = models.CharField(_("Korean name"), max_length=150, blank=True)
    aliases = ArrayField(models.CharField(max_length=150), default=list, blank=True)
    country = models.CharField(_("country"), max_length=100, blank=True)
    category = models.CharField(_("category"), max_length=100, blank=True)
    protection = models.CharField(
        _("protection"), max_length=10, choices=Protection.choices, default=Protection.MONITORED
    )
    rights_holder = models.ForeignKey(
        RightsHolder, models.PROTECT, null=True, blank=True, related_name="brands"
    )
    list_price = models.PositiveBigIntegerField(_("list price (KRW)"), null=True, blank=True)

    class Meta:
        verbose_name = _("brand")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class IPRight(Due):
    """A right by its number in the Korean register, or without one: copyright and small designers have none.

    ``standing`` is what the register said last; while it has said nothing, or somebody has yet to look at the
    evidence of a right that no register holds, the right is not live. ``due_at`` is when to ask again. It stands
    behind the ``brands`` that it is tied to, and behind no other.
    """

    class Standing(models.TextChoices):
        UNKNOWN = "UNKNOWN", _("not checked yet")
        LIVE = "LIVE", _("in force")
        PENDING = "PENDING", _("applied for")
        LAPSED = "LAPSED", _("lapsed")
        NOT_FOUND = "NOT_FOUND", _("not in the register")
        OTHER_OWNER = "OTHER_OWNER", _("another owner's")

    class Evidence(models.TextChoices):
        NONE = "", _("not looked at")
        ACCEPTED = "ACCEPTED", _("it shows the right")
        REFUSED = "REFUSED", _("it does not show the right")

    class Kind(models.TextChoices):
        TRADEMARK = "TRADEMARK", _("trademark")
        DESIGN = "DESIGN", _("design")
        COPYRIGHT = "COPYRIGHT", _("copyright")
        PATENT = "PATENT", _("patent")
        UTILITY_MODEL = "UTILITY_MODEL", _("utility model")
        UNREGISTERED = "UNREGISTERED", _("unregistered right")

    rights_holder = models.ForeignKey(RightsHolder, models.PROTECT, related_name="ip_rights")
    brands = models.ManyToManyField(Brand, related_name="ip_rights", verbose_name=_("brands"))
    kind = models.CharField(_("kind"), max_length=15, choices=Kind.choices)
    number = models.CharField(_("registration or application number"), max_length=30, blank=True)
    title = models.CharField(_("title"), max_length=200)
    nice_classes = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    registered_on = models.DateField(_("registered on"), null=True, blank=True)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    evidence = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    evidence_decision = models.CharField(max_length=8, choices=Evidence.choices, blank=True)
    standing = models.CharField(
        _("in the register"), max_length=12, choices=Standing.choices, default=Standing.UNKNOWN
    )
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    register_entry = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("IP right")
        ordering: ClassVar = ["kind", "number", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["rights_holder", "kind", "number"],
                condition=~models.Q(number=""),
                name="one_ip_right_per_holder_and_number",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["COPYRIGHT", "UNREGISTERED"]) | ~models.Q(number=""),
                name="registered_ip_right_has_number",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["due_at"], name="ip_right_due")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})" if self.number else self.title

    @property
    def is_pending(self) -> bool:
        """Applied for, not granted: an application number holds the year between two hyphens."""
        return self.number.count("-") == 2 and self.kind != self.Kind.COPYRIGHT

    @property
    def is_shown(self) -> bool:
        """In force, or applied for with evidence that somebody accepted: small designers need not wait for the grant."""
        is_waited_for = (
            self.standing == self.Standing.PENDING and self.evidence_decision == self.Evidence.ACCEPTED
        )
        return self.standing == self.Standing.LIVE or is_waited_for

    def is_live(self, on: date) -> bool:
        """Only when the register, or who looked at the evidence, said so; silence is never a yes."""
        is_over = self.expires_on is not None and self.expires_on <= on
        return self.is_shown and not is_over

    @property
    def is_registered(self) -> bool:
        return self.kind in OFFICE_CODES


class RegisterRecord(models.Model):
    """One right as an office's register told it on a day: the snapshot that stands in for the register offline."""

    number = models.CharField(max_length=30, unique=True)
    owner = models.CharField(max_length=200)
    title = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=12, choices=IPRight.Standing.choices)
    nice_classes = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    registered_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    taken_on = models.DateField()

    class Meta:
        verbose_name = _("register record")

    def __str__(self) -> str:
        return self.number


class PriceRange(models.Model):
    """What the rights holder says that its goods cost new, of one category or, where it is empty, of all."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="price_ranges")
    category = models.CharField(_("category"), max_length=100, blank=True)
    low = models.PositiveBigIntegerField(_("lowest list price (KRW)"))
    high = models.PositiveBigIntegerField(_("highest list price (KRW)"))

    class Meta:
        verbose_name = _("price range")
        ordering: ClassVar = ["category"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["brand", "category"], name="one_price_range_per_brand_and_category"
            ),
            models.CheckConstraint(
                condition=models.Q(low__gt=0, low__lte=models.F("high")), name="price_range_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.low}–{self.high}"


class ReferenceImage(models.Model):
    """A picture to compare listings with; ``hash`` (PDQ, 32 bytes) is empty until the listings app described it."""

    class Kind(models.TextChoices):
        OFFICIAL = "OFFICIAL", _("official picture")
        COUNTERFEIT = "COUNTERFEIT", _("known counterfeit")
        GENUINE = "GENUINE", _("genuine item")

    brand = models.ForeignKey(Brand, models.PROTECT, related_name="references")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    label = models.CharField(_("label"), max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    hash = models.BinaryField(max_length=32, null=True, blank=True)
    quality = models.PositiveSmallIntegerField(null=True, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("reference image")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["brand", "kind", "sha256"], name="one_reference_per_brand_and_file"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=models.Q(hash=None), name="reference_undescribed")
        ]

    def __str__(self) -> str:
        return self.label or self.sha256[:12]
