"""Where a screening leaves a listing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

FLAGGED = "flagged"
PICTURE = "picture"


class Rule(Protocol):
    """A rule of the policy, as far as it forbids a seller to sell."""

    @property
    def name(self) -> str: ...
    @property
    def forbids(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    state: str
    reason: str = ""


def outcome_of(
    state: str, verdict: str, *, unreadable: bool, cleared: bool, holds_new: bool, may_sell: bool = True
) -> Outcome | None:
    """The state that follows, or None where the listing stays as it is.

    What a person decided stands: a stopped listing stays stopped, and one found harmless stays on until it is edited.
    A seller who may not sell it, for want of an authorisation, a permit or an active business, has it held although it was live.
    """
    if state in ("QUARANTINED", "REMOVED") or cleared:
        return None
    if verdict == "block":
        return Outcome("BLOCKED", FLAGGED)
    if unreadable:
        return Outcome("HELD", PICTURE)
    if verdict == "clear":
        return Outcome("LIVE")
    if not may_sell:
        return Outcome("HELD", FLAGGED)
    stays_on = state == "LIVE" or (state == "SUBMITTED" and not holds_new)
    return Outcome("LIVE" if stays_on else "HELD", FLAGGED)


def may_sell(met: Iterable[tuple[str, bool]], rules: Iterable[Rule]) -> bool:
    """Whether no live rule that was met forbids the seller to sell it; ``met`` names rules and whether each is live."""
    forbidding = {rule.name for rule in rules if rule.forbids}
    return not any(is_live and name in forbidding for name, is_live in met)
