from sellers.queries.checks import Check, checks_of, faults_of, ground_faults_of
from sellers.queries.copies import copies_of
from sellers.queries.links import Link, linked_sellers, may_be_twins_of_suspended
from sellers.queries.needs import Need, Paper, needs_of, papers_of, permits_held
from sellers.queries.shops import (
    authorisation_for,
    authorisations,
    authorised_brands,
    in_force,
    letters_for_brands_of,
    open_authorisations,
    payout_for,
    seller_for,
    sellers_by_external_id,
    sellers_of,
)

__all__ = [
    "Check",
    "Link",
    "Need",
    "Paper",
    "authorisation_for",
    "authorisations",
    "authorised_brands",
    "checks_of",
    "copies_of",
    "faults_of",
    "ground_faults_of",
    "in_force",
    "letters_for_brands_of",
    "linked_sellers",
    "may_be_twins_of_suspended",
    "needs_of",
    "open_authorisations",
    "papers_of",
    "payout_for",
    "permits_held",
    "seller_for",
    "sellers_by_external_id",
    "sellers_of",
]
