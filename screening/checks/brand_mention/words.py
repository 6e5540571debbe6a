"""The evidence and the words of a brand that a listing names."""

from screening.evidence import MarkedText
from screening.words import N_, Joined, Message, Words

DISGUISES = {
    "case": N_("capitals and small letters mixed"),
    "enclosed": N_("letters in circles or boxes"),
    "full_width": N_("wide letters"),
    "homoglyph": N_("look-alike letters"),
    "jamo": N_("letters taken apart"),
    "joined": N_("words run together"),
    "latin_jamo": N_("Latin letters for Hangul"),
    "leet": N_("digits for letters"),
    "masked": N_("a letter hidden"),
    "mathematical": N_("mathematical letters"),
    "mixed": N_("two alphabets mixed"),
    "repeated": N_("letters repeated"),
    "separators": N_("letters pulled apart"),
    "spaces": N_("letters pulled apart"),
    "transliteration": N_("written by its sound"),
    "typo": N_("misspelt"),
    "zero_width": N_("invisible characters"),
}


class BrandMention(MarkedText):
    """``reads_as`` is the brand's name as the brand file writes it, ``how`` its disguises, ``use`` how it is meant."""

    reads_as: str
    how: tuple[str, ...]
    use: str


def sentence(found: BrandMention) -> Words:
    """Which words name the brand, and how they were disguised."""
    if not found.how:
        return Message(N_("“%(text)s” names it."), {"text": found.text})
    disguises = dict.fromkeys(DISGUISES.get(name, name) for name in found.how)
    how = Joined(tuple(Message(disguise) for disguise in disguises), between=", ")
    return Message(
        N_("“%(text)s” reads as %(name)s (%(how)s)."),
        {"text": found.text, "name": found.reads_as, "how": how},
    )
