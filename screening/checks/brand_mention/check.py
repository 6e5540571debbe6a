"""A brand is named, plainly or in disguise; that alone speaks against nobody."""

from screening.check import Check, Feature, Kind
from screening.signal import Signal
from screening.words import N_

from .find import find_brands, is_disguised
from .words import BrandMention, sentence


def as_own(signal: Signal) -> float:
    """Strength of a name that says whose the goods are."""
    return 0.0 if signal.evidence["use"] in ("nominative", "passing_off") else signal.value


def as_style(signal: Signal) -> float:
    """Strength of a name that says what the goods look like."""
    return signal.value if signal.evidence["use"] == "passing_off" else 0.0


def disguised(signal: Signal) -> float:
    """Strength of a name hidden on purpose, unless it only says what the goods fit."""
    return signal.value if signal.evidence["use"] != "nominative" and is_disguised(signal) else 0.0


CHECK = Check(
    name="brand_mention",
    kinds=(
        Kind(
            name="brand_mention",
            label=N_("Brand named"),
            evidence=BrandMention,
            sentence=sentence,
            features=(
                Feature(name="mention", value=as_own, names_brand=True),
                Feature(name="disguise", value=disguised, names_brand=True),
                Feature(name="passing_off", value=as_style, names_brand=True),
            ),
            corroborates=is_disguised,
            is_reason=True,
        ),
    ),
    run=find_brands,
)
