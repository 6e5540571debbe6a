"""What core records about webhook endpoints."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import N_, Fact


@dataclass(frozen=True, kw_only=True)
class WebhookEndpointEnabled(Fact):
    """A webhook endpoint was enabled."""

    name: ClassVar[str] = "core.webhook_endpoint.enabled"
    sentence: ClassVar[str] = N_("Webhook address switched on")
    endpoint_id: int


@dataclass(frozen=True, kw_only=True)
class WebhookEndpointDisabled(Fact):
    """A webhook endpoint was disabled: it answered 410, failed for five days, or somebody switched it off."""

    name: ClassVar[str] = "core.webhook_endpoint.disabled"
    sentence: ClassVar[str] = N_("Webhook address switched off")
    endpoint_id: int
