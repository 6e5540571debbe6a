"""Files of rows from strangers: CSV, TSV, JSONL and Parquet, also .gz, read in batches with bounded memory.

    with Feed(path, required=["brand"], report=print) as feed:
        for batch in feed.batches(1000):                  # draws a progress bar on a terminal
            rows = feed.parsed(batch, parse_brand)        # parse_brand(row) answers an object or raises BadRow(reason)
            if feed.is_repeated("brand", line, value): …  # reports a second row of the same id

A row is ``(line number, {column: value})``: CSV and TSV give stripped text, JSONL and Parquet what they hold. Columns
are lower case with underscores. A bad row becomes a ``Fault`` (line number, reason), is handed to ``report`` and
counted in ``feed.faults``; the rest goes on. Only a file that cannot be read at all raises ``FeedError``.
"""

import csv
import gzip
import io
import re
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self, TypeVar

import orjson
from tqdm import tqdm

from klean.core.importing.cells import BadRow
from klean.core.importing.encodings import detect_encoding

SHAPES = {".csv": "csv", ".tsv": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}
SAMPLE_BYTES = 1 << 20
MAX_LINE_LENGTH = 1 << 20
SURROGATE = re.compile("[\ud800-\udfff]")
READ_ERRORS = (EOFError, gzip.BadGzipFile, zlib.error, OSError, UnicodeError)

Parsed = TypeVar("Parsed")
Row = tuple[int, dict[str, Any]]


class FeedError(Exception):
    """The file cannot be read; the message says why and what would be right."""


@dataclass(frozen=True, slots=True)
class Fault:
    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


class Feed:
    def __init__(
        self,
        path: Path,
        *,
        required: Sequence[str] = (),
        report: Callable[[Fault], object] = lambda fault: None,
    ) -> None:
        self.path, self.required, self.report = path, required, report
        self.faults = 0
        suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
        self.is_packed = suffixes[-1:] == [".gz"]
        self.shape = SHAPES.get("".join(suffixes[-2:-1] if self.is_packed else suffixes[-1:]), "")
        if not self.shape:
            raise FeedError(f"{path.name} is none of {', '.join(SHAPES)}, or one of these with .gz.")
        try:
            self._raw = path.open("rb")
        except OSError as error:
            raise FeedError(f"{path} cannot be opened: {error.strerror}.") from error
        self._line = 0
        self._first_lines: dict[tuple[str, int], int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._raw.close()

    def fault(self, line: int, reason: str) -> None:
        self.faults += 1
        self.report(Fault(line, reason))

    def parsed(
        self, batch: Sequence[Row], parse: Callable[[dict[str, Any]], Parsed]
    ) -> list[tuple[int, Parsed]]:
        """``(line, what parse made of it)`` of the rows that it accepts; the others are reported."""
        good = []
        for line, row in batch:
            try:
                good.append((line, parse(row)))
            except BadRow as reason:
                self.fault(line, str(reason))
        return good

    def is_repeated(self, column: str, line: int, value: str) -> bool:
        """Report a value of an id column that an earlier line had; about 100 bytes are kept for each value."""
        first = self._first_lines.setdefault((column, hash(value)), line)
        if first != line:
            self.fault(line, f"{column} {value!r} was already on line {first}; this row is left out")
        return first != line

    def batches(self, size: int = 1000) -> Iterator[list[Row]]:
        """All good rows in the file's order; a file that breaks off is reported where it does."""
        total = self.path.stat().st_size
        with tqdm(total=total, desc=self.path.name, unit="B", unit_scale=True, disable=None) as bar:
            batch: list[Row] = []
            for row in self._rows():
                batch.append(row)
                if len(batch) >= size:
                    yield batch
                    batch = []
                    bar.update(self._raw.tell() - bar.n)
            yield from [batch] if batch else []
            bar.update(total - bar.n)

    def _rows(self) -> Iterator[Row]:
        read = {"csv": self._table, "tsv": self._table, "jsonl": self._objects, "parquet": self._columns}[
            self.shape
        ]
        try:
            for line, row in read():
                if fault := _fault_of(row):
                    self.fault(line, fault)
                else:
                    yield line, row
        except READ_ERRORS as error:
            if not self._line:
                raise FeedError(f"{self.path.name} is damaged or not what its name says: {error}.") from error
            self.fault(self._line + 1, f"the file breaks off here ({error}); what follows was not read")

    def _table(self) -> Iterator[Row]:
        reader = csv.reader(self._lines(), "excel-tab" if self.shape == "tsv" else "excel", strict=True)
        names: list[str] = []
        while True:
            start = self._line + 1
            try:
                values = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                upto = f" to {self._line}" if self._line > start else ""
                self.fault(
                    start,
                    f"a quotation mark is missing or a field too long ({error}); left out: line {start}{upto}",
                )
                continue
            if not names:
                names = self._header(values)
            elif len(values) > len(names):
                self.fault(start, f"it has {len(values)} fields, the header has {len(names)}")
            elif any(values):
                yield start, {name: value.strip() for name, value in zip(names, values, strict=False)}

    def _header(self, values: list[str]) -> list[str]:
        names = [_column(value) for value in values]
        twice = sorted({name for name in names if names.count(name) > 1})
        missing = [name for name in self.required if name not in names]
        if twice:
            raise FeedError(f"{self.path.name} has the column {', '.join(twice)} twice.")
        if missing:
            raise FeedError(
                f"{self.path.name} has no column {', '.join(missing)}; its first line has: {', '.join(names)}."
            )
        return names

    def _objects(self) -> Iterator[Row]:
        for text in self._lines():
            if not text.strip():
                continue
            try:
                row = orjson.loads(text)
            except orjson.JSONDecodeError as error:
                self.fault(self._line, f"it is no JSON ({error})")
                continue
            if isinstance(row, dict):
                yield self._line, {_column(name): value for name, value in row.items()}
            else:
                self.fault(self._line, "it is no JSON object")

    def _columns(self) -> Iterator[Row]:
        import pyarrow.parquet

        with self._unpacked() as raw, tempfile.TemporaryFile() as spool:
            if self.is_packed:
                shutil.copyfileobj(raw, spool)
            try:
                file = pyarrow.parquet.ParquetFile(spool if self.is_packed else raw)
                self._header(file.schema_arrow.names)
                for batch in file.iter_batches(batch_size=500):
                    for row in batch.to_pylist():
                        self._line += 1
                        yield self._line, {_column(name): value for name, value in row.items()}
            except pyarrow.ArrowException as error:
                raise OSError(str(error)) from error

    def _unpacked(self) -> IO[bytes]:
        return gzip.open(self._raw) if self.is_packed else self._raw  # type: ignore[return-value]

    def _lines(self) -> Iterator[str]:
        """Lines of text, each at most ``MAX_LINE_LENGTH`` characters and one of the file's encoding; others are reported."""
        with self._unpacked() as first:
            sample = first.read(SAMPLE_BYTES)
            encoding = detect_encoding(
                sample if len(sample) < SAMPLE_BYTES else sample[: sample.rfind(b"\n")]
            )
            if not encoding:
                raise FeedError(f"{self.path.name} is neither UTF-8 nor EUC-KR text: save it as UTF-8.")
            first.seek(0)
            text = io.TextIOWrapper(first, encoding, errors="surrogateescape", newline="")
            while line := text.readline(MAX_LINE_LENGTH):
                self._line += 1
                if len(line) == MAX_LINE_LENGTH and not line.endswith("\n"):
                    self.fault(self._line, f"it is longer than {MAX_LINE_LENGTH:,} characters")
                    while (rest := text.readline(MAX_LINE_LENGTH)) and not rest.endswith("\n"):
                        pass
                    line = "\n"
                yield line


def _column(name: str) -> str:
    return name.strip().lower().replace(" ", "_")


def _fault_of(row: dict[str, Any]) -> str:
    """What no database takes as text: a NUL, or bytes that were none of the file's encoding."""
    for name, value in row.items():
        waiting = [value]
        while waiting:
            part = waiting.pop()
            if isinstance(part, str):
                if "\0" in part:
                    return f"{name} holds a NUL character"
                if not part.isascii() and SURROGATE.search(part):
                    return f"{name} holds bytes that are no text in the file's encoding"
            elif isinstance(part, dict | list):
                waiting += [*part, *part.values()] if isinstance(part, dict) else part
    return ""
