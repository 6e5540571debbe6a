"""Official exchange rates, as the European Central Bank publishes them: one row a day, units for one euro."""

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from io import BytesIO, TextIOWrapper
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from klean.core.outside.fetch import Unreachable, fetch

OFFICIAL = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip"
MAX_BYTES = 20 * 1024 * 1024
PLACES = Decimal("0.0001")


class NoRates(Exception):
    """There were no rates to be had; the message says why."""


def official_rates(source: str) -> dict[str, dict[date, Decimal]]:
    """Won for one unit of each currency on the first published day of each month, from an address or a file."""
    return _by_month(_rows(_data(source)))


def _data(source: str) -> bytes:
    try:
        if not source.startswith(("http://", "https://")):
            return Path(source).read_bytes()
        answer = fetch(source, max_bytes=MAX_BYTES, timeout_seconds=60)
    except (OSError, Unreachable) as error:
        raise NoRates(f"{source}: {error}") from None
    if not answer.ok:
        raise NoRates(f"{source} answers {answer.status}")
    return answer.body


def _rows(data: bytes) -> Iterator[dict[str, str]]:
    """The rows of the CSV file, which may be the only one in an archive."""
    try:
        if data.startswith(b"PK"):
            with ZipFile(BytesIO(data)) as archive:
                entry = archive.infolist()[0]
                if entry.file_size > MAX_BYTES:
                    raise NoRates("the file in the archive is too large")
                data = archive.read(entry)
        lines = TextIOWrapper(BytesIO(data), encoding="utf-8-sig", newline="")
        yield from csv.DictReader(lines, skipinitialspace=True)
    except (BadZipFile, IndexError, UnicodeDecodeError, csv.Error) as error:
        raise NoRates(f"neither CSV nor an archive with one: {error}") from None


def _by_month(rows: Iterator[dict[str, str]]) -> dict[str, dict[date, Decimal]]:
    out: dict[str, dict[date, Decimal]] = {}
    seen: set[str] = set()
    for row in sorted(rows, key=lambda row: row.get("Date") or ""):
        month = (row.get("Date") or "")[:7]
        if month in seen or not _number(row.get("KRW")):
            continue
        seen.add(month)
        day, won = _day(row["Date"]), _number(row["KRW"])
        out.setdefault("EUR", {})[day] = won
        for code, units in row.items():
            if isinstance(code, str) and len(code) == 3 and code != "KRW" and (unit := _number(units)):
                out.setdefault(code, {})[day] = (won / unit).quantize(PLACES)
    if not out:
        raise NoRates("no row has a Date and a rate of KRW")
    return out


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NoRates(f"{text!r} is no day") from None


def _number(text: str | None) -> Decimal:
    """A positive number, or 0 for what is none (the bank writes N/A)."""
    try:
        number = Decimal(text or "0")
    except InvalidOperation:
        return Decimal(0)
    return number if number.is_finite() and number > 0 else Decimal(0)
