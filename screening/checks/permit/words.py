"""The evidence and the words of a missing permit."""

from screening.evidence import Evidence
from screening.words import N_, Message, Words

PAPERS = {"KC": N_("a KC number"), "PERMIT": N_("a sales permit")}
# Categories as policies name them; one that is not here goes by its name.
CATEGORIES = {
    "electronics": N_("electronics"),
    "toys": N_("toys"),
    "children": N_("children's products"),
    "cosmetics": N_("cosmetics"),
    "health": N_("health products"),
}


class MissingPermit(Evidence):
    """``missing`` is the paper that goods of the ``category`` need, ``apply_at`` where the seller shows it."""

    missing: str
    category: str
    seller: str = ""
    apply_at: str = ""
    needs: tuple[str, ...] = ()


def sentence(found: MissingPermit) -> Words:
    paper = Message(PAPERS[found.missing]) if found.missing in PAPERS else found.missing
    category = Message(CATEGORIES[found.category]) if found.category in CATEGORIES else found.category
    return Message(
        N_("%(category)s may be sold only with %(paper)s, which the seller has not shown."),
        {"category": category, "paper": paper},
    )
