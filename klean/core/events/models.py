"""The event log: append-only, hash-chained at commit by the database itself (see migration 0002)."""

from typing import ClassVar

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext

from klean.core.events.actors import actor_named
from klean.core.events.facts import message_of
from klean.core.operations.models import Due


class Event(models.Model):
    """One thing that happened. ``position`` and the hashes are given at commit, in the order of the commits."""

    name = models.CharField(max_length=100)
    subject = models.CharField(max_length=100)
    actor = models.CharField(max_length=100)
    at = models.DateTimeField()
    data = models.JSONField(encoder=DjangoJSONEncoder)
    position = models.BigIntegerField(null=True, unique=True, editable=False)
    previous_hash = models.CharField(max_length=64, blank=True, editable=False)
    hash = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject", "id"], name="event_subject"),
            models.Index(fields=["name", "at"], name="event_name_at"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.subject}"

    @property
    def sentence(self) -> str:
        """What happened, in the reader's language; the wire name of what no release can say any more."""
        try:
            return str(gettext(message_of(self.name, self.data)) % self.data)
        except (KeyError, TypeError, ValueError):
            return self.name

    @property
    def subject_name(self) -> str:
        """What kind of row it is about, in the reader's language, and its number."""
        return name_of_subject(self.subject)

    @property
    def actor_name(self) -> str:
        """Who did it, without a name: a person by number, a machine by its key, or Klean by itself."""
        actor = actor_named(self.actor)
        words = {"person": gettext("person %(id)s"), "machine": gettext("machine %(id)s")}
        return words.get(actor.kind, gettext("Klean (automatic)")) % {"id": actor.id}


def name_of_subject(subject: str) -> str:
    """``refunds.refundclaim:6`` is “refund claim 6”; what stands for no model any more stays as it is."""
    label, _, number = subject.partition(":")
    try:
        return f"{apps.get_model(label)._meta.verbose_name} {number}"
    except (LookupError, ValueError):
        return subject


class Outbox(Due):
    """An event that not every handler has received yet; the row goes when all have."""

    event = models.OneToOneField(Event, models.PROTECT, related_name="outbox")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["due_at"], name="outbox_due")]

    def __str__(self) -> str:
        return f"outbox of {self.event_id}"


class Receipt(models.Model):
    """A handler has acted on an event: written in the handler's own transaction, so it acts once."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="receipts")
    handler = models.CharField(max_length=150)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "handler"], name="one_receipt_per_event_and_handler")
        ]

    def __str__(self) -> str:
        return f"{self.handler} received {self.event_id}"
