"""Syllables of Hangul and the jamo that they are made of."""

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = ["", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]
INITIAL_SOUNDS = {
    "ㄱ": "ㅋㄲ",
    "ㅋ": "ㄱㄲ",
    "ㄲ": "ㄱㅋ",
    "ㄷ": "ㅌㄸ",
    "ㅌ": "ㄷㄸ",
    "ㄸ": "ㄷㅌ",
    "ㅂ": "ㅃㅍ",
    "ㅍ": "ㅂㅃ",
    "ㅃ": "ㅂㅍ",
    "ㅈ": "ㅊㅉ",
    "ㅊ": "ㅈㅉ",
    "ㅉ": "ㅈㅊ",
    "ㅅ": "ㅆ",
    "ㅆ": "ㅅ",
}
VOWEL_SOUNDS = {
    "ㅏ": "ㅑ",
    "ㅑ": "ㅏ",
    "ㅐ": "ㅔ",
    "ㅔ": "ㅐ",
    "ㅓ": "ㅕㅗ",
    "ㅗ": "ㅓ",
    "ㅕ": "ㅓ",
    "ㅟ": "ㅣ",
    "ㅢ": "ㅣ",
    "ㅡ": "ㅜ",
    "ㅜ": "ㅡ",
}


def is_hangul(char: str) -> bool:
    """Whether a character is a whole syllable."""
    return "가" <= char <= "힣"


def parts(syllable: str) -> tuple[int, int, int]:
    """Initial, vowel and final of a syllable."""
    index = ord(syllable) - 0xAC00
    return index // 588, index % 588 // 28, index % 28


def joined(initial: int, vowel: int, final: int) -> str:
    """The syllable of three jamo."""
    return chr(0xAC00 + initial * 588 + vowel * 28 + final)


def apart(char: str) -> str:
    """A syllable as compatibility jamo."""
    if not is_hangul(char):
        return char
    initial, vowel, final = parts(char)
    return str(INITIALS[initial] + VOWELS[vowel] + FINALS[final])
