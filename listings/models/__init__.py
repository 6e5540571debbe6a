from listings.models.catalogue import Listing, ListingPicture, TextPrint, Verdict
from listings.models.followups import Proposal, Rescreening, Sweep
from listings.models.learning import RuleHit, ScreeningLabel, ScreeningModel, ShadowScore, SignalCount
from listings.models.screenings import Bank, PictureEmbedding, PriceLevel, PriceStatistics, Screening

__all__ = [
    "Bank",
    "Listing",
    "ListingPicture",
    "PictureEmbedding",
    "PriceLevel",
    "PriceStatistics",
    "Proposal",
    "Rescreening",
    "RuleHit",
    "Screening",
    "ScreeningLabel",
    "ScreeningModel",
    "ShadowScore",
    "SignalCount",
    "Sweep",
    "TextPrint",
    "Verdict",
]
