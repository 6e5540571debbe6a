"""A protected brand is sold by somebody who has no approved authorisation for it."""

from screening.check import Check, Feature, Kind
from screening.signal import Signal
from screening.words import N_

from .find import find_missing
from .settings import AuthorisationWeights
from .words import MissingAuthorisation, sentence


def gated(signal: Signal) -> float:
    """Strength where only authorised sellers may sell the brand."""
    return signal.value if signal.evidence["protection"] == "gated" else 0.0


def monitored(signal: Signal) -> float:
    """Strength where the brand is watched, but not closed to others."""
    return signal.value if signal.evidence["protection"] == "monitored" else 0.0


CHECK = Check(
    name="authorisation",
    kinds=(
        Kind(
            name="authorisation",
            label=N_("No authorisation"),
            evidence=MissingAuthorisation,
            sentence=sentence,
            features=(Feature(name="gated", value=gated), Feature(name="monitored", value=monitored)),
            corroborates=True,
            is_reason=True,
        ),
    ),
    run=find_missing,
    needs=("brand_mention",),
    settings=AuthorisationWeights,
    section="screening.authorisation_weights",
)
