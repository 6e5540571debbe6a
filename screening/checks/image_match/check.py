"""A picture of the listing is a known fake, a removed listing's, or the brand's own."""

from screening.check import Check, Feature, Kind
from screening.signal import Signal
from screening.words import N_

from .find import find_known_pictures
from .settings import PictureSettings
from .words import ImageMatch, sentence

FAKES = ("counterfeit", "removed")


def known_fake(signal: Signal) -> float:
    """Strength where the known picture shows a fake."""
    return signal.value if signal.evidence["reference_kind"] in FAKES else 0.0


def official_picture(signal: Signal) -> float:
    """Strength where the known picture is the brand's own."""
    return 0.0 if signal.evidence["reference_kind"] in FAKES else signal.value


CHECK = Check(
    name="image_match",
    kinds=(
        Kind(
            name="image_match",
            label=N_("Known picture"),
            evidence=ImageMatch,
            sentence=sentence,
            features=(
                Feature(name="known_fake", value=known_fake),
                Feature(name="official_picture", value=official_picture),
            ),
            corroborates=True,
            is_reason=True,
        ),
    ),
    run=find_known_pictures,
    runs_last=True,
    settings=PictureSettings,
    section="screening.pictures",
)
