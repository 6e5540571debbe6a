"""Too many claims for an honest listing? A test that may be looked at after every claim.

Under honesty claims come at most at the rate that the policy names, so that ``expected`` of them are due by now. For
each ratio r the product r^claims · exp(−(r−1)·expected) is a nonnegative supermartingale that starts at 1, whether a
claim is a Poisson event or the mishap of one sale (1 + (r−1)p ≤ exp((r−1)p)), and so is their mean. By Ville's
inequality it ever exceeds 1/α with a probability of at most α, however often somebody looks (Ville 1939; Ramdas,
Grünwald, Vovk and Shafer 2023, "Game-theoretic statistics and safe anytime-valid inference").
"""

from collections.abc import Sequence
from math import exp, log

from refunds.rules.policy import Rate

MAX_EVIDENCE = 1e300


def evidence(claims: int, expected: float, ratios: Sequence[float]) -> float:
    """The e-value against honesty: 1 at the start, and above 1/α by chance at most once in 1/α honest targets."""
    logs = [claims * log(ratio) - (ratio - 1) * expected for ratio in ratios]
    top = max(logs)
    if top > log(MAX_EVIDENCE):
        return MAX_EVIDENCE
    return exp(top) * sum(exp(one - top) for one in logs) / len(logs)


def expected_claims(sold: int | None, days: float, honest: Rate) -> float:
    """How many claims an honest target has by now: by what it sold, or by its days where sales are not told."""
    if sold is None:
        return days * honest.per_thousand_days / 1000
    return sold * honest.per_thousand_sold / 1000
