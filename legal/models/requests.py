"""The only door by which personal data leaves: an authority's request, verified, scoped, approved by two."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enforcement.cases.models import Case
from klean.core.files.models import StoredFile
from klean.core.rows.encryption import EncryptedTextField
from klean.core.rows.personal import Personal
from klean.core.rows.states import Stepped


class AuthorityRequest(Stepped):
    """``items`` is what the scope covers, ``disclosed`` what of it was given out; ``sha256`` is of that file."""

    class State(models.TextChoices):
        RECEIVED = "RECEIVED", _("received")
        VERIFIED = "VERIFIED", _("verified")
        SCOPED = "SCOPED", _("scoped")
        APPROVED = "APPROVED", _("approved by two")
        DISCLOSED = "DISCLOSED", _("disclosed")
        PARTLY = "PARTLY", _("disclosed in part")
        REFUSED = "REFUSED", _("refused")
        LOGGED = "LOGGED", _("logged")

    STEPS: ClassVar = {
        State.RECEIVED: frozenset({State.VERIFIED, State.REFUSED}),
        State.VERIFIED: frozenset({State.SCOPED, State.REFUSED}),
        State.SCOPED: frozenset({State.APPROVED, State.REFUSED}),
        State.APPROVED: frozenset({State.DISCLOSED, State.PARTLY, State.REFUSED}),
        State.DISCLOSED: frozenset({State.LOGGED}),
        State.PARTLY: frozenset({State.LOGGED}),
        State.REFUSED: frozenset({State.LOGGED}),
        State.LOGGED: frozenset(),
    }

    class Item(models.TextChoices):
        SELLER = "SELLER", _("who stands behind the shop")
        REPORTERS = "REPORTERS", _("who reported the listing")
        BUYERS = "BUYERS", _("who asked for their money back")

    authority = models.CharField(_("authority"), max_length=200)
    file_number = models.CharField(_("the authority's file number"), max_length=100)
    officer = EncryptedTextField(_("officer and how to reach them"))
    legal_basis = models.CharField(_("legal basis"), max_length=300)
    case = models.ForeignKey(Case, models.PROTECT, related_name="authority_requests")
    letter = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.RECEIVED)
    received_by = models.CharField(max_length=100)
    received_at = models.DateTimeField()
    verified_how = models.CharField(_("how it was verified"), max_length=300, blank=True)
    items = ArrayField(models.CharField(max_length=10, choices=Item.choices), default=list)
    purpose = models.CharField(_("what it is needed for"), max_length=500, blank=True)
    disclosed = ArrayField(models.CharField(max_length=10, choices=Item.choices), default=list)
    reasons = models.TextField(_("reasons"), blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    answered_by = models.CharField(max_length=100, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    PERSONAL: ClassVar = Personal(
        kept_as="CASE",
        since="answered_at",
        address="officer",
        ended=Q(state="LOGGED"),
        part_of="case",
        fields={"officer": ""},
        mentions=("legal_basis", "verified_how", "purpose", "reasons"),
    )

    class Meta:
        verbose_name = _("authority request")

    def __str__(self) -> str:
        return f"{self.authority} {self.file_number}"


class Approval(models.Model):
    """One of the two yeses to a scope: the legal staff's, and that of those who answer for personal data."""

    class Side(models.TextChoices):
        LEGAL = "LEGAL", _("legal")
        PRIVACY = "PRIVACY", _("privacy")

    request = models.ForeignKey(AuthorityRequest, models.CASCADE, related_name="approvals")
    side = models.CharField(max_length=8, choices=Side.choices)
    approved_by = models.CharField(max_length=100)
    approved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("approval")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "side"], name="one_approval_per_side"),
            models.UniqueConstraint(fields=["request", "approved_by"], name="one_approval_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.side} on {self.request_id}"
