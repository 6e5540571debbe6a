import csv
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import orjson
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from enforcement.decisions.queries.statements import dsa_submissions
from enforcement.decisions.rules.dsa import FIELDS
from klean.core.web.csv_cells import plain_cell

Write = Callable[[dict[str, Any]], None]


def day(text: str) -> datetime:
    """The beginning of a day of the time zone that Klean runs in."""
    try:
        return timezone.make_aware(datetime.combine(date.fromisoformat(text), datetime.min.time()))
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a date like 2026-03-01") from error


def as_csv(file: IO[str]) -> Write:
    writer = csv.writer(file)
    writer.writerow(FIELDS)

    def write(fields: dict[str, Any]) -> None:
        cells = [fields.get(name, "") for name in FIELDS]
        writer.writerow(plain_cell("|".join(cell) if isinstance(cell, list) else cell) for cell in cells)

    return write


def as_jsonl(file: IO[str]) -> Write:
    def write(fields: dict[str, Any]) -> None:
        file.write(orjson.dumps(fields).decode() + "\n")

    return write


FORMATS = {".csv": as_csv, ".jsonl": as_jsonl}


@contextmanager
def whole(path: Path) -> Iterator[IO[str]]:
    """A file that appears under its name only once it is all there."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


class Command(BaseCommand):
    help = "Writes statements of reasons as the DSA transparency database takes them; one that breaks its rules is reported."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="what to write: .csv or .jsonl")
        parser.add_argument("--since", type=day, help="the first day, like 2026-03-01")
        parser.add_argument("--until", type=day, help="the day after the last")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if path.suffix not in FORMATS:
            raise CommandError(f"{path.name} is neither .csv nor .jsonl")
        if not path.parent.is_dir():
            raise CommandError(f"{path.parent} is not a folder")
        written = broken = 0
        with whole(path) as file:
            write = FORMATS[path.suffix](file)
            for fields, faults in dsa_submissions(since=options["since"], until=options["until"]):
                if faults:
                    broken += 1
                    self.stderr.write(f"{fields.get('puid', '?')}: {'; '.join(faults)}")
                else:
                    written += 1
                    write(fields)
        self.stdout.write(f"{path.name}: {written:,} statements written, {broken:,} left out")
