"""Reads one document from standard input and writes what it holds as JSON; run as a process of its own, with limits.

A parser of strangers' files may loop, swell or crash: then this process ends, and nothing else.
"""

import hashlib
import io
import json
import re
import resource
import sys
import unicodedata
from collections.abc import Iterator
from typing import Any

import imagehash
from PIL import ExifTags, Image
from pypdf import PdfReader
from pypdf.errors import PyPdfError

MAX_PAGES, MAX_TEXT_LENGTH = 50, 100_000
SHINGLE_LENGTH, MIN_TEXT_LENGTH = 5, 120
MAX_CPU_SECONDS, MAX_MEMORY_BYTES = 15, 2 * 1024**3
ACTIVE_ENTRIES = ("/JavaScript", "/EmbeddedFiles")
HASH_BITS = 64
BINARY_METADATA = {"icc_profile", "exif", "photoshop"}


class UnacceptableDocument(Exception):
    """The document cannot be taken, for the reason whose code this is."""


def read(data: bytes) -> dict[str, Any]:
    """Pages, text and prints of a PDF or a picture; raises ``UnacceptableDocument``."""
    if not data.startswith(b"%PDF-"):
        picture = _picture(data)
        text = "\n".join(_text_in_metadata(picture))[:MAX_TEXT_LENGTH]
        return {"pages": 1, "text": text, "picture_print": picture_print(picture), "text_print": None}
    try:
        return _read_pdf(data)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise UnacceptableDocument("document_damaged") from error


def _read_pdf(data: bytes) -> dict[str, Any]:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnacceptableDocument("document_encrypted")
    if _is_active(reader):
        raise UnacceptableDocument("document_active")
    if not 1 <= len(reader.pages) <= MAX_PAGES:
        raise UnacceptableDocument("document_pages" if reader.pages else "document_damaged")
    text = "\n".join(page.extract_text() for page in reader.pages)[:MAX_TEXT_LENGTH].replace("\x00", "")
    outside = "\n".join(_text_outside_pages(reader))[:MAX_TEXT_LENGTH].replace("\x00", "")
    scan = next(iter(reader.pages[0].images), None)
    return {
        "pages": len(reader.pages),
        "text": f"{text}\n{outside}".strip(),
        "text_print": text_print(text),
        "picture_print": picture_print(scan.image) if scan and scan.image else None,
    }


def _text_outside_pages(reader: PdfReader) -> Iterator[str]:
    """Form fields, annotations and metadata."""
    for name, form_field in (reader.get_fields() or {}).items():
        yield f"{name}: {form_field.value or ''}"
    for page in reader.pages:
        for remark in page.get("/Annots") or []:
            yield str(remark.get_object().get("/Contents", ""))
    yield from (str(value) for value in (reader.metadata or {}).values())


def _text_in_metadata(picture: Image.Image) -> Iterator[str]:
    """Comments, titles, and what a camera or a scanner wrote."""
    exif = picture.getexif()
    entries = [*picture.info.items(), *exif.items(), *exif.get_ifd(ExifTags.IFD.Exif).items()]
    for name, value in entries:
        if name not in BINARY_METADATA and isinstance(value, str | bytes):
            yield value if isinstance(value, str) else value.decode("utf-8", "ignore").replace("\x00", "")


def _is_active(reader: PdfReader) -> bool:
    root: Any = reader.trailer["/Root"]
    names = root.get("/Names", {})
    action = root.get("/OpenAction", {})
    starts = isinstance(action, dict) and action.get("/S") in {"/JavaScript", "/Launch"}
    return starts or "/AA" in root or any(kind in names for kind in ACTIVE_ENTRIES)


def _picture(data: bytes) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP", "GIF"])
        picture.load()
    except (OSError, ValueError, SyntaxError, EOFError, IndexError) as error:
        raise UnacceptableDocument("document_damaged") from error
    return picture


def picture_print(picture: Image.Image) -> int | None:
    """A perceptual hash of 64 bits as a signed number; None of a picture that shows nothing."""
    grey = picture.convert("L")
    low, high = grey.getextrema()
    if high - low < 16:  # type: ignore[operator]
        return None
    return _signed(int(str(imagehash.phash(grey)), 16))


def text_print(text: str) -> int | None:
    """A simhash of the letters and digits; None of a text too short to tell from another."""
    letters = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()
    if len(letters) < MIN_TEXT_LENGTH:
        return None
    weights = [0] * HASH_BITS
    for start in range(len(letters) - SHINGLE_LENGTH + 1):
        shingle = letters[start : start + SHINGLE_LENGTH].encode()
        bits = int.from_bytes(hashlib.blake2b(shingle, digest_size=HASH_BITS // 8).digest())
        for bit in range(HASH_BITS):
            weights[bit] += 1 if bits >> bit & 1 else -1
    return _signed(sum(1 << bit for bit, weight in enumerate(weights) if weight > 0))


def _signed(number: int) -> int:
    return number - (1 << HASH_BITS) if number >> (HASH_BITS - 1) else number


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_SECONDS, MAX_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))
    try:
        outcome = read(sys.stdin.buffer.read())
    except UnacceptableDocument as refusal:
        outcome = {"refusal": str(refusal)}
    json.dump(outcome, sys.stdout)


if __name__ == "__main__":
    main()
