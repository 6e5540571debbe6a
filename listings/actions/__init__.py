from listings.actions.banks import bump_bank
from listings.actions.copies import compare_listings
from listings.actions.embeddings import embed_pictures
from listings.actions.judging import judge_now, judge_rows
from listings.actions.labels import label_listing
from listings.actions.prices import recompute_prices
from listings.actions.references import ask_for_descriptions, describe_references
from listings.actions.rescreenings import ask_for_rescreening, rescreen_due_pieces
from listings.actions.screenings import hold_overdue_listings, rescreen_listings, screen_due_listings
from listings.actions.stops import (
    end_quarantine,
    keep_off_while,
    quarantine_listing,
    reinstate_listing,
    release_listing,
    remove_listing,
)
from listings.actions.sweeps import answer_sweep, search_due_sweeps
from listings.actions.training import promote_model, train_model
from listings.actions.upserts import Upserted, upsert_listings

__all__ = [
    "Upserted",
    "answer_sweep",
    "ask_for_descriptions",
    "ask_for_rescreening",
    "bump_bank",
    "compare_listings",
    "describe_references",
    "embed_pictures",
    "end_quarantine",
    "hold_overdue_listings",
    "judge_now",
    "judge_rows",
    "keep_off_while",
    "label_listing",
    "promote_model",
    "quarantine_listing",
    "recompute_prices",
    "reinstate_listing",
    "release_listing",
    "remove_listing",
    "rescreen_due_pieces",
    "rescreen_listings",
    "screen_due_listings",
    "search_due_sweeps",
    "train_model",
    "upsert_listings",
]
