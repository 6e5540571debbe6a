"""A template: titles with many exclamation marks. Copy the folder; docs/adding-a-check.md says what to change."""

from screening.check import Check, Feature, Kind
from screening.words import N_

from .find import NAME, find_loud_titles
from .settings import LoudTitleSettings
from .words import LoudTitle, sentence

CHECK = Check(
    name=NAME,
    kinds=(
        Kind(
            name=NAME,
            label=N_("Loud title"),
            evidence=LoudTitle,
            sentence=sentence,
            features=(Feature(name="loudness"),),
            corroborates=False,
            is_reason=True,
        ),
    ),
    run=find_loud_titles,
    settings=LoudTitleSettings,
)
