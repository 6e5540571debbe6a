"""Words that say a thing is a copy, through the same disguises as brand names."""

from screening.check import Check, Feature, Kind
from screening.words import N_

from .find import find_language
from .words import CounterfeitLanguage, sentence

CHECK = Check(
    name="counterfeit_language",
    kinds=(
        Kind(
            name="counterfeit_language",
            label=N_("Words of counterfeits"),
            evidence=CounterfeitLanguage,
            sentence=sentence,
            features=(Feature(name="language", product="mention_and_language"),),
            corroborates=True,
            is_reason=True,
        ),
    ),
    run=find_language,
)
