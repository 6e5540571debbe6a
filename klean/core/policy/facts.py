"""What core records about policies."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PolicyPublished(Fact):
    """A policy file was published and can never change."""

    name: ClassVar[str] = "core.policy.published"
    policy: str
    sha256: str
