"""What core records about API keys."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import N_, Fact


@dataclass(frozen=True, kw_only=True)
class ApiKeyIssued(Fact):
    """An API key was issued to an organisation."""

    name: ClassVar[str] = "core.api_key.issued"
    sentence: ClassVar[str] = N_("API key issued")
    key_id: int


@dataclass(frozen=True, kw_only=True)
class ApiKeyRevoked(Fact):
    """An API key was revoked."""

    name: ClassVar[str] = "core.api_key.revoked"
    sentence: ClassVar[str] = N_("API key revoked")
    key_id: int
