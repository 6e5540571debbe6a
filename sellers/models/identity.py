"""What a shop shows of itself: documents, permits, and where its money goes."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klean.core.files.models import StoredFile
from klean.core.operations.models import Due
from klean.core.rows.encryption import EncryptedTextField
from klean.core.rows.personal import Personal
from klean.core.rows.states import Stepped
from screening.checks.permit.words import CATEGORIES
from sellers.models.shops import Seller


class DocumentReading(models.Model):
    """What was read in a document once: its text, and two prints by which near-copies are found."""

    file = models.OneToOneField(StoredFile, models.CASCADE, primary_key=True, related_name="reading")
    pages = models.PositiveSmallIntegerField(default=1)
    text = EncryptedTextField(_("text"), blank=True)
    picture_print = models.BigIntegerField(null=True, blank=True)
    text_print = models.BigIntegerField(null=True, blank=True)

    PERSONAL: ClassVar = Personal(kept_as="BUSINESS", fields={"text": ""})

    class Meta:
        verbose_name = _("reading")

    def __str__(self) -> str:
        return f"reading of {self.file_id}"


def words_of_category(name: str) -> str:
    """What people read for a category of the policy's permits; one that has no words goes by its name."""
    return gettext(CATEGORIES[name]) if name in CATEGORIES else name


class SalesPermit(models.Model):
    """A certificate or permit without which goods of a category may not be sold."""

    class Kind(models.TextChoices):
        KC = "KC", _("KC number")
        PERMIT = "PERMIT", _("sales permit")

    seller = models.ForeignKey(Seller, models.CASCADE, related_name="permits")
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices)
    category = models.CharField(_("category"), max_length=100)
    number = models.CharField(_("number"), max_length=40)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("sales permit")
        ordering: ClassVar = ["category", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["seller", "kind", "number"], name="one_permit_per_seller_and_number"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["valid_until"], condition=models.Q(ended_at=None), name="permit_running")
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def category_words(self) -> str:
        return words_of_category(self.category)

    def holds_on(self, day: date) -> bool:
        return self.valid_until is None or day <= self.valid_until


class PayoutAccount(Stepped, Due):
    """Where a shop's money goes; a new one waits until the old contact has had time to object."""

    class State(models.TextChoices):
        COOLING = "COOLING", _("takes effect later")
        ACTIVE = "ACTIVE", _("in use")
        REPLACED = "REPLACED", _("replaced")
        CANCELLED = "CANCELLED", _("cancelled")

    STEPS: ClassVar = {
        State.COOLING: frozenset({State.ACTIVE, State.CANCELLED}),
        State.ACTIVE: frozenset({State.REPLACED}),
        State.REPLACED: frozenset(),
        State.CANCELLED: frozenset(),
    }

    seller = models.ForeignKey(Seller, models.PROTECT, related_name="payout_accounts")
    bank = models.CharField(_("bank"), max_length=40)
    number = EncryptedTextField(_("account number"))
    holder = EncryptedTextField(_("account holder"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.COOLING)
    requested_by = models.CharField(max_length=100)
    requested_at = models.DateTimeField(_("requested"))
    effective_at = models.DateTimeField(_("takes effect"))

    PERSONAL: ClassVar = Personal(
        kept_as="BUSINESS",
        since="effective_at",
        ended=Q(state__in=["REPLACED", "CANCELLED"]),
        fields={"number": "", "holder": ""},
    )

    class Meta:
        verbose_name = _("settlement account")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["seller", "state"],
                condition=models.Q(state__in=["COOLING", "ACTIVE"]),
                name="one_payout_account_per_seller_and_state",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["due_at"], name="payout_due")]

    def __str__(self) -> str:
        return f"settlement account {self.pk}"
