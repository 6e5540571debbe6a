"""From signals and a score to a verdict, as the policy says."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

ORDER = ("clear", "review", "block")
# Ways of writing a name that honest sellers have no use for; others are slips, or how a name is commonly joined.
DELIBERATE = frozenset(
    {
        "homoglyph",
        "mathematical",
        "enclosed",
        "zero_width",
        "leet",
        "latin_jamo",
        "jamo",
        "masked",
        "mixed",
        "separators",
        "repeated",
    }
)
# A paper that is missing keeps goods from being sold and says nothing of whether they are genuine.
SILENT = frozenset({"permit"})
UNREADABLE = "picture_unreadable"
LIVE, SHADOW, DRAFT = "live", "shadow", "draft"


class Claim(Protocol):
    """A signal, as far as a verdict reads it."""

    @property
    def kind(self) -> str: ...
    @property
    def value(self) -> float: ...
    @property
    def evidence(self) -> Mapping[str, Any]: ...


def verdict_of(
    signals: Sequence[Claim], score: float, policy: Mapping[str, Any], met: Iterable[Mapping[str, Any]]
) -> str:
    """The strictest of what the score and each live rule that is met ask; a block needs corroboration unless its rule acts alone.

    A picture that nobody could read is never clear.
    """
    by_rules = ((rule["verdict"], rule.get("alone", False)) for rule in met if state_of(rule) == LIVE)
    asked = [_by_score(score, policy), *by_rules]
    if any(signal.kind == UNREADABLE for signal in signals):
        asked.append(("review", True))
    corroborated = len(corroborating(signals, policy)) >= policy["corroboration"]
    granted = (
        verdict if alone or corroborated or verdict != "block" else "review" for verdict, alone in asked
    )
    return max(granted, key=ORDER.index)


def rules_met(signals: Sequence[Claim], rules: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those of the rules all of whose needs are met; a draft is asked nothing."""
    return [rule for rule in rules if state_of(rule) != DRAFT and is_met(rule, signals)]


def state_of(rule: Mapping[str, Any]) -> str:
    """A live rule acts, one in shadow is only counted, a draft does nothing yet."""
    return str(rule.get("state", LIVE))


def is_met(rule: Mapping[str, Any], signals: Sequence[Claim]) -> bool:
    return all(any(_meets(signal, need) for signal in signals) for need in rule["needs"])


def corroborating(signals: Iterable[Claim], policy: Mapping[str, Any]) -> set[str]:
    """The kinds of evidence that speak against the listing; that a brand is named, by itself, does not."""
    least = policy["corroborating_from"]
    strong = (signal for signal in signals if signal.value >= least)
    return {
        signal.kind
        for signal in strong
        if signal.kind not in SILENT and (signal.kind != "brand_mention" or is_disguised(signal))
    }


def is_disguised(mention: Claim) -> bool:
    """Whether the name was hidden on purpose."""
    return not DELIBERATE.isdisjoint(mention.evidence["how"])


def _by_score(score: float, policy: Mapping[str, Any]) -> tuple[str, bool]:
    if score >= policy["block_from"]:
        return "block", False
    return ("review" if score >= policy["review_from"] else "clear"), False


def _meets(signal: Claim, need: Mapping[str, Any]) -> bool:
    """``kind`` and ``at_least``; every other key names an entry of the evidence and the values that it may have."""
    if signal.kind != need["kind"] or signal.value < need["at_least"]:
        return False
    asked = ((name, values) for name, values in need.items() if name not in ("kind", "at_least"))
    return all(signal.evidence.get(name) in values for name, values in asked)
