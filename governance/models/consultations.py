"""Draft policies and what the stakeholders said on them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from klean.core.access.models import Organisation, User
from klean.core.policy.models import PolicyVersion
from klean.core.rows.personal import Personal
from klean.core.rows.states import Stepped


class PolicyDraft(Stepped):
    """A policy file before it is one: ``text`` is what will be published, byte for byte."""

    class State(models.TextChoices):
        OPEN = "OPEN", _("in consultation")
        PUBLISHED = "PUBLISHED", _("published")
        WITHDRAWN = "WITHDRAWN", _("withdrawn")

    STEPS: ClassVar = {
        State.OPEN: frozenset({State.PUBLISHED, State.WITHDRAWN}),
        State.PUBLISHED: frozenset(),
        State.WITHDRAWN: frozenset(),
    }

    name = models.CharField(_("name"), max_length=50, unique=True)
    summary = models.TextField(_("summary"))
    text = models.TextField(_("policy file"))
    in_force_from = models.DateTimeField(_("in force from"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=100)
    ends_at = models.DateTimeField()
    version = models.OneToOneField(PolicyVersion, models.PROTECT, null=True, blank=True, related_name="draft")

    PERSONAL: ClassVar = Personal(kept_as="CASE", mentions=("summary",))

    class Meta:
        verbose_name = _("draft policy")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.name


class Comment(models.Model):
    """What somebody outside or inside said on a draft, and the public answer."""

    draft = models.ForeignKey(PolicyDraft, models.PROTECT, related_name="comments")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(_("comment"))
    written_at = models.DateTimeField()
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.CharField(max_length=100, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    PERSONAL: ClassVar = Personal(kept_as="CASE", staff=("author",), mentions=("text", "answer"))

    class Meta:
        verbose_name = _("comment on a draft policy")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"comment {self.pk} on {self.draft_id}"
