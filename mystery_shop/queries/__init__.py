from mystery_shop.queries.draws import Frame, frame_of, frames_of, next_offers, targets_of, waiting_of
from mystery_shop.queries.labels import verdict_labels
from mystery_shop.queries.money import Money, money_of, programmes, spent_of
from mystery_shop.queries.pictures import pictures_of, shot_of
from mystery_shop.queries.prevalence import Figures, figures_of
from mystery_shop.queries.purchases import (
    STAFF,
    purchase_for,
    purchase_of_body,
    purchases_for,
    purchases_of_body,
    work_for,
)

__all__ = [
    "STAFF",
    "Figures",
    "Frame",
    "Money",
    "figures_of",
    "frame_of",
    "frames_of",
    "money_of",
    "next_offers",
    "pictures_of",
    "programmes",
    "purchase_for",
    "purchase_of_body",
    "purchases_for",
    "purchases_of_body",
    "shot_of",
    "spent_of",
    "targets_of",
    "verdict_labels",
    "waiting_of",
    "work_for",
]
