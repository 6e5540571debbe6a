"""The engine's answer about a listing."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from screening.checks.brand_mention.find import traded_on
from screening.checks.price_outlier.find import is_underpriced
from screening.signal import Signal


@dataclass(frozen=True, slots=True)
class ShadowVerdict:
    """The verdict that the model in shadow would have given."""

    model: str
    score: float
    verdict: str


@dataclass(frozen=True)
class Judgement:
    """A verdict with everything that a person needs to check it; ``rules`` are those met, and whether each is live."""

    verdict: str
    score: float
    signals: tuple[Signal, ...]
    policy_version: str
    model_version: str
    rules: tuple[tuple[str, bool], ...] = ()
    shadow: ShadowVerdict | None = None

    @cached_property
    def trades_on(self) -> str:
        """The brand that the listing is sold under; empty when there is none."""
        return traded_on(self.signals)

    @cached_property
    def is_underpriced(self) -> bool:
        """Whether it offers new and dear goods of a brand far below what they cost."""
        return is_underpriced(self.signals)

    def as_json(self) -> dict[str, Any]:
        """The verdict as outsiders read it."""
        return {
            "verdict": self.verdict,
            "score": self.score,
            "signals": [signal.as_json() for signal in self.signals],
            "policy_version": self.policy_version,
            "model_version": self.model_version,
        }
