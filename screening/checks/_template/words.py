"""The evidence and the words of a title that shouts."""

from screening.evidence import MarkedText
from screening.words import N_, Message, Words


class LoudTitle(MarkedText):
    """``count`` is how many exclamation marks the title has."""

    count: int


def sentence(found: LoudTitle) -> Words:
    return Message(N_("The title has %(count)d exclamation marks."), {"count": found.count})
