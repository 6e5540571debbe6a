"""Ways in which sellers hide a name, each a seeded function of the name alone; None where it does not apply."""

import random
import unicodedata
from collections.abc import Callable

from bench.hangul import (
    INITIAL_SOUNDS,
    INITIALS,
    VOWEL_SOUNDS,
    VOWELS,
    apart,
    is_hangul,
    joined,
    parts,
)

Disguise = Callable[[str, random.Random], str | None]

LATIN_LOOKALIKES = {
    "a": "аαɑ",
    "b": "ЬƄ",
    "c": "сϲ",
    "d": "ԁ",
    "e": "еҽ",
    "g": "ɡԍ",
    "h": "һհ",
    "i": "іι",
    "j": "јϳ",
    "k": "κк",
    "l": "ӏⅼ",
    "m": "ⅿм",
    "n": "ոп",
    "o": "оοօ",
    "p": "рρ",
    "q": "ԛ",
    "r": "гᴦ",
    "s": "ѕꜱ",
    "t": "тτ",
    "u": "υս",
    "v": "νѵ",
    "w": "ԝѡ",
    "x": "хχ",
    "y": "уγ",
    "z": "ᴢ",
    "A": "АΑ",
    "B": "ВΒ",
    "C": "СϹ",
    "E": "ЕΕ",
    "H": "НΗ",
    "I": "ІΙ",
    "K": "КΚ",
    "M": "МΜ",
    "N": "ΝꓠN",
    "O": "ОΟ",
    "P": "РΡ",
    "S": "ЅՏ",
    "T": "ТΤ",
    "U": "Սꓴ",
    "V": "ѴᏙ",
    "X": "ХΧ",
    "Y": "ҮΥ",
    "Z": "ΖᏃ",
    "L": "Ꮮꓡ",
    "R": "ᎡꓣR",
    "D": "ᎠꓓD",
    "G": "Ԍꓖ",
    "F": "ϜꓝF",
    "W": "ᎳꓪW",
    "J": "ЈꓙJ",
    "Q": "ԚQ",
}
LEET = {"a": "4@", "e": "3", "i": "1!", "o": "0", "s": "5$", "t": "7", "b": "8", "g": "9", "l": "1"}
SEPARATORS = ".-_·*/ ~|"
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
MASKS = "*○●"
KEYBOARD = "abcdefghijklmnopqrstuvwxyz"


def is_latin(name: str) -> bool:
    """Whether a name is written in ASCII letters."""
    return any(c.isalpha() for c in name) and all(c.isascii() for c in name)


def some(places: list[int], rng: random.Random, limit: int) -> list[int]:
    """One to `limit` places."""
    return rng.sample(places, rng.randint(1, min(limit, len(places)))) if places else []


def replaced(name: str, places: list[int], like: Callable[[str], str]) -> str | None:
    """The name with some characters replaced, None when nothing changed."""
    out = "".join(like(c) if i in places else c for i, c in enumerate(name))
    return out if out != name else None


def case(name: str, rng: random.Random) -> str | None:
    out = "".join(rng.choice((c.lower(), c.upper())) for c in name)
    return out if is_latin(name) and out.casefold() == name.casefold() and out != name else None


def full_width(name: str, rng: random.Random) -> str | None:
    return replaced(name, list(range(len(name))), lambda c: chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c)


def homoglyph(name: str, rng: random.Random) -> str | None:
    places = [i for i, c in enumerate(name) if c in LATIN_LOOKALIKES]
    return replaced(name, some(places, rng, 4), lambda c: rng.choice(LATIN_LOOKALIKES[c]))


def mathematical(name: str, rng: random.Random) -> str | None:
    upper, lower = rng.choice(
        [(0x1D400, 0x1D41A), (0x1D468, 0x1D482), (0x1D5D4, 0x1D5EE), (0x1D670, 0x1D68A)]
    )
    return replaced(name, list(range(len(name))), lambda c: styled(c, upper, lower))


def enclosed(name: str, rng: random.Random) -> str | None:
    upper, lower = rng.choice([(0x24B6, 0x24D0), (0x1F130, 0x1F130), (0x1F150, 0x1F150), (0x1F170, 0x1F170)])
    return replaced(name, list(range(len(name))), lambda c: styled(c, upper, lower))


def styled(char: str, upper: int, lower: int) -> str:
    """A letter in an alphabet that begins at `upper` and `lower`."""
    if "A" <= char <= "Z":
        return chr(upper + ord(char) - 65)
    return chr(lower + ord(char) - 97) if "a" <= char <= "z" else char


def leet(name: str, rng: random.Random) -> str | None:
    places = [i for i, c in enumerate(name) if c.lower() in LEET]
    return replaced(name, some(places, rng, 2), lambda c: rng.choice(LEET[c.lower()]))


def separators(name: str, rng: random.Random) -> str | None:
    return rng.choice(SEPARATORS).join(name.replace(" ", "")) if len(name) > 2 else None


def one_separator(name: str, rng: random.Random) -> str | None:
    at = rng.randrange(1, len(name))
    return name[:at] + rng.choice("./-_*") + name[at:] if " " not in name[at - 1 : at + 1] else None


def zero_width(name: str, rng: random.Random) -> str | None:
    at = rng.randrange(1, len(name))
    return name[:at] + rng.choice(INVISIBLE) + name[at:]


def repeated(name: str, rng: random.Random) -> str | None:
    places = [i for i, c in enumerate(name) if c.isalpha()]
    at = rng.choice(places)
    return name[:at] + name[at] * rng.randint(1, 2) + name[at:] if len(places) > 2 else None


def words_joined(name: str, rng: random.Random) -> str | None:
    return name.replace(" ", "") if " " in name.strip() else None


def spaces_inside(name: str, rng: random.Random) -> str | None:
    if not all(map(is_hangul, name)) or len(name) < 3:
        return None
    at = rng.randrange(1, len(name))
    return name[:at] + " " + name[at:]


def typo(name: str, rng: random.Random) -> str | None:
    if not is_latin(name) or sum(c.isalpha() for c in name) < 5:
        return None
    at = rng.choice([i for i, c in enumerate(name[:-1]) if c.isalpha() and name[i + 1].isalpha()])
    letter = rng.choice(KEYBOARD)
    letter = letter.upper() if name[at].isupper() else letter
    return rng.choice(
        [
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        ]
    )


def korean_typo(name: str, rng: random.Random) -> str | None:
    return one_jamo(name, rng) if sum(map(is_hangul, name)) >= 5 else None


def korean_typo_in_short(name: str, rng: random.Random) -> str | None:
    return one_jamo(name, rng) if 3 <= sum(map(is_hangul, name)) < 5 else None


def one_jamo(name: str, rng: random.Random) -> str | None:
    """The name with another jamo in one syllable."""
    places = [i for i, c in enumerate(name) if is_hangul(c)]
    at = rng.choice(places)
    initial, vowel, final = parts(name[at])
    changed = rng.choice(
        [
            joined(rng.randrange(19), vowel, final),
            joined(initial, rng.randrange(21), final),
            joined(initial, vowel, rng.choice([0, 1, 4, 8, 16, 17, 19, 21])),
        ]
    )
    return name[:at] + changed + name[at + 1 :] if changed != name[at] else None


def masked(name: str, rng: random.Random) -> str | None:
    places = [i for i, c in enumerate(name) if c.isalpha()]
    if len(places) < (4 if is_latin(name) else 3):
        return None
    at = rng.choice(places[1:])
    return name[:at] + rng.choice(MASKS) + name[at + 1 :]


def jamo(name: str, rng: random.Random) -> str | None:
    return replaced(name, some([i for i, c in enumerate(name) if is_hangul(c)], rng, 2), apart)


def all_jamo(name: str, rng: random.Random) -> str | None:
    return replaced(name, list(range(len(name))), apart)


def conjoining(name: str, rng: random.Random) -> str | None:
    out = unicodedata.normalize("NFD", name)
    return out if any(map(is_hangul, name)) else None


def latin_jamo(name: str, rng: random.Random) -> str | None:
    drawn = str.maketrans({"ㅇ": rng.choice("O0"), "ㅣ": rng.choice("lI1|")})
    places = [i for i, c in enumerate(name) if is_hangul(c) and {"ㅇ", "ㅣ"} & set(apart(c)[:2])]
    return replaced(name, some(places, rng, 1), lambda c: apart(c).translate(drawn))


def transliteration(name: str, rng: random.Random) -> str | None:
    places = [i for i, c in enumerate(name) if is_hangul(c)]
    if len(places) < 3:
        return None
    at = rng.choice(places)
    initial, vowel, final = parts(name[at])
    options = [joined(INITIALS.index(c), vowel, final) for c in INITIAL_SOUNDS.get(INITIALS[initial], "")]
    options += [joined(initial, VOWELS.index(c), final) for c in VOWEL_SOUNDS.get(VOWELS[vowel], "")]
    return name[:at] + rng.choice(options) + name[at + 1 :] if options else None


def joined_after(name: str, rng: random.Random) -> str | None:
    return name + rng.choice(
        ("가방", "운동화", "정품", "st") if any(map(is_hangul, name)) else ("Bag", "Shoes")
    )


DISGUISES: tuple[Disguise, ...] = (
    case,
    full_width,
    homoglyph,
    mathematical,
    enclosed,
    leet,
    separators,
    one_separator,
    zero_width,
    repeated,
    words_joined,
    spaces_inside,
    typo,
    korean_typo,
    korean_typo_in_short,
    masked,
    jamo,
    all_jamo,
    conjoining,
    latin_jamo,
    transliteration,
    joined_after,
)


def mixed_scripts(korean: str, latin: str, rng: random.Random) -> str | None:
    """Half of a Korean name and the other half of the Latin one."""
    if (
        len(korean) < 3
        or len(latin) < 4
        or not all(map(is_hangul, korean))
        or not latin.isalpha()
        or not is_latin(latin)
    ):
        return None
    at = rng.randrange(1, len(korean))
    cut = min(max(round(len(latin) * at / len(korean)), 2), len(latin) - 2)
    return korean[:at] + latin[cut:] if rng.random() < 0.5 else latin[:cut] + korean[at:]
