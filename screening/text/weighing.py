"""What a candidate is worth: how it was disguised, whether chance explains it, how much its place speaks for it."""

import re
from functools import cache
from typing import NamedTuple

from .candidates import MIXED, Candidate
from .context import JOINED_BEFORE, begins_longer_word, fits, goes_on, goods_of, is_word, presented, standing
from .names import Name, bystanders, korean_words
from .neighbours import EXACT, MASKED, TYPO
from .pairs import is_spelt_in_both
from .reading import DIGITS, disguises, jamo, mild, sound_of, surface

COST = {
    "separators": 0.5,
    "spaces": 0.5,
    "joined": 0.25,
    "latin_jamo": 0.5,
    "leet": 1.0,
    "repeated": 1.0,
    "masked": 1.0,
    "mixed": 1.0,
    "transliteration": 2.0,
    "typo": 2.0,
}
PLAIN = 0.97  # confidence of a name written as the brand file writes it
STEP = 0.06  # confidence lost for each unit of cost
MIN_LETTERS = 2.5  # letters that a name keeps when its disguise is paid for
SPELT = 2  # points of a Korean name that stands beside a Latin word of the same sound
SPLIT = 2  # points that a name needs whose parts are words, or that is short, when it is cut in two
CODED = 2  # points that a model's number needs
SHORT = 3  # points of context that a name too short for its disguise needs
LOUD = {"homoglyph", "mathematical", "enclosed", "zero_width", "leet", "latin_jamo", "jamo"}
GUESSED = {"leet", "repeated", "transliteration", "typo"}
UNUSUAL_FORMS = {"separators", "masked", "repeated", "case"}
FOUND = {TYPO: "typo", MASKED: "masked", MIXED: "mixed"}
UNUSUAL = set("_*|~·ㆍ^")  # separators that do not stand between words
CODE = re.compile(r"[a-z]+\d+|\d+[a-z]+", re.IGNORECASE)
SLIPPED = re.compile(r"[a-z]+[A-Z][a-z]|[A-Z]{2}[a-z]{2}")  # a capital that a slip moved off its place
VOWEL_SOUNDS = {ord(one): other for one, other in zip("ㅗㅛㅕㅜㅠ", "ㅓㅓㅓㅡㅡ", strict=True)}
LATIN = re.compile(r"[a-z]+", re.IGNORECASE)


class Reading(NamedTuple):
    """A candidate that may stand: its disguises, their cost, what it is trusted, the points of context it lacks, and whether it comes first."""

    start: int
    end: int
    name: int
    how: tuple[str, ...]
    cost: float
    confidence: float
    lacks: int
    first: bool


def weigh(text: str, category: str, brand_category: str, name: Name, candidate: Candidate) -> Reading | None:
    """The reading of a candidate, or None where chance or an ordinary word explains it as well."""
    piece = text[candidate.start : candidate.end]
    how = disguises_of(piece, name.text, candidate.how)
    if how is None or (how and is_chance(piece, name, how)):
        return None
    if not (candidate.opens and candidate.closes) and not is_joined(text, name, candidate, how):
        return None
    cost = sum(COST.get(one, 0.0) for one in how)
    needed = needed_points(piece, name, how, cost)
    if name.hangul and name.letters <= 6 and not (candidate.closes or goes_on(text[candidate.end :])):
        needed += 1
    points = first = 0
    if needed > 0 or "typo" in how:
        first, kind = standing(text, candidate.start, candidate.end), fits(category, brand_category)
        shown = presented(text, candidate.start, candidate.end) if first else 0
        if name.hangul and is_spelt_in_both(text, candidate.start, candidate.end):
            shown, kind = shown + SPELT, max(kind, 0)
        points = (
            points_of_typo(first, kind or shown, bool(brand_category), name)
            if "typo" in how
            else points_of_place(first, kind, name, brand_category) + shown
        )
    confidence = PLAIN - STEP * cost if needed <= 0 else min(PLAIN - STEP * cost, 0.6 + 0.1 * points)
    lacks = needed - points
    return Reading(
        candidate.start, candidate.end, candidate.name, how, cost, round(confidence, 3), lacks, first > 0
    )


def needed_points(piece: str, name: Name, how: tuple[str, ...], cost: float) -> int:
    """Points of context without which the reading is taken for chance."""
    needed = max(0, name.common - (2 if LOUD & set(how) else 1 if UNUSUAL_FORMS & set(how) else 0))
    if cost >= 0.5 and name.letters < MIN_LETTERS + cost:
        needed += SHORT
    if {"separators", "spaces"} & set(how) and is_split_short(piece, name):
        needed += SPLIT
    if "leet" in how and is_code(piece):
        needed += CODED
    if "typo" in how:
        needed = typo_points(piece, name) + (name.common > 2)
    if "transliteration" in how:
        needed += 1 if name.letters <= 6 else 0
    return needed


def points_of_place(first: int, kind: int, name: Name, brand_category: str) -> int:
    """Points for being first, for the right kind of goods, and for a first word whose brand's goods are not known."""
    if kind < 0 and name.common < 2:
        return first
    return first + (kind or int(bool(first) and not goods_of(brand_category)))


def points_of_typo(first: int, kind: int, known: bool, name: Name) -> int:
    """Points for a misspelt name: being first counts double, the wrong kind of goods counts double against it."""
    place = first + bool(first)
    if kind < 0:
        return place - 2
    return place + (min(kind, 1) if known or name.hangul else 1)


def typo_points(piece: str, name: Name) -> int:
    """Points that a word one letter from a name needs, so that it is not taken for another word."""
    other = mild(piece[0]) != mild(name.text[0]) and piece[1:].casefold() != name.text.casefold()
    if name.hangul:
        needed = 3 if name.letters <= 6 else 2 if name.letters <= 8 else 0
        return max(needed - sounds_alike(piece, name.text), 0)
    letters = name.letters - other
    needed = 4 if letters <= 4 else 3 if letters <= 5 else 2 if letters <= 7 else 1 if letters <= 10 else 0
    return needed - bool(SLIPPED.match(piece))


def sounds_alike(piece: str, name: str) -> bool:
    """Whether two Korean spellings differ only in vowels that loanwords are written with either way."""
    return jamo(piece).translate(VOWEL_SOUNDS) == jamo(name).translate(VOWEL_SOUNDS)


def disguises_of(piece: str, name: str, how: int) -> tuple[str, ...] | None:
    """The disguises of a piece of text, by the way in which it was found."""
    if how == EXACT:
        return disguises(piece, name)
    return (FOUND[how], *dict.fromkeys(one for one in map(surface, piece) if one and one != "jamo"))


def is_chance(piece: str, name: Name, how: tuple[str, ...]) -> bool:
    """Whether the likeness is weaker than that of an ordinary word, a code or two words side by side."""
    worn = set(how)
    letters = [c for c in "".join(map(mild, piece)) if c.isalnum() or c in DIGITS]
    digits = sum(c.isdigit() for c in letters)
    if digits == len(letters) or (digits > sum(map(str.isdigit, name.text)) and worn & {"typo", "mixed"}):
        return True
    if "leet" in worn and digits * 2 > len(letters) - bool(worn & {"separators", "spaces"}):
        return True
    if worn & GUESSED and all(is_ordinary(word, name) for word in piece.split()):
        return True
    if "typo" in worn and (differs_in_small(piece, name) or set(piece) & set("-/_.,+&'") - set(name.text)):
        return True
    if "homoglyph" in worn and piece.isascii() and (len(letters) < 4 or "separators" in worn):
        return True
    return bool(worn & {"spaces", "separators"}) and is_split_by_chance(piece, name, worn)


def is_code(piece: str) -> bool:
    """Whether digits at one end of a piece make it look like a model's number."""
    code = CODE.fullmatch("".join(map(mild, piece)))
    return bool(code) and (sum(c.isdigit() for c in piece) > 1 or len(piece) < 5)


def differs_in_small(piece: str, name: Name) -> bool:
    """Whether a typo would lie in a word of fewer than four letters, in an ordinary word, or between words."""
    seen, meant = piece.split(), name.text.split()
    if len(seen) != len(meant):
        return True
    pairs = [(a, b) for a, b in zip(seen, meant, strict=True) if a.casefold() != b.casefold()]
    shortest = (3 if name.letters <= 8 else 2) if name.hangul else 4
    rest = [a for a, b in zip(seen, meant, strict=True) if a.casefold() == b.casefold()]
    is_explained = any(len(a) > 4 and not is_ordinary(a, name) for a in rest)
    return any(
        len(a) < shortest or len(b) < shortest or (is_word(a) if is_explained else is_ordinary(a, name))
        for a, b in pairs
    )


def is_ordinary(word: str, name: Name) -> bool:
    """Whether a word of a piece is ordinary by itself, or sounds like one that is and that is not the name."""
    plain = word.strip(".,()[]")
    if is_word(plain) or plain.casefold() in bystanders():
        return True
    return (
        not plain.isascii() and (sound := sound_of(plain)) in korean_sounds() and sound != sound_of(name.text)
    )


@cache
def korean_sounds() -> frozenset[str]:
    """Ordinary Korean words by sound class."""
    return frozenset(map(sound_of, korean_words()))


def is_split_by_chance(piece: str, name: Name, worn: set[str]) -> bool:
    """Whether words that stand side by side only happen to make the name."""
    parts = [part for part in re.split(r"[\W_]+", piece) if part]
    if all(len(part) == 1 for part in parts):
        return len(parts) < 3 and not name.hangul
    if " " in piece and (worn & GUESSED or set(piece) & set("[](),:") or name.letters < 6):
        return True
    if " " not in piece and (name.letters > 6 or set(piece) & UNUSUAL):
        return name.letters < 3
    return name.letters < 3 or (" " in piece and is_split_short(piece, name))


def is_split_short(piece: str, name: Name) -> bool:
    """Whether a name of few letters is cut in two, or into parts that are all words."""
    parts = [part for part in re.split(r"[\W_]+", piece) if part]
    if name.letters > 6 or set(piece) & UNUSUAL or all(len(part) == 1 for part in parts):
        return False
    return name.letters < 4 or all(map(is_word, parts))


def is_joined(text: str, name: Name, candidate: Candidate, how: tuple[str, ...]) -> bool:
    """Whether a name that does not stand by itself is joined to a word that could stand beside it."""
    before, after = text[: candidate.start], text[candidate.end :]
    if ({"spaces", "separators"} & set(how) and name.letters < 8) or begins_longer_word(
        text[candidate.start :], candidate.end - candidate.start
    ):
        return False
    if name.hangul:
        guessed = "transliteration" in how
        if not candidate.opens:
            return not guessed and (name.letters >= 8 or bool(JOINED_BEFORE.search(before)))
        return name.letters >= (8 if guessed else 6) or goes_on(after)
    if not candidate.opens:
        return False
    rest = LATIN.match(after)
    other = rest.group() if rest else ""
    if is_word(text[candidate.start : candidate.end] + other):
        return False
    last = text[candidate.end - 1]
    camel = other[:1].isupper() and (last.islower() or (last.isupper() and other[1:2].islower()))
    if camel and len(other) > 2 and (name.common < 3 or text[candidate.start].islower()):
        return True
    return name.common < 3 and name.letters > 5 and len(other) > 3 and is_word(other)
