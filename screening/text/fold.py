"""Folding: text in any disguise becomes one plain alphabet, each symbol remembering where it stood."""

import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

GLYPHS = tomllib.loads((Path(__file__).parent / "glyphs.toml").read_text(encoding="utf-8"))
SPAN = 0x20000  # code points that the tables cover; anything above is dropped
DROPPED = 0
BREAK = ord(" ")
LINE = ord("\n")
SYLLABLE = 0xAC00  # the first of Hangul's
SYLLABLES = 11172
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = "\0ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
POINTS = "\u318d\u119e\u11a2"  # the old vowel, which is written as a dot between syllables today
LETTER = 1
DIGIT = 2
HANGUL = 4
JAMO = 8
MASK = 16
JOINT = 32


@dataclass(frozen=True, slots=True)
class Folded:
    """Texts joined by line breaks and folded: `light` keeps syllables and breaks, `deep` is letters and jamo only."""

    raw: Codes
    light: Codes
    light_at: Places
    deep: Codes
    deep_from: Places
    starts: Places

    def text(self) -> str:
        """The deep form as a string, one character a symbol."""
        return decoded(self.deep)


def codes_of(text: str) -> Codes:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def decoded(codes: Codes) -> str:
    """The text of an array of code points."""
    return codes.astype("<u4").tobytes().decode("utf-32-le", "replace")


def fold(texts: list[str]) -> Folded:
    """Folds a batch at once; `light_at` points into the batch joined by line breaks, `deep_from` into `light`."""
    raw = codes_of("\n".join(text.replace("\n", " ") for text in texts))
    light, light_at = lightened(raw)
    deep, deep_from = deepened(light, raw[light_at] == BREAK)
    lengths = np.array([len(text) + 1 for text in texts], dtype=np.int64)
    return Folded(raw, light, light_at, deep, deep_from, np.cumsum(lengths) - lengths)


def lightened(raw: Codes) -> tuple[Codes, Places]:
    """Case, width, look-alikes and leet undone; invisible characters gone; syllables and breaks kept."""
    table = tables()
    known = np.where(raw < SPAN, raw, 0)
    light = np.where(is_cross(raw), np.uint32(BREAK), table.light[known])
    at = np.arange(len(raw), dtype=np.int64)
    kinds = table.kind[known]
    drawn = np.flatnonzero(table.drawn[known])
    if len(drawn):
        light = light.copy()
        read = drawn[reads_as_letter(raw, kinds, drawn, table.opening[known[drawn]])]
        light[read] = table.drawn[known[read]]
    wide = np.flatnonzero(light >= SPAN)
    if len(wide):
        light, at = widened(light, at, wide)
    kept = light != DROPPED
    return light[kept], at[kept]


def is_cross(raw: Codes) -> Flags:
    """Which capitals X join the names of two makers rather than belong to a word."""
    out: Flags = raw == ord("X")
    if len(raw) < 5:
        return np.zeros(len(raw), dtype=bool)
    korean = (raw >= SYLLABLE) & (raw < SYLLABLE + SYLLABLES)
    out[:3] = out[-1] = False
    out[3:-1] &= korean[:-4] & korean[1:-3] & korean[2:-2] & korean[4:]
    return out


def reads_as_letter(raw: Codes, kinds: npt.NDArray[np.uint8], drawn: Places, opening: Flags) -> Flags:
    """Which signs stand for a letter: inside a word, at its end after a Latin letter, some at its beginning."""
    padded = np.pad(raw, 2)
    word = np.pad((kinds & (LETTER | DIGIT | HANGUL | JAMO)) > 0, 1)
    latin = np.pad((kinds & (LETTER | DIGIT)) > 0, 1)
    alternating = (padded[drawn] == raw[drawn]) | (padded[drawn + 4] == raw[drawn])
    after, before = word[drawn], word[drawn + 2]
    bar = (raw[drawn] == ord("|")) | (raw[drawn] == ord("!"))
    jamo = np.pad((kinds & JAMO) > 0, 1)
    out: Flags = (
        (after & before)
        | (latin[drawn] & (raw[drawn] != ord("|")))
        | (jamo[drawn] & bar)
        | (opening & before)
    ) & ~(alternating & bar)
    return out


def widened(light: Codes, at: Places, wide: Places) -> tuple[Codes, Places]:
    """Puts each compound character's letters in its place."""
    parts = [tables().wide[int(light[i]) - SPAN] for i in wide]
    counts = np.ones(len(light), dtype=np.int64)
    counts[wide] = [len(part) for part in parts]
    out = np.repeat(light, counts)
    first = (np.cumsum(counts) - counts)[wide]
    for start, part in zip(first, parts, strict=True):
        out[start : start + len(part)] = part
    return out, np.repeat(at, counts)


def deepened(light: Codes, space: Flags) -> tuple[Codes, Places]:
    """Breaks and repeats dropped, syllables split into jamo of one sound class."""
    at, word = np.flatnonzero(light != BREAK), words(light, space)
    at = at[fresh(light[at], word[at])]
    rows = tables().jamo[light[at]]
    flat, filled = rows.ravel(), rows.ravel() != DROPPED
    deep, at = flat[filled], np.repeat(at, rows.shape[1])[filled]
    first = fresh(deep, word[at])
    return deep[first], at[first]


def words(light: Codes, space: Flags) -> Places:
    """A number for the word between spaces that each symbol belongs to; what follows a lone letter belongs to its word."""
    edge = space | (light == LINE)
    before = np.concatenate([[True], edge[:-1]])
    after = np.concatenate([edge[1:], [True]])
    follows = np.concatenate([[False, False], before & after & ~edge])[: len(light)]
    out: Places = np.cumsum(before & ~edge & ~follows)
    return out


def fresh(codes: Codes, word: Places) -> Flags:
    """Where a symbol differs from the one before it in its word."""
    out = np.ones(len(codes), dtype=bool)
    out[1:] = (codes[1:] != codes[:-1]) | (codes[1:] == LINE) | (word[1:] != word[:-1])
    return out


@dataclass(frozen=True, slots=True)
class Tables:
    """Lookups by code point."""

    light: Codes
    jamo: Codes
    kind: npt.NDArray[np.uint8]
    drawn: Codes
    opening: npt.NDArray[np.bool_]
    wide: list[Codes]


@cache
def tables() -> Tables:
    """The lookups, made once for a process."""
    plain = lookalikes()
    light = np.zeros(SPAN, dtype=np.uint32)
    wide: list[Codes] = []
    for code in range(1, SPAN):
        text = leetless(plain_text(chr(code), plain))
        if len(text) > 1:
            light[code] = SPAN + len(wide)
            wide.append(codes_of(text))
        elif text:
            light[code] = ord(text)
    drawn = np.zeros(SPAN, dtype=np.uint32)
    for letter, row in GLYPHS["drawn"].items():
        for like in row:
            drawn[ord(like)] = ord(letter)
    opening = np.zeros(SPAN, dtype=bool)
    opening[[ord(like) for like in GLYPHS["opening"]]] = True
    return Tables(light, sounds(), kinds(light), drawn, opening, wide)


@cache
def lookalikes() -> dict[int, str]:
    """Code points drawn like a letter or a jamo, and which."""
    plain = {ord(like): letter for letter, row in GLYPHS["homoglyphs"].items() for like in row}
    plain |= {ord(like): jamo for jamo, row in GLYPHS["jamo_drawn"].items() for like in row}
    for first, letters in GLYPHS["alphabets"].items():
        plain |= {int(first, 16) + i: letter for i, letter in enumerate(letters)}
    return plain


def plain_text(char: str, plain: dict[int, str]) -> str:
    """What one character reads as: letters, a break, or nothing when it is invisible."""
    code = ord(char)
    if code in plain:
        return plain[code]
    if char == "\n":
        return char
    if char in POINTS:
        return " "
    if SYLLABLE <= code < SYLLABLE + SYLLABLES:
        return char
    category = unicodedata.category(char)
    if category in ("Cf", "Mn", "Me", "Cs", "Cn", "Co") or char in "\u115f\u1160\u3164\uffa0":
        return "" if category != "Cn" else " "
    return compatible(char, plain)


def compatible(char: str, plain: dict[int, str]) -> str:
    """The character without width, accents, circles and case, through look-alikes once more."""
    if 0x1100 <= ord(char) <= 0x11FF:
        return conjoining(char)
    apart = unicodedata.normalize("NFKD", char).casefold()
    letters = [plain.get(ord(c), conjoining(c)) for c in apart if unicodedata.category(c) not in ("Mn", "Me")]
    joined = unicodedata.normalize("NFC", "".join(letters))
    kept = "".join(c for c in joined if unicodedata.category(c)[0] in "LN")
    return kept or " "


def conjoining(char: str) -> str:
    """A conjoining jamo as the jamo that stands alone."""
    code = ord(char)
    for first, row in ((0x1100, INITIALS), (0x1161, VOWELS), (0x11A7, FINALS)):
        if first <= code < first + len(row):
            return row[code - first].strip("\0")
    return char


def leetless(text: str) -> str:
    """Digits and letters that stand for each other, as one of them."""
    return text.translate(LEET)


LEET = str.maketrans(GLYPHS["leet"])


def kinds(light: Codes) -> npt.NDArray[np.uint8]:
    """What each code point is, as a bit mask."""
    kind = np.zeros(SPAN, dtype=np.uint8)
    for code in np.flatnonzero((light != DROPPED) & (light != BREAK) & (light != LINE)):
        char = chr(int(code))
        if SYLLABLE <= code < SYLLABLE + SYLLABLES:
            kind[code] = HANGUL
        elif 0x3130 <= code <= 0x318F or 0x1100 <= code <= 0x11FF:
            kind[code] = JAMO
        else:
            kind[code] = DIGIT if unicodedata.category(char)[0] == "N" and char.isdigit() else LETTER
    for char in GLYPHS["masks"]:
        kind[ord(char)] |= MASK | JOINT
    for char in GLYPHS["joints"]:
        kind[ord(char)] |= JOINT
    return kind


def sounds() -> Codes:
    """By light symbol, up to three deep symbols."""
    alike = {ord(like): ord(sound) for sound, row in GLYPHS["sounds"].items() for like in row}
    rows = np.zeros((SPAN, 3), dtype=np.uint32)
    rows[:, 0] = np.arange(SPAN)
    for like, sound in alike.items():
        rows[like, 0] = sound
    split = [[ord(c) for c in GLYPHS["clusters"].get(jamo, jamo)] for jamo in FINALS]
    for jamo, pair in GLYPHS["clusters"].items():
        rows[ord(jamo), : len(pair)] = [alike.get(ord(c), ord(c)) for c in pair]
    for index in range(SYLLABLES):
        parts = [ord(INITIALS[index // 588]), ord(VOWELS[index % 588 // 28]), *split[index % 28]]
        sounds = [alike.get(part, part) for part in parts if part]
        rows[SYLLABLE + index] = [*sounds, 0, 0][:3]
    return rows
