"""Reads one value of a row; ``BadRow`` names the column and what would be right.

Each answers None for a column that the row does not have, so that a source may leave out what it does not know.
"""

import math
import re
import unicodedata
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from klean.core.policy.queries import day_of


class BadRow(Exception):
    """This row cannot be used; the message names the field and what would be right."""


def read_text(row: dict[str, Any], column: str, *, max_length: int) -> str | None:
    """Text in NFC with single spaces, at most ``max_length`` characters; a number is taken as it is written."""
    value = row.get(column)
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise BadRow(f"{column} is no text")
    found = " ".join(unicodedata.normalize("NFC", str(value)).split())
    if len(found) > max_length:
        raise BadRow(f"{column} has {len(found)} characters; at most {max_length} are taken")
    return found


def read_required_text(row: dict[str, Any], column: str, *, max_length: int) -> str:
    """``read_text`` that must be there."""
    found = read_text(row, column, max_length=max_length)
    if not found:
        raise BadRow(f"{column} is missing")
    return found


def read_text_list(row: dict[str, Any], column: str, *, max_length: int) -> list[str] | None:
    """Several texts, from a list or with ``|`` between, each once and none empty."""
    value = row.get(column)
    if value is None:
        return None
    parts = value if isinstance(value, list) else str(value).split("|")
    found = [read_text({column: part}, column, max_length=max_length) for part in parts]
    return list(dict.fromkeys(part for part in found if part))


def read_integer(row: dict[str, Any], column: str, *, maximum: int = 10**12) -> int | None:
    """A whole number from 0 on; commas between thousands are fine, empty is None."""
    value = row.get(column)
    if value is None or value == "":
        return None
    written = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", str(value).strip())
    try:
        number = float(written)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or number != int(number) or not 0 <= number <= maximum:
        raise BadRow(f"{column} is {value!r}; it should be a whole number from 0 to {maximum:,}")
    return int(number)


def read_choice(row: dict[str, Any], column: str, choices: list[str]) -> str | None:
    """One of the codes, in whatever case; empty is None."""
    found = read_text(row, column, max_length=50)
    if found and found.upper() not in choices:
        raise BadRow(f"{column} is {found!r}; it should be one of {', '.join(choices).lower()}")
    return found.upper() if found else None


def read_date(row: dict[str, Any], column: str) -> date | None:
    """A date like 2026-03-02, or the policy's day of a moment that names its zone; empty is None."""
    found = _written_moment(row, column)
    if found is None or timezone.is_aware(found):
        return found and day_of(found)
    return date(found.year, found.month, found.day)


def read_datetime(row: dict[str, Any], column: str) -> datetime | None:
    """A date or a date and time, in Korean time where no zone is given; empty is None."""
    found = _written_moment(row, column)
    return found if found is None or timezone.is_aware(found) else timezone.make_aware(found)


def _written_moment(row: dict[str, Any], column: str) -> datetime | None:
    """As it is written: without a zone where none is given."""
    value = row.get(column)
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    written = str(value or "").strip()
    if not written:
        return None
    try:
        day = parse_date(written)
        found = datetime.combine(day, time()) if day else parse_datetime(written)
    except ValueError:
        found = None
    if found is None or not 1900 <= found.year <= 2200:
        raise BadRow(f"{column} is {written[:30]!r}; it should be a date like 2026-03-02")
    return found
