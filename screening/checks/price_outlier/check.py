"""A price far below what such goods of the brand usually cost."""

from screening.check import Check, Feature, Kind
from screening.words import N_

from .find import discount_of, find_outliers
from .words import PriceOutlier, sentence

CHECK = Check(
    name="price_outlier",
    kinds=(
        Kind(
            name="price_outlier",
            label=N_("Unusual price"),
            evidence=PriceOutlier,
            sentence=sentence,
            features=(
                Feature(name="price", product="mention_and_price"),
                Feature(name="dear_discount", value=discount_of),
            ),
            corroborates=True,
            is_reason=True,
        ),
    ),
    run=find_outliers,
    needs=("brand_mention",),
)
