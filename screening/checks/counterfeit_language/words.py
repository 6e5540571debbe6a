"""The evidence and the words of the language of counterfeits."""

from screening.evidence import MarkedText
from screening.words import N_, Message, Words


class CounterfeitLanguage(MarkedText):
    """``term`` is the entry of the lexicon, ``meaning`` what it says of goods, ``how`` its disguises."""

    term: str = ""
    meaning: str = ""
    how: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        return self.term


def sentence(found: CounterfeitLanguage) -> Words:
    return Message(N_("“%(text)s” is used for counterfeits."), {"text": found.text})
