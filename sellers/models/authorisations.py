"""Which brands a shop may sell, and the letters that show it."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models import Brand
from klean.core.files.models import StoredFile
from klean.core.rows.personal import Personal
from klean.core.rows.states import Stepped
from klean.core.rows.texts import TextsField
from sellers.models.shops import Seller
from sellers.rules.territories import WORLD


class ListedSeller(models.Model):
    """Somebody whom a rights holder names on its own list of authorised sellers of a brand."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="listed_sellers")
    name = models.CharField(_("name"), max_length=200)
    business_registration_number = models.CharField(max_length=10, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    PERSONAL: ClassVar = Personal(kept_as="BUSINESS", mentions=("name",))

    class Meta:
        verbose_name = _("listed seller")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name


class BrandAuthorisation(Stepped):
    """A seller's claim that it may sell a brand, with the letter that shows it.

    ``valid_until`` is the last day on which it holds, as letters word it. ``parent`` is the authorisation that an
    indirect letter rests on; without one the letter comes from the rights holder. Empty ``nice_classes`` or
    ``channels`` set no limit. ``suspended_for`` says what has to be put right before it holds again.
    """

    class State(models.TextChoices):
        DRAFT = "DRAFT", _("draft")
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

    class Channel(models.TextChoices):
        MARKETPLACE = "MARKETPLACE", _("marketplaces")
        OWN_SITE = "OWN_SITE", _("the seller's own site")
        LIVE = "LIVE", _("live selling")
        STORE = "STORE", _("shops in town")
        WHOLESALE = "WHOLESALE", _("wholesale")

    class Cause(models.TextChoices):
        PARENT = "PARENT", _("the letter that it rests on fell")
        CONTEST = "CONTEST", _("the rights holder contests it")
        RIGHT = "RIGHT", _("the right that it rests on fell")

    class Answer(models.TextChoices):
        CONFIRMED = "CONFIRMED", _("confirmed")
        CONTESTED = "CONTESTED", _("contested")

    OPEN = (State.SUBMITTED, State.IN_REVIEW, State.INFO_REQUESTED)
    IN_FORCE = (State.APPROVED, State.EXPIRING)
    WORLD = WORLD

    STEPS: ClassVar = {
        # A marketplace that vouches for a seller itself asks nobody to review.
        State.DRAFT: frozenset({State.SUBMITTED, State.APPROVED, State.WITHDRAWN}),
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
    nice_classes = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    channels = ArrayField(models.CharField(max_length=12, choices=Channel.choices), default=list, blank=True)
    grantor = models.CharField(_("granted by"), max_length=200, blank=True)
    grantee = models.CharField(_("granted to"), max_length=200, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    state = models.CharField(_("state"), max_length=16, choices=State.choices, default=State.DRAFT)
    submitted_by = models.CharField(max_length=100)
    submitted_at = models.DateTimeField(_("submitted"))
    decided_by = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reasons = TextsField(_("reasons"), default=dict, blank=True)
    note = models.TextField(_("note"), blank=True)
    answer_due_at = models.DateTimeField(null=True, blank=True)
    suspended_for = models.CharField(max_length=8, choices=Cause.choices, blank=True)
    warned_days = models.PositiveSmallIntegerField(null=True, blank=True)
    holder_answer = models.CharField(
        _("the rights holder's answer"), max_length=10, choices=Answer.choices, blank=True
    )
    holder_answered_at = models.DateTimeField(null=True, blank=True)
    ticks = models.JSONField(default=dict, blank=True)

    PERSONAL: ClassVar = Personal(kept_as="BUSINESS", mentions=("reasons", "note"))

    class Meta:
        verbose_name = _("brand authorisation")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["seller", "brand"],
                condition=models.Q(state__in=["SUBMITTED", "IN_REVIEW", "INFO_REQUESTED"]),
                name="one_open_authorisation_per_seller_and_brand",
            ),
            models.UniqueConstraint(
                fields=["seller", "brand"],
                condition=models.Q(state="DRAFT"),
                name="one_draft_authorisation_per_seller_and_brand",
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

    @property
    def channel_words(self) -> list[str]:
        return [str(self.Channel(channel).label) for channel in self.channels]

    @property
    def may_be_revoked(self) -> bool:
        return self.may_step(self.State.REVOKED)
