"""The tables of refunds, where Django looks for them."""

from refunds.models import claims, ledger, parcels, reconciliation, reviews, watches

__all__ = ["claims", "ledger", "parcels", "reconciliation", "reviews", "watches"]
