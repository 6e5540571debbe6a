"""The evidence and the words of a missing authorisation."""

from screening.evidence import Evidence
from screening.words import N_, Message, Words


class MissingAuthorisation(Evidence):
    """``apply_at`` is where the seller asks for one; the rest is what outsiders read."""

    protection: str
    apply_at: str
    seller: str = ""
    missing: str = ""
    needs: tuple[str, ...] = ()
    field: str = ""
    start: int = 0
    end: int = 0
    text: str = ""


def sentence(_found: MissingAuthorisation) -> Words:
    return Message(N_("The seller has no approved authorisation for this brand."))
