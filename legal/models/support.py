"""Small firms and independent designers who ask for support, and the fund that gives it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from klean.core.access.models import User
from klean.core.policy.models import PolicyVersion
from klean.core.rows.encryption import EncryptedTextField
from klean.core.rows.personal import Personal
from klean.core.rows.states import Stepped
from mystery_shop.models import Fund


class SupportApplication(Stepped):
    """Who asks for how much and why; its points follow from the published criteria alone."""

    class State(models.TextChoices):
        SUBMITTED = "SUBMITTED", _("submitted")
        GRANTED = "GRANTED", _("granted")
        DECLINED = "DECLINED", _("declined")
        WITHDRAWN = "WITHDRAWN", _("withdrawn")

    STEPS: ClassVar = {
        State.SUBMITTED: frozenset({State.GRANTED, State.DECLINED, State.WITHDRAWN}),
        State.GRANTED: frozenset(),
        State.DECLINED: frozenset(),
        State.WITHDRAWN: frozenset(),
    }

    class Size(models.TextChoices):
        DESIGNER = "DESIGNER", _("independent designer")
        MICRO = "MICRO", _("fewer than 10 people")
        SMALL = "SMALL", _("10 to 49 people")
        LARGER = "LARGER", _("50 people or more")

    class Right(models.TextChoices):
        REGISTERED = "REGISTERED", _("registered right")
        APPLIED = "APPLIED", _("registration applied for")
        UNREGISTERED = "UNREGISTERED", _("unregistered design")

    applicant = models.ForeignKey(User, models.PROTECT, related_name="support_applications")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="applications")
    firm = EncryptedTextField(_("name of the firm or designer"))
    size = models.CharField(_("size"), max_length=10, choices=Size.choices)
    right = models.CharField(_("right"), max_length=12, choices=Right.choices)
    revenue = models.BigIntegerField(_("last year's revenue (won)"))
    story = EncryptedTextField(_("what happened"))
    asked = models.BigIntegerField(_("amount asked for (won)"))
    policy = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+")
    points = models.PositiveIntegerField()
    parts = models.JSONField()
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.SUBMITTED)
    submitted_at = models.DateTimeField()
    granted = models.BigIntegerField(_("granted (won)"), null=True, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)
    decided_by = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    PERSONAL: ClassVar = Personal(
        kept_as="CASE",
        since="decided_at",
        of="applicant",
        ended=~Q(state="SUBMITTED"),
        fields={"firm": "", "story": ""},
        mentions=("reasons",),
    )

    class Meta:
        verbose_name = _("application for support")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(asked__gt=0), name="support_asks_for_something"),
            models.CheckConstraint(
                condition=Q(granted=None) | Q(granted__gt=0, granted__lte=models.F("asked")),
                name="support_grants_what_was_asked",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "-points", "id"], name="support_queue")]

    def __str__(self) -> str:
        return f"application {self.pk}"

    @property
    def explained_points(self) -> list[tuple[str, str, int]]:
        """Each criterion in words, what the applicant answered, and the points for it."""
        criteria = {
            "size": (_("size"), self.get_size_display()),
            "right": (_("right"), self.get_right_display()),
            "revenue": (_("last year's revenue (won)"), f"{self.revenue:,}"),
        }
        return [
            (str(criteria[part["criterion"]][0]), criteria[part["criterion"]][1], part["points"])
            for part in self.parts
        ]
