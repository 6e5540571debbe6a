"""The seller was sanctioned before, is new, or sells many things far below what they cost."""

from screening.check import Check, Feature, Kind
from screening.words import N_

from .find import find_history
from .words import SellerHistory, sentence

CHECK = Check(
    name="seller_history",
    kinds=(
        Kind(
            name="seller_history",
            label=N_("Seller's history"),
            evidence=SellerHistory,
            sentence=sentence,
            features=(Feature(name="history", product="history_and_mention"),),
            corroborates=True,
        ),
    ),
    run=find_history,
    needs=("brand_mention", "price_outlier"),
)
