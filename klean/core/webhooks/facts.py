"""What core records about webhook endpoints."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class WebhookEndpointEnabled(Fact):
    """A partner's address receives events."""

    name: ClassVar[str] = "core.webhook_endpoint.enabled"
    endpoint_id: int


@dataclass(frozen=True, kw_only=True)
class WebhookEndpointDisabled(Fact):
    """A partner's address was switched off: it answered 410, failed for five days, or a person did it."""

    name: ClassVar[str] = "core.webhook_endpoint.disabled"
    endpoint_id: int
