"""What the policy sets for brands that need an authorisation."""

from screening.settings import Settings, Share


class AuthorisationWeights(Settings):
    """What it weighs to sell a brand without an approved authorisation, by the brand's protection; open ones are free."""

    gated: Share
    monitored: Share
    open: Share = 0.0

    def of(self, protection: str) -> float:
        """The weight of a protection; nothing where the brand file names another."""
        return {"gated": self.gated, "monitored": self.monitored, "open": self.open}.get(protection, 0.0)
