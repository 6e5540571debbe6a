"""Korean names beside their Latin spelling: consonants that sound alike."""

import re
from functools import lru_cache

from .fold import FINALS, INITIALS, SYLLABLE, SYLLABLES
from .reading import single

NEXT = re.compile(r"[\s(\[/]{1,2}([A-Za-z]{3,})")
PREVIOUS = re.compile(r"([A-Za-z]{3,})[\s(\[/]{1,2}$")
LATIN = str.maketrans(
    {
        one: sound
        for sound, row in {"p": "bfv", "k": "cgq", "s": "z", "t": "d", "l": "r", "c": "j"}.items()
        for one in row
    }
    | {"x": "ks"}
    | dict.fromkeys("aeiouwyh")
)
SOUNDS = {
    "ㄱㄲㅋㄳㄺ": "k",
    "ㄷㄸㅌ": "t",
    "ㅂㅃㅍㅄ": "p",
    "ㅅㅆ": "s",
    "ㅈㅉㅊ": "c",
    "ㄴ": "n",
    "ㄹ": "l",
    "ㅁ": "m",
}
KOREAN = {jamo: sound for row, sound in SOUNDS.items() for jamo in row}


def is_spelt_in_both(text: str, start: int, end: int) -> bool:
    """Whether the Latin word next to a Korean one is that word in Latin letters."""
    neighbours = (NEXT.match(text[end : end + 24]), PREVIOUS.search(text[max(0, start - 24) : start]))
    return any(sound_alike(text[start:end], found.group(1).lower()) for found in neighbours if found)


def sound_alike(korean: str, latin: str) -> bool:
    """Whether the consonants of two words begin alike and are about as many."""
    one, other = korean_consonants(korean), single(latin.translate(LATIN))
    return len(one) > 2 and one[:2] == other[:2] and abs(len(one) - len(other)) < 2


@lru_cache(maxsize=20_000)
def korean_consonants(word: str) -> str:
    """The consonants of a Korean word as Latin sound classes."""
    out = []
    for char in word:
        index = ord(char) - SYLLABLE
        if 0 <= index < SYLLABLES:
            out += [KOREAN.get(INITIALS[index // 588], ""), KOREAN.get(FINALS[index % 28], "")]
    return single("".join(out))
