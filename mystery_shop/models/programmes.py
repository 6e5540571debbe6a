"""Under whose agreement, with which money, and by which draw things are bought."""

from datetime import date, timedelta
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from klean.core.access.models import Organisation
from klean.core.files.models import StoredFile
from klean.core.rows.personal import Personal

THREE_YEARS = timedelta(days=3 * 366)


class Fund(models.Model):
    """Money set aside for a purpose over at most three years; ``ends_on`` is its last day."""

    class Purpose(models.TextChoices):
        MYSTERY_SHOP = "MYSTERY_SHOP", _("test purchases")
        LEGAL_SUPPORT = "LEGAL_SUPPORT", _("legal support")

    name = models.CharField(_("name"), max_length=200, unique=True)
    purpose = models.CharField(_("purpose"), max_length=15, choices=Purpose.choices)
    amount = models.BigIntegerField(_("amount (won)"), validators=[MinValueValidator(0)])
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))

    class Meta:
        verbose_name = _("fund")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="fund_not_negative"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on"), ends_on__lte=F("starts_on") + THREE_YEARS),
                name="fund_of_three_years",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def runs_on(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


class InspectionBody(models.Model):
    """A third party that buys and examines."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="inspection_body")
    accreditation = models.CharField(_("accreditation"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("inspection body")

    def __str__(self) -> str:
        return self.organisation.name


class Agreement(models.Model):
    """What a body does for which fee and how long, and what might bias it; ``ends_on`` is its last day."""

    body = models.ForeignKey(InspectionBody, models.PROTECT, related_name="agreements")
    scope = models.TextField(_("scope"), max_length=2000)
    fee = models.BigIntegerField(
        _("fee for each examination (won)"), validators=[MinValueValidator(0)], default=0
    )
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    conflict_of_interest = models.TextField(
        _("declared conflicts of interest"),
        max_length=2000,
        help_text=_("What the body has declared in its own words, also when it is “none”."),
    )
    document = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    entered_by = models.CharField(max_length=100)
    entered_at = models.DateTimeField()

    PERSONAL: ClassVar = Personal(kept_as="BUSINESS", mentions=("scope", "conflict_of_interest"))

    class Meta:
        verbose_name = _("agreement")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="agreement_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(fee__gte=0), name="agreement_fee_not_negative"),
            models.CheckConstraint(condition=~Q(conflict_of_interest=""), name="conflicts_are_declared"),
        ]

    def __str__(self) -> str:
        return f"{self.body}, {self.starts_on}–{self.ends_on}"

    def runs_on(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


class Programme(models.Model):
    """A mystery-shop programme: under which agreement, with how much of the fund's money, when."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="programmes")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="programmes")
    budget = models.BigIntegerField(_("budget (won)"), validators=[MinValueValidator(0)])
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))

    class Meta:
        verbose_name = _("programme")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(budget__gte=0), name="programme_budget_not_negative"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="programme_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def body(self) -> InspectionBody:
        return self.agreement.body

    def runs_on(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on and self.agreement.runs_on(day)


class SamplingPlan(models.Model):
    """A random draw that anybody can make again: its seed stood fixed before the catalogue was drawn from."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="plans")
    name = models.CharField(_("name"), max_length=200)
    seed = models.CharField(_("seed"), max_length=64)
    made_by = models.CharField(max_length=100)
    made_at = models.DateTimeField()
    drawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("sampling plan")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "name"], name="one_plan_per_programme_and_name")
        ]

    def __str__(self) -> str:
        return self.name


class Stratum(models.Model):
    """A part of the catalogue; an offer belongs to the first stratum of its plan whose conditions it meets.

    ``size`` and ``frame`` are how many offers it had when it was drawn from, and a checksum of which they were.
    """

    plan = models.ForeignKey(SamplingPlan, models.PROTECT, related_name="strata")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=100)
    brand = models.CharField(_("brand"), max_length=150, blank=True)
    category = models.CharField(_("category begins with"), max_length=200, blank=True)
    price_from = models.BigIntegerField(_("price from (won)"), null=True, blank=True)
    price_below = models.BigIntegerField(_("price below (won)"), null=True, blank=True)
    wanted = models.PositiveIntegerField(_("purchases"))
    drawn = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    frame = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("stratum")
        ordering: ClassVar = ["plan", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_stratum_per_number"),
            models.CheckConstraint(condition=Q(drawn__lte=F("size")), name="stratum_drawn_within_size"),
        ]

    def __str__(self) -> str:
        return self.name
