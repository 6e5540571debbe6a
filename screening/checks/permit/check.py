"""A paper is missing without which such goods may not be sold; it says nothing of whether they are genuine."""

from screening.check import Check, Kind
from screening.words import N_

from .find import find_missing
from .papers import PermitsNeeded
from .words import MissingPermit, sentence

CHECK = Check(
    name="permit",
    kinds=(Kind(name="permit", label=N_("Permit missing"), evidence=MissingPermit, sentence=sentence),),
    run=find_missing,
    settings=PermitsNeeded,
    section="permits",
)
