"""What people ask about their own data."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from klean.core.access.models import User
from klean.core.privacy.rules import is_contact
from klean.core.rows.encryption import EncryptedTextField
from klean.core.rows.personal import Personal
from klean.core.rows.states import Stepped


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
    known_as = EncryptedTextField(_("names, numbers and addresses of the person"), blank=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    received_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    decided_by = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)
    rows = models.JSONField(default=dict)
    left = models.JSONField(default=dict)

    PERSONAL: ClassVar = Personal(
        kept_as="COMPLAINT",
        since="decided_at",
        of="user",
        address="address",
        ended=~Q(state="RECEIVED"),
        fields={"address": "", "known_as": ""},
        mentions=("reasons",),
    )

    class Meta:
        verbose_name = _("personal data request")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"request {self.pk}"

    @property
    def texts(self) -> list[str]:
        """How the person is known for certain, by what they or whoever answers them has written down."""
        of_account = [self.user.email] if self.user else []
        return [text for text in (self.address, *of_account, *self.known_as.splitlines()) if text]

    @property
    def names(self) -> list[str]:
        """What others may be called as well."""
        return [self.user.name] if self.user and self.user.name else []

    @property
    def contacts(self) -> list[str]:
        """Those of the texts that no namesake shares."""
        return [text for text in self.texts if is_contact(text)]
