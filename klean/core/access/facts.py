"""What core records about API keys."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ApiKeyIssued(Fact):
    """A machine may act for an organisation within the scopes of this key."""

    name: ClassVar[str] = "core.api_key.issued"
    key_id: int


@dataclass(frozen=True, kw_only=True)
class ApiKeyRevoked(Fact):
    """A machine's key was withdrawn."""

    name: ClassVar[str] = "core.api_key.revoked"
    key_id: int
