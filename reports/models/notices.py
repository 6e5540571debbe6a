"""What somebody told about listings, and what became of each of them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brands.models import IPRight
from klean.core.access.models import Organisation, User
from klean.core.access.references import new_reference
from klean.core.files.models import StoredFile
from klean.core.rows.encryption import EncryptedTextField
from klean.core.rows.personal import Personal
from klean.core.rows.states import Stepped
from klean.core.rows.texts import MAX_CODE_LENGTH
from listings.models import Listing


class Notice(Stepped):
    """One report on one or more listings, by a notifier whom only the protection team may know."""

    class NotifierType(models.TextChoices):
        RIGHTS_HOLDER = "RIGHTS_HOLDER", _("rights holder")
        CONSUMER = "CONSUMER", _("consumer")
        TRUSTED_FLAGGER = "TRUSTED_FLAGGER", _("trusted flagger")
        AUTHORITY = "AUTHORITY", _("authority")
        OWN_INITIATIVE = "OWN_INITIATIVE", _("own initiative")

    class State(models.TextChoices):
        SUBMITTED = "SUBMITTED", _("Submitted")
        ACKNOWLEDGED = "ACKNOWLEDGED", _("Received")
        ADMITTED = "ADMITTED", _("Under review")
        INADMISSIBLE = "INADMISSIBLE", _("Not accepted")
        DECIDED = "DECIDED", pgettext_lazy("notice", "Decided")
        WITHDRAWN = "WITHDRAWN", _("Withdrawn")

    STEPS: ClassVar = {
        State.SUBMITTED: frozenset({State.ACKNOWLEDGED}),
        State.ACKNOWLEDGED: frozenset({State.ADMITTED, State.INADMISSIBLE, State.DECIDED, State.WITHDRAWN}),
        State.ADMITTED: frozenset({State.INADMISSIBLE, State.DECIDED, State.WITHDRAWN}),
        State.INADMISSIBLE: frozenset(),
        State.DECIDED: frozenset(),
        State.WITHDRAWN: frozenset(),
    }

    reference = models.CharField(max_length=23, unique=True, default=new_reference, editable=False)
    notifier_type = models.CharField(max_length=20, choices=NotifierType.choices)
    reporter = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="notices")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    contact_email = EncryptedTextField(_("contact e-mail"), blank=True, default="")
    language = models.CharField(max_length=MAX_CODE_LENGTH)
    right = models.ForeignKey(IPRight, models.PROTECT, null=True, blank=True, related_name="notices")
    right_kind = models.CharField(max_length=20, choices=IPRight.Kind.choices, blank=True)
    reason = models.CharField(max_length=40)
    explanation = models.TextField(_("explanation"), blank=True)
    order = models.CharField(_("order number"), max_length=64, blank=True)
    picture = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    claims_illegal = models.BooleanField(default=False)
    good_faith = models.BooleanField(default=False)
    state = models.CharField(max_length=20, choices=State.choices, default=State.SUBMITTED)
    inadmissible_because = models.TextField(_("reason for rejection"), blank=True)
    filed_at = models.DateTimeField(_("filed at"))
    answer_by = models.DateTimeField()

    PERSONAL: ClassVar = Personal(
        kept_as="COMPLAINT",
        since="filed_at",
        of="reporter",
        address="contact_email",
        ended=Q(state__in=["INADMISSIBLE", "DECIDED", "WITHDRAWN"]),
        fields={"contact_email": "", "explanation": "", "order": "", "picture": None},
        mentions=("explanation", "inadmissible_because"),
    )

    class Meta:
        verbose_name = _("notice")
        indexes: ClassVar = [
            models.Index(
                fields=["answer_by", "id"],
                condition=models.Q(state__in=["ACKNOWLEDGED", "ADMITTED"]),
                name="notice_clock",
            ),
            models.Index(fields=["organisation", "-id"], name="notice_of_organisation"),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"

    @property
    def address(self) -> str:
        """Where the notifier is told, or ``""`` when only the status page tells."""
        return self.contact_email or (self.reporter.email if self.reporter else "")

    @property
    def is_open(self) -> bool:
        return self.may_step(self.State.DECIDED)


class NoticeItem(models.Model):
    """One listing of a notice; ``reporter_key`` names the notifier, so that nobody has two open on one listing."""

    class Outcome(models.TextChoices):
        UPHELD = "UPHELD", _("confirmed")
        DISMISSED = "DISMISSED", _("not confirmed")
        WITHDRAWN = "WITHDRAWN", _("withdrawn")
        INADMISSIBLE = "INADMISSIBLE", _("not accepted")

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="items")
    listing = models.ForeignKey(Listing, models.PROTECT, related_name="notice_items")
    reporter_key = models.CharField(_("reporter"), max_length=80)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    corrected_at = models.DateTimeField(null=True, blank=True)

    PERSONAL: ClassVar = Personal(
        kept_as="COMPLAINT",
        since="answered_at",
        of="notice__reporter",
        part_of="notice",
        ended=~Q(outcome=""),
        fields={"reporter_key": ""},
    )

    class Meta:
        verbose_name = _("reported listing")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "listing"], name="one_item_per_notice_and_listing"),
            models.UniqueConstraint(
                fields=["listing", "reporter_key"],
                condition=models.Q(outcome=""),
                name="one_open_item_per_listing_and_reporter",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="", answered_at=None)
                | (~models.Q(outcome="") & models.Q(answered_at__isnull=False)),
                name="an_answered_item_has_its_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["reporter_key", "answered_at"], name="item_of_reporter"),
            models.Index(fields=["answered_at"], name="item_answered"),
        ]

    def __str__(self) -> str:
        return f"listing {self.listing_id} of notice {self.notice_id}"
