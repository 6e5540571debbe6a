"""Which decisions are so grave that a second person must agree."""

from dataclasses import dataclass

from enforcement.decisions.rules.policy import Approval


@dataclass(frozen=True, slots=True)
class Effect:
    """What a decision would do: the rung it leads to, the money it moves, whether the seller is authorised."""

    rung: str = ""
    money: int = 0
    holds_settlement: bool = False
    is_authorised: bool = False


def impacts_of(effect: Effect, policy: Approval) -> list[str]:
    """Codes of why the decision has high impact."""
    asked = {
        effect.rung: effect.rung in policy.rungs,
        "MONEY": effect.holds_settlement or effect.money >= policy.money_from,
        "AUTHORISED": effect.is_authorised and policy.authorised_sellers,
    }
    return [code for code, is_asked in asked.items() if is_asked]
