"""How likely a claim misuses the refund: open points that anybody can add up again.

The score is the sum of its parts. From ``hold_from`` points on a person decides; below, the claim is approved.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from refunds.rules.policy import Abuse


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimHistory:
    """What is known of a claim and its buyer before it; counts leave out the claim itself."""

    amount: int
    account_days: int
    claims: int
    claims_on_seller: int
    declined: int
    young_buyers_on_seller: int
    not_returned: int = 0
    found_genuine: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One reason for points: what was ``found``, and the ``limit`` that it passed."""

    code: str
    points: int
    found: int
    limit: int


def abuse_parts(known: ClaimHistory, terms: Abuse) -> list[Part]:
    """The parts that apply; each limit and its points stand in the policy under the part's code."""
    measured = {
        "amount": known.amount,
        "claims": known.claims + 1,
        "claims_on_seller": known.claims_on_seller + 1,
        "declined": known.declined,
        "young_buyers_on_seller": known.young_buyers_on_seller,
        "not_returned": known.not_returned,
        "found_genuine": known.found_genuine,
    }
    over = [(code, found) for code, found in measured.items() if found > terms.limits[code].limit]
    if known.account_days < terms.limits["account_days"].limit:
        over.append(("account_days", known.account_days))
    return [
        Part(code=code, points=terms.limits[code].points, found=found, limit=terms.limits[code].limit)
        for code, found in over
    ]


def score_of(parts: Iterable[Part]) -> int:
    return sum(part.points for part in parts)
