"""How a piece of text was made to read as a name."""

from collections.abc import Callable
from functools import cache, lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

from .fold import (
    FINALS,
    GLYPHS,
    INITIALS,
    POINTS,
    SYLLABLE,
    SYLLABLES,
    VOWELS,
    conjoining,
    leetless,
    lookalikes,
    plain_text,
)

SIGNS = {ord(like): letter for letter, row in GLYPHS["drawn"].items() for like in row}
STROKES = {ord(c): "ㅇ" for c in "oO0"} | {ord(c): "ㅣ" for c in "lI1i|"}
SOUNDS = {ord(like): sound for sound, row in GLYPHS["sounds"].items() for like in row}
DIGITS = set("0123456789") | {chr(code) for code in SIGNS}
BREAKS = " \t\u00a0\u3000"


@cache
def surface(char: str) -> str:
    """The disguise that one character wears by itself, empty when none."""
    code = ord(char)
    if code < 0x80 or "가" <= char <= "힣":
        return ""
    if 0xFF01 <= code <= 0xFF5E:
        return "full_width"
    reads = mild(char)
    if reads == "":
        return "zero_width"
    if code in lookalikes() and reads.isascii():
        return "enclosed" if code > 0x1F000 else "homoglyph"
    if 0x1D400 <= code <= 0x1D7FF:
        return "mathematical"
    if (0x2460 <= code <= 0x24FF or 0x1F100 <= code <= 0x1F1FF) and reads != " ":
        return "enclosed"
    if reads != " " and (code in lookalikes() or 0x1100 <= code <= 0x11FF or 0x3131 <= code <= 0x318E):
        return "jamo"
    return ""


@cache
def mild(char: str) -> str:
    """The character without case, width, accent and drawing, its digits and signs left alone."""
    return char if ord(char) in SIGNS else plain_text(char, lookalikes())


def jamo(text: str) -> str:
    """Syllables as their jamo."""
    return "".join(GLYPHS["clusters"].get(char, char) for char in "".join(map(parted, text)))


def parted(char: str) -> str:
    """A syllable as its jamo, anything else as it stands alone."""
    index = ord(char) - SYLLABLE
    if not 0 <= index < SYLLABLES:
        return conjoining(char)
    return INITIALS[index // 588] + VOWELS[index % 588 // 28] + FINALS[index % 28].strip("\0")


def unsigned(text: str) -> str:
    """Digits and signs as the letters that they stand for."""
    return leetless(text.translate(SIGNS))


def single(text: str) -> str:
    """Each run of one symbol as one symbol."""
    return "".join(char for i, char in enumerate(text) if i == 0 or char != text[i - 1])


def sound_of(text: str) -> str:
    """Jamo as their sound class, runs of one sound as one."""
    return single(jamo(text).translate(SOUNDS))


def drawn_jamo(text: str) -> str:
    """Jamo, those that are drawn as Latin letters or digits among them."""
    return single(jamo(text).translate(STROKES))


class Step(NamedTuple):
    """One way of writing that undoes a disguise; it is only tried where `shows` says that the text has it."""

    label: str
    undo: Callable[[str], str]
    shows: Callable[[str, str], bool]


REPEATED = Step("repeated", single, lambda seen, meant: single(seen) != seen and len(seen) > len(meant))
LEET = Step("leet", unsigned, lambda seen, meant: any(c in DIGITS and c not in meant for c in seen))
LATIN_STEPS = (
    REPEATED,
    Step("homoglyph", lambda text: text.replace("l", "i"), lambda seen, meant: "l" in seen + meant),
    LEET,
)
HANGUL_STEPS = (
    REPEATED,
    Step("jamo", lambda text: single(jamo(text)), lambda seen, meant: any("ㄱ" <= c <= "ㅣ" for c in seen)),
    Step(
        "latin_jamo", drawn_jamo, lambda seen, meant: any(ord(c) in STROKES and c not in meant for c in seen)
    ),
    LEET,
    Step("transliteration", sound_of, lambda seen, meant: True),
)


@lru_cache(maxsize=100_000)
def disguises(text: str, name: str) -> tuple[str, ...] | None:
    """The disguises through which `text` reads as `name`: none when it is plain, None when it does not read so."""
    if text.casefold() == name.casefold():
        return ("case",) if is_odd_case(text) and not is_odd_case(name) else ()
    seen, meant = "".join(map(mild, text)), "".join(map(mild, name))
    steps = steps_between(seen.replace(" ", ""), meant.replace(" ", ""))
    if steps is None:
        seen = seen.translate(dict.fromkeys(SIGNS, " "))
        steps = steps_between(seen.replace(" ", ""), meant.replace(" ", ""))
    if steps is None:
        return None
    worn = dict.fromkeys(found for found in map(surface, text) if found)
    if is_odd_case(text) and not is_odd_case(name):
        worn["case"] = None
    if words := split_of(text, seen, meant, "repeated" in steps):
        worn[words] = None
    return tuple(worn | dict.fromkeys(steps))


def split_of(text: str, seen: str, meant: str, repeated: bool) -> str:
    """How the words are cut otherwise than the name's: joined, by spaces, by separators, or not at all (empty)."""
    count = len(seen.split())
    if count == len(meant.split()) and (
        repeated or [len(w) for w in seen.split()] == [len(w) for w in meant.split()]
    ):
        return ""
    if count == 1:
        return "joined" if " " in meant.strip() else ""
    return "spaces" if all(c in BREAKS or (c.isalnum() and c not in POINTS) for c in text) else "separators"


def is_odd_case(text: str) -> bool:
    """Whether capitals and small letters alternate in at least half of the places where they could."""
    cases = [c.isupper() for c in text if c.isascii() and c.isalpha()]
    changes = sum(one != other for one, other in pairwise(cases))
    return changes > 1 and 2 * changes >= len(cases) - 1


def steps_between(seen: str, meant: str) -> tuple[str, ...] | None:
    """The fewest disguises that, undone, make the two equal; None when none do."""
    if seen == meant:
        return ()
    steps = [step for step in (LATIN_STEPS if meant.isascii() else HANGUL_STEPS) if step.shows(seen, meant)]
    for count in range(1, len(steps) + 1):
        for chosen in combinations(steps, count):
            one, other = seen, meant
            for step in chosen:
                one, other = step.undo(one), step.undo(other)
            if one == other:
                return tuple(step.label for step in chosen)
    return None
