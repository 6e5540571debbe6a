"""The seller's business is suspended, closed or not registered."""

from screening.check import Check, Kind
from screening.evidence import Evidence
from screening.words import N_, Message, Words

from .find import find_lapsed


def sentence(_found: Evidence) -> Words:
    return Message(
        N_("The tax office says that the seller's business is suspended, closed or not registered.")
    )


CHECK = Check(
    name="business_lapsed",
    kinds=(
        Kind(
            name="business_lapsed",
            label=N_("Business not active"),
            evidence=Evidence,
            sentence=sentence,
            corroborates=True,
        ),
    ),
    run=find_lapsed,
)
