"""What the policy sets for brands that need an authorisation."""

from pydantic import Field

from screening.settings import Settings, Share
from screening.words import N_


class AuthorisationWeights(Settings, title=N_("Weight of a missing authorisation")):
    """What it weighs to sell a brand without an approved authorisation, by the brand's protection; open ones are free."""

    gated: Share = Field(title=N_("Authorised sellers only"))
    monitored: Share = Field(title=N_("Monitored"))
    open: Share = Field(0.0, title=N_("Open"))

    def of(self, protection: str) -> float:
        """The weight of a protection; nothing where the brand file names another."""
        return {"gated": self.gated, "monitored": self.monitored, "open": self.open}.get(protection, 0.0)
