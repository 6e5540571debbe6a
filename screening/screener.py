"""The engine: every check over a batch of listings, a score, a verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from screening.batch import Batch, Signals
from screening.checks.registry import CHECKS
from screening.judgement import Judgement, ShadowVerdict
from screening.known import Known, KnownSeller
from screening.model.features import features_of
from screening.model.score import ScoreModel
from screening.policy import Policy
from screening.signal import Item, Signal
from screening.verdicts import rules_met, verdict_of


@dataclass(frozen=True, slots=True)
class Screener:
    """Judges listings by what is known, under a policy; the verdict of the model in shadow changes nothing."""

    known: Known
    policy: Policy
    model: ScoreModel
    shadow: ScoreModel | None = None

    def judge(
        self, items: Sequence[Item], sellers: Mapping[str, KnownSeller], *, at: datetime
    ) -> list[Judgement]:
        """A judgement for each listing, in their order; ``sellers`` are those that are registered, by their ids."""
        if not items:
            return []
        found: Signals = [[] for _ in items]
        batch = Batch(items, self.known, sellers, self.policy.tables, found, self._score, at)
        for check in CHECKS:
            for signals, more in zip(found, check.run(batch), strict=True):
                signals.extend(more)
        return self._judgements(found)

    def _score(self, found: Signals) -> list[float]:
        scores: list[float] = self.model.scores(features_of(found)).tolist()
        return scores

    def _judgements(self, found: Signals) -> list[Judgement]:
        rows = features_of(found)
        scores = self.model.scores(rows).tolist()
        shadows = self.shadow.scores(rows).tolist() if self.shadow else [None] * len(scores)
        return [
            self._judgement(signals, score, shadow)
            for signals, score, shadow in zip(found, scores, shadows, strict=True)
        ]

    def _judgement(self, signals: Sequence[Signal], score: float, shadow_score: float | None) -> Judgement:
        policy = self.policy.screening
        met = rules_met(signals, policy.rules)
        shadow = None
        if self.shadow and shadow_score is not None:
            verdict = verdict_of(signals, shadow_score, policy, met)
            shadow = ShadowVerdict(self.shadow.version, round(shadow_score, 4), verdict)
        return Judgement(
            verdict=verdict_of(signals, score, policy, met),
            score=round(score, 4),
            signals=tuple(signals),
            policy_version=self.policy.name,
            model_version=self.model.version,
            rules=tuple((rule.name, rule.state == "live") for rule in met),
            shadow=shadow,
        )
