"""Lists of authorised sellers as rights holders write them: ``Name, 116-82-00276, 2026-12-31``, one a line."""

import re
from dataclasses import dataclass
from datetime import date

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """``number`` is a business registration number of ten bare digits, or empty; no last day is no end."""

    name: str
    number: str = ""
    valid_until: date | None = None


def line_of(text: str) -> Line | None:
    """None when a part is neither the name, nor a number of ten digits, nor a day like 2026-12-31."""
    name, *rest = (" ".join(part.split()) for part in re.split(r"[,;\t]", text))
    number, day = "", None
    for part in filter(None, rest):
        if re.fullmatch(r"\d{3}-?\d{2}-?\d{5}", part, re.ASCII) and not number:
            number = part.replace("-", "")
        elif re.fullmatch(r"\d{4}-\d\d-\d\d", part, re.ASCII) and day is None:
            day = _day(part)
            if day is None:
                return None
        else:
            return None
    return Line(name, number, day) if 0 < len(name) <= LONGEST else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def written(line: Line) -> str:
    """As ``line_of`` reads it."""
    number = re.sub(r"(\d{3})(\d{2})(\d{5})", r"\1-\2-\3", line.number)
    return ", ".join(part for part in (line.name, number, str(line.valid_until or "")) if part)
