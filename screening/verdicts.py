"""The verdict that follows from signals, a score and the rules of a policy."""

from collections.abc import Iterable, Sequence

from screening.checks.registry import KINDS
from screening.policy import Need, Rule
from screening.settings import Thresholds
from screening.signal import Signal

ORDER = ("clear", "review", "block")


def verdict_of(signals: Sequence[Signal], score: float, policy: Thresholds, met: Iterable[Rule]) -> str:
    """The strictest of what the score and each live rule that is met ask; a block needs corroboration unless its rule
    acts alone. What no check could look at is never clear."""
    asked = [_by_score(score, policy), *((rule.verdict, rule.alone) for rule in met if rule.state == "live")]
    if any(signal.kind in KINDS and KINDS[signal.kind].always_reviewed for signal in signals):
        asked.append(("review", True))
    corroborated = len(corroborating(signals, policy)) >= policy.corroboration
    granted = (
        verdict if alone or corroborated or verdict != "block" else "review" for verdict, alone in asked
    )
    return max(granted, key=ORDER.index)


def rules_met(signals: Sequence[Signal], rules: Iterable[Rule]) -> list[Rule]:
    """Those of the rules all of whose needs are met; a draft is asked nothing."""
    return [rule for rule in rules if rule.state != "draft" and is_met(rule, signals)]


def is_met(rule: Rule, signals: Sequence[Signal]) -> bool:
    return all(any(_meets(signal, need) for signal in signals) for need in rule.needs)


def corroborating(signals: Iterable[Signal], policy: Thresholds) -> set[str]:
    """The kinds of evidence that speak against the listing."""
    strong = (signal for signal in signals if signal.value >= policy.corroborating_from)
    return {
        signal.kind for signal in strong if signal.kind in KINDS and KINDS[signal.kind].speaks_against(signal)
    }


def _by_score(score: float, policy: Thresholds) -> tuple[str, bool]:
    if score >= policy.block_from:
        return "block", False
    return ("review" if score >= policy.review_from else "clear"), False


def _meets(signal: Signal, need: Need) -> bool:
    if signal.kind != need.kind or signal.value < need.at_least:
        return False
    return all(signal.evidence.get(name) in values for name, values in need.entries.items())
