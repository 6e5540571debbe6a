"""Who takes part from outside, what was agreed, what was talked about, and what must be done by when."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from klean.core.access.models import Organisation, User
from klean.core.files.models import StoredFile
from klean.core.rows.encryption import EncryptedTextField
from klean.core.rows.personal import Personal


class Stakeholder(models.Model):
    """An association, an authority, an institute or a brand."""

    class Kind(models.TextChoices):
        ASSOCIATION = "ASSOCIATION", _("association")
        CUSTOMS = "CUSTOMS", _("customs")
        AUTHORITY = "AUTHORITY", _("authority")
        INSTITUTE = "INSTITUTE", _("institute")
        BRAND = "BRAND", _("brand")
        CONSUMERS = "CONSUMERS", _("consumer organisation")

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="stakeholders"
    )
    contact = EncryptedTextField(_("contact e-mail"), blank=True)
    registered_at = models.DateTimeField()

    PERSONAL: ClassVar = Personal(kept_as="BUSINESS", address="contact", fields={"contact": ""})

    class Meta:
        verbose_name = _("stakeholder")
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "kind"], name="one_stakeholder_per_name_and_kind")
        ]

    def __str__(self) -> str:
        return self.name


class Agreement(models.Model):
    """What was agreed with a stakeholder, from when to when; ``document`` is the signed paper."""

    stakeholder = models.ForeignKey(Stakeholder, models.PROTECT, related_name="agreements")
    title = models.CharField(_("title"), max_length=200)
    signed_on = models.DateField(_("signed on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    document = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")

    PERSONAL: ClassVar = Personal(kept_as="BUSINESS", mentions=("title",))

    class Meta:
        verbose_name = _("agreement")
        ordering: ClassVar = ["-signed_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(signed_on__lte=models.F("ends_on")),
                name="agreement_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Meeting(models.Model):
    """One meeting with its minutes."""

    title = models.CharField(_("title"), max_length=200)
    held_on = models.DateField(_("held on"))
    minutes = models.TextField(_("minutes"))
    stakeholders = models.ManyToManyField(Stakeholder, related_name="meetings")
    written_by = models.CharField(max_length=100)

    PERSONAL: ClassVar = Personal(kept_as="CASE", mentions=("title", "minutes"))

    class Meta:
        verbose_name = _("meeting")
        ordering: ClassVar = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class ActionItem(models.Model):
    """Something promised by a day, out of a meeting or by itself."""

    task = models.CharField(_("what"), max_length=500)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="items")
    owner = models.ForeignKey(User, models.PROTECT, related_name="+")
    due_on = models.DateField(_("due on"))
    done_at = models.DateTimeField(null=True, blank=True)

    PERSONAL: ClassVar = Personal(kept_as="CASE", staff=("owner",), mentions=("task",))

    class Meta:
        verbose_name = _("action item")
        indexes: ClassVar = [
            models.Index(fields=["due_on", "id"], condition=models.Q(done_at=None), name="action_item_open")
        ]

    def __str__(self) -> str:
        return self.task
