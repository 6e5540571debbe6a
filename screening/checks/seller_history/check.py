"""The seller was sanctioned before, is new, or sells many things far below what they cost."""

from screening.check import Check, Feature, Kind
from screening.checks.seller_history.find import find_history
from screening.checks.seller_history.words import SellerHistory, sentence
from screening.words import N_

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
