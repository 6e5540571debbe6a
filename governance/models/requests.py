"""What people ask about their own data."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from klean.core.fields import EncryptedTextField
from klean.core.models import Stepped, User


class SubjectRequest(Stepped):
    """A person wants to see or to erase what is held; ``left`` are the places that an erasure could not clear."""

    class Kind(models.TextChoices):
        EXPORT = "EXPORT", _("see the data")
        ERASURE = "ERASURE", _("erase the data")

    class Identity(models.TextChoices):
        ACCOUNT = "ACCOUNT", _("logged in to the account")
        ADDRESS = "ADDRESS", _("answered from the e-mail address")
        DOCUMENT = "DOCUMENT", _("showed a document")

    class State(models.TextChoices):
        RECEIVED = "RECEIVED", _("received")
        DONE = "DONE", _("done")
        REFUSED = "REFUSED", _("refused")

    STEPS: ClassVar = {
        State.RECEIVED: frozenset({State.DONE, State.REFUSED}),
        State.DONE: frozenset(),
        State.REFUSED: frozenset(),
    }

    kind = models.CharField(_("what"), max_length=10, choices=Kind.choices)
    identity = models.CharField(_("identity"), max_length=10, choices=Identity.choices)
    address = EncryptedTextField(_("e-mail address"))
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    received_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    decided_by = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reasons = models.TextField(blank=True)
    rows = models.JSONField(default=dict)
    left = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("request")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"request {self.pk}"
