"""A picture that nobody could look at is itself a reason to have a person look."""

from pydantic import Field, NonNegativeInt

from screening.batch import Batch, Signals
from screening.check import Check, Kind
from screening.evidence import Evidence
from screening.signal import Item, Signal
from screening.words import N_, Message, Words

NAME = "picture_unreadable"


class UnreadableEvidence(Evidence):
    """``picture`` counts from 0; ``fault`` is what is wrong with it."""

    picture: NonNegativeInt
    fault: str = Field(validation_alias="says")
    address: str = ""


def find_unreadable(batch: Batch) -> Signals:
    return [_signals_of(item) for item in batch.items]


def _signals_of(item: Item) -> list[Signal]:
    return [
        Signal(NAME, 1.0, {"picture": one.position, "address": one.address, "says": one.fault})
        for one in item.unreadable
    ]


def sentence(found: UnreadableEvidence) -> Words:
    return Message(N_("Picture %(number)d: %(fault)s"), {"number": found.picture + 1, "fault": found.fault})


CHECK = Check(
    name="picture_unreadable",
    kinds=(
        Kind(
            name="picture_unreadable",
            label=N_("Picture cannot be read"),
            evidence=UnreadableEvidence,
            sentence=sentence,
            corroborates=True,
            always_reviewed=True,
        ),
    ),
    run=find_unreadable,
)
