"""Korean registration and application numbers, checked by form; whether they exist only the register knows."""

import re

OFFICE_CODES = {"PATENT": "10", "UTILITY_MODEL": "20", "DESIGN": "30", "TRADEMARK": "40"}
EXAMPLES = {
    "PATENT": "10-1234567 / 10-2026-1234567",
    "UTILITY_MODEL": "20-1234567 / 20-2026-1234567",
    "DESIGN": "30-1234567 / 30-2026-1234567",
    "TRADEMARK": "40-1234567 / 40-2026-1234567",
    "COPYRIGHT": "C-2026-123456",
}
GRANTED = re.compile(r"(\d\d)-?(\d{7})(?:-?0000|-?00-?00)?(?:\s?(유사\d{1,2}))?")
APPLIED = re.compile(r"(\d\d)-((?:19|20)\d\d)-(\d{7})|(\d\d)((?:19|20)\d\d)(\d{7})")
COPYRIGHT = re.compile(r"C-?((?:19|20)\d\d)-?(\d{6})(?:-(\d{1,2}))?", re.IGNORECASE)
LAST_NICE_CLASS = 45


def needs_number(kind: str) -> bool:
    """Whether a right of this kind exists only by its entry in the register."""
    return kind in OFFICE_CODES


def normal_number(kind: str, text: str) -> str | None:
    """The number as the register writes it, ``""`` where none is needed, None when the form is wrong for the kind."""
    text = re.sub(r"^제\s*|\s*호$", "", text.strip()).strip()
    if not text:
        return None if needs_number(kind) else ""
    if kind == "COPYRIGHT":
        found = COPYRIGHT.fullmatch(text)
        return "C-" + "-".join(part for part in found.groups() if part) if found else None
    return _office_number(kind, text)


def _office_number(kind: str, text: str) -> str | None:
    """Thirteen bare digits that end in 0000 are a registration number with the register's suffix."""
    code = OFFICE_CODES.get(kind)
    if granted := GRANTED.fullmatch(text):
        fits = granted[1] == code and (kind == "DESIGN" or not granted[3])
        return f"{granted[1]}-{granted[2]}{granted[3] or ''}" if fits else None
    applied = APPLIED.fullmatch(text)
    parts = [part for part in applied.groups() if part] if applied else []
    return "-".join(parts) if parts and parts[0] == code else None


def wrong_nice_classes(classes: list[int]) -> list[int]:
    return [number for number in classes if not 1 <= number <= LAST_NICE_CLASS]
