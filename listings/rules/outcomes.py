"""Where a screening leaves a listing."""

from dataclasses import dataclass

FLAGGED, PICTURE = "flagged", "picture"


@dataclass(frozen=True, slots=True)
class Outcome:
    state: str
    reason: str = ""


def outcome_of(
    state: str, verdict: str, *, unreadable: bool, cleared: bool, holds_new: bool
) -> Outcome | None:
    """The state that follows, or None where the listing stays as it is.

    What a person decided stands: a stopped listing stays stopped, and one found harmless stays on until it is edited.
    """
    if state in ("QUARANTINED", "REMOVED") or cleared:
        return None
    if verdict == "block":
        return Outcome("BLOCKED", FLAGGED)
    if unreadable:
        return Outcome("HELD", PICTURE)
    if verdict == "clear":
        return Outcome("LIVE")
    stays_on = state == "LIVE" or (state == "SUBMITTED" and not holds_new)
    return Outcome("LIVE" if stays_on else "HELD", FLAGGED)
