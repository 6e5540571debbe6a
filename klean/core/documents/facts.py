"""What core records about signing keys."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import N_, Fact


@dataclass(frozen=True, kw_only=True)
class SigningKeyGenerated(Fact):
    """A new signing key came into use; what older keys signed still verifies."""

    name: ClassVar[str] = "core.signing_key.generated"
    sentence: ClassVar[str] = N_("New signing key generated")
    public_key: str
