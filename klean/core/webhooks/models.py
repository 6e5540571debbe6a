from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from klean.core.access.models import Organisation
from klean.core.events.models import Event
from klean.core.operations.models import Due
from klean.core.rows.encryption import EncryptedTextField


class WebhookEndpoint(models.Model):
    """Where a partner wants to receive events: names are exact or end in ``*``."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="webhook_endpoints")
    url = models.URLField(max_length=500)
    secret = EncryptedTextField()
    names = ArrayField(models.CharField(max_length=100), default=list)
    created_at = models.DateTimeField()
    failing_since = models.DateTimeField(null=True, blank=True)
    disabled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("webhook address")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "url"], name="one_endpoint_per_organisation_and_url"
            )
        ]

    def __str__(self) -> str:
        return self.url

    def wants(self, name: str) -> bool:
        return any(name == want or (want.endswith("*") and name.startswith(want[:-1])) for want in self.names)


class WebhookDelivery(Due):
    """One event for one endpoint; delivered when the endpoint has answered 2xx."""

    endpoint = models.ForeignKey(WebhookEndpoint, models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(Event, models.PROTECT, related_name="deliveries")
    delivered_at = models.DateTimeField(null=True, blank=True)
    last_status = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("webhook delivery")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["endpoint", "event"], name="one_delivery_per_endpoint_and_event")
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="webhook_due", condition=models.Q(due_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"event {self.event_id} to {self.endpoint_id}"
