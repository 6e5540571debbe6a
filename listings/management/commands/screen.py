"""Judging a file: the parent reads and writes in the file's order, N processes judge, memory stays bounded."""

import multiprocessing
from argparse import ArgumentParser
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from typing import IO, Any

import orjson
from django.core.management.base import CommandError
from django.db import connections
from django.utils import timezone

from klean.core.importing.commands import ImportCommand
from klean.core.operations.due_work import until_quiet
from listings.actions.prices import recompute_prices
from listings.actions.references import describe_references
from listings.actions.screenings import SCREENING
from listings.forms import read_offer
from listings.judging.judge import judge_rows
from listings.judging.screener import screener_at
from listings.rules.rows import ListingRow
from screening.screener import Screener

BATCH = 200  # rows that a process judges at once
Verdicts = tuple[bytes, Counter[str]]  # lines of the output, and how many have which verdict
_SCREENER: list[Screener] = []  # loaded before the processes part, so that they share one copy of it


def _do_what_the_clock_would() -> None:
    """Judge by every reference and price that is known, also where no worker runs."""
    until_quiet(describe_references)
    recompute_prices(at=timezone.now(), actor=SCREENING)


class Command(ImportCommand):
    help = "Judges a catalogue file against what is known, without storing its listings."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help="Google Merchant product data: CSV, TSV, JSONL or Parquet, also .gz"
        )
        parser.add_argument("--images", type=Path, help="the folder that image_link paths are relative to")
        parser.add_argument("--out", type=Path, required=True, help="the verdicts, one JSON object a line")
        parser.add_argument("--workers", type=int, default=1, help="processes that judge")
        parser.add_argument("--resume", action="store_true", help="go on behind the last whole line of --out")

    def run(self, **options: Any) -> None:
        images, workers = options["images"], options["workers"]
        if images is not None and not images.is_dir():
            raise CommandError(f"{images} is no folder")
        if not 1 <= workers <= 64:
            raise CommandError("--workers is a number from 1 to 64")
        done, last = _whole_lines(options["out"]) if options["resume"] else (0, "")
        _do_what_the_clock_would()
        _SCREENER[:] = [screener_at(timezone.now())]
        read = partial(read_offer, images=images, needs_seller=False)
        verdicts: Counter[str] = Counter()
        try:
            with (
                self.feed(options["file"], "id", "title") as feed,
                _Judges(workers) as judges,
                options["out"].open("ab" if options["resume"] else "wb") as out,
            ):
                rows = (row for batch in feed.batches(BATCH) for _, row in feed.parsed(batch, read))
                for batch in _batches(_behind(rows, done, last)):
                    for judged in judges.give(batch):
                        verdicts += _write(out, judged)
                for judged in judges.rest():
                    verdicts += _write(out, judged)
        except (OSError, BrokenProcessPool) as error:
            raise CommandError(f"{error} Go on with --resume.") from error
        counts = ", ".join(f"{verdicts[verdict]:,} {verdict}" for verdict in ("clear", "review", "block"))
        self.stdout.write(
            f"{counts}; {feed.faults:,} rows with faults left out"
            + (f"; {done:,} were there" if done else "")
        )


class _Judges:
    """Some processes that judge batches, answered in the order in which they were given; one needs no process."""

    def __init__(self, workers: int) -> None:
        self.pool: ProcessPoolExecutor | None = None
        self.max_under_way, self.under_way = 2 * workers, deque[Future[Verdicts]]()
        if workers > 1:
            connections.close_all()
            self.pool = ProcessPoolExecutor(workers, multiprocessing.get_context("fork"))
            # All of them part now, before anything else that a child must not inherit is opened.
            self.pool.submit(int).result()

    def __enter__(self) -> "_Judges":
        return self

    def __exit__(self, *error: object) -> None:
        if self.pool:
            self.pool.shutdown(cancel_futures=True)

    def give(self, batch: list[ListingRow]) -> Iterator[Verdicts]:
        """Hand a batch over; yields what is ready and due."""
        if self.pool is None:
            yield _judge(batch)
            return
        self.under_way.append(self.pool.submit(_judge, batch))
        if len(self.under_way) >= self.max_under_way:
            yield self.under_way.popleft().result()

    def rest(self) -> Iterator[Verdicts]:
        while self.under_way:
            yield self.under_way.popleft().result()


def _judge(batch: list[ListingRow]) -> Verdicts:
    judged = judge_rows(batch, _SCREENER[0], at=timezone.now())
    lines = [
        orjson.dumps({"id": row.external_id} | verdict.as_json()) + b"\n"
        for row, verdict in zip(batch, judged, strict=True)
    ]
    return b"".join(lines), Counter(verdict.verdict for verdict in judged)


def _write(out: IO[bytes], judged: Verdicts) -> Counter[str]:
    lines, verdicts = judged
    out.write(lines)
    out.flush()
    return verdicts


def _batches(rows: Iterator[ListingRow]) -> Iterator[list[ListingRow]]:
    batch: list[ListingRow] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _whole_lines(out: Path) -> tuple[int, str]:
    """How many whole verdicts the file has, and the id of the last; half a line that a kill left is cut off."""
    if not out.exists():
        return 0, ""
    count, end, last = 0, 0, b"{}"
    with out.open("r+b") as file:
        for line in file:
            if not line.endswith(b"\n"):
                break
            count, end, last = count + 1, end + len(line), line
        file.truncate(end)
    return count, str(orjson.loads(last).get("id", ""))


def _behind(rows: Iterator[ListingRow], done: int, last: str) -> Iterator[ListingRow]:
    """The rows behind those that are done; refuses a file that these were not made from."""
    row = None
    for _ in range(done):
        row = next(rows, None)
    if done and (row is None or row.external_id != last):
        raise CommandError(
            f"--out ends with {last!r}, which is not row {done:,} of this file; leave --resume out"
        )
    yield from rows
