"""Which encoding a Korean text file is in."""

import codecs

BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def detect_encoding(sample: bytes) -> str:
    """``utf-8-sig``, ``utf-16`` or ``cp949`` (which holds EUC-KR), whichever more of the sample's lines are in; else ``""``."""
    for bom, name in BOMS.items():
        if sample.startswith(bom):
            return name
    lines = [line for line in sample.splitlines() if not line.isascii()]
    fits = {name: sum(_is_text(line, name) for line in lines) for name in ("utf-8-sig", "cp949")}
    best = max(fits, key=lambda name: fits[name])
    is_binary = 10 * sample.count(0) > len(sample)
    return "" if is_binary or 2 * fits[best] < len(lines) else best


def _is_text(line: bytes, encoding: str) -> bool:
    """Whether the line decodes; as CP949 only when Hangul syllables are most of what is not ASCII."""
    try:
        text = line.decode(encoding)
    except UnicodeDecodeError:
        return False
    other = [letter for letter in text if not letter.isascii()]
    return encoding == "utf-8-sig" or 2 * sum("가" <= letter <= "힣" for letter in other) >= len(other)
