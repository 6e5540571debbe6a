"""The evidence and the words of a seller's past."""

from screening.evidence import Evidence
from screening.words import N_, Joined, Message, Words

STANDINGS = {
    "ACTIVE": N_("active"),
    "WARNED": N_("warned"),
    "RESTRICTED": N_("restricted"),
    "SUSPENDED": N_("suspended"),
    "CLOSED": N_("closed"),
}


class SellerHistory(Evidence):
    """Of the seller's newest offers ``branded_offers`` are sold under a brand, ``underpriced_offers`` far too cheaply."""

    standing: str
    removed_listings: int
    days_since_joined: int
    branded_offers: int = 0
    underpriced_offers: int = 0


def sentence(found: SellerHistory) -> Words:
    """What happened to the seller, and what else it offers where that speaks against it."""
    standing = STANDINGS.get(found.standing)
    past = Message(
        N_("Standing: %(standing)s. Listings removed: %(removed)d. Days since joining: %(days)d."),
        {
            "standing": Message(standing) if standing else found.standing,
            "removed": found.removed_listings,
            "days": found.days_since_joined,
        },
    )
    if not found.underpriced_offers:
        return past
    offers = Message(
        N_("Of %(branded)d offers under a brand, %(cheap)d are far below what such goods cost."),
        {"branded": found.branded_offers, "cheap": found.underpriced_offers},
    )
    return Joined((past, offers))
