"""What core records about signing keys."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class SigningKeyMade(Fact):
    """From now on bundles and published figures are signed with this key; older ones still verify."""

    name: ClassVar[str] = "core.signing_key.made"
    public: str
