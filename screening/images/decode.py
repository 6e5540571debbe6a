"""Hostile bytes in, small grey pictures out; nothing is decoded before its header was believed."""

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import simplejpeg
from numpy.typing import NDArray
from PIL import Image, ImageOps

Grey = NDArray[np.uint8]

KEPT_SIDE = 128  # the shorter side is never reduced below this
MAX_SCANS = 100  # a progressive JPEG of thousands of scans costs minutes of CPU
SOF = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
WHITE = (255, 255, 255, 255)


class BadPicture(ValueError):
    """The bytes are no picture that may be decoded; the message says what is wrong and what would be right."""


@dataclass(frozen=True, slots=True)
class Limits:
    max_bytes: int = 10_000_000
    max_pixels: int = 40_000_000


@dataclass(frozen=True, slots=True)
class Header:
    format: str
    width: int
    height: int
    factor: int = 1  # by how much a decoder may shrink it for hashing


LIMITS = Limits()


def read_header(data: bytes, limits: Limits = LIMITS) -> Header:
    """Format and size by the first bytes alone; refuses what is too large or no JPEG, PNG, WebP or GIF."""
    if not data:
        raise BadPicture("The picture is empty (0 bytes).")
    if len(data) > limits.max_bytes:
        raise BadPicture(f"The picture has {len(data):,} bytes; at most {limits.max_bytes:,} are accepted.")
    try:
        kind, width, height = _measure(data)
    except (struct.error, IndexError):
        raise BadPicture("The picture ends within its header; send the whole file.") from None
    if not width or not height:
        raise BadPicture(f"The picture says it is {width} × {height} pixels; both sides need at least 1.")
    if width * height > limits.max_pixels:
        raise BadPicture(
            f"The picture has {width:,} × {height:,} pixels; at most {limits.max_pixels:,} are accepted."
        )
    shrink = min(width, height) // KEPT_SIDE
    if kind == "JPEG":
        shrink = max(f for f in (1, 2, 4, 8) if f <= max(1, shrink))
    return Header(kind, width, height, max(1, shrink))


def grey(data: bytes, limits: Limits = LIMITS) -> Grey:
    """The picture in grey at a whole fraction of its size (`Header.factor`), as stored, EXIF turns not applied."""
    header = read_header(data, limits)
    return decode_grey(data, header)


def decode_grey(data: bytes, header: Header) -> Grey:
    """As `grey`, for bytes whose header was read already."""
    if header.format == "JPEG":
        try:
            return _grey_jpeg(data, header)
        except ValueError as error:
            if "CMYK" not in str(error):
                raise _bad(error) from None
    with _opened(data, header) as image:
        if header.format == "JPEG":
            image.draft("CMYK", (-(-header.width // header.factor), -(-header.height // header.factor)))
            return np.asarray(image.convert("L"))
        return _grey_raster(image, header.factor)


def colour(data: bytes, side: int, limits: Limits = LIMITS) -> Image.Image:
    """The upright RGB picture, its longer side at most `side`, transparent parts on white."""
    header = read_header(data, limits)
    with _opened(data, header) as image:
        if header.format == "JPEG":
            image.draft(image.mode, (side, side))
        turned = image.getexif().get(0x0112, 1)
        shrink = max(image.size) // (2 * side)
        small = _eight_bits(image)
        small = small.reduce(shrink) if shrink > 1 else small
        small = _on_white(small)
        small.thumbnail((side, side), Image.Resampling.BICUBIC)
        if turned != 1:
            small.getexif()[0x0112] = turned
            ImageOps.exif_transpose(small, in_place=True)
        return small


def thumbnail(data: bytes, side: int = 480) -> bytes:
    """A freshly written JPEG for pages: upright, at most `side` pixels, no metadata of the original."""
    out = io.BytesIO()
    clean = Image.fromarray(np.asarray(colour(data, side)))
    clean.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()


def _measure(data: bytes) -> tuple[str, int, int]:
    if data[:2] == b"\xff\xd8":
        return "JPEG", *_measure_jpeg(data)
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return "PNG", *struct.unpack_from(">II", data, 16)
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "GIF", *struct.unpack_from("<HH", data, 6)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP", *_measure_webp(data)
    raise BadPicture("The file is not a picture of a known type; send a JPEG, PNG, WebP or GIF.")


def _measure_jpeg(data: bytes) -> tuple[int, int]:
    at = 2
    while True:
        marker = data[at + 1]
        if data[at] != 0xFF:
            raise BadPicture("The JPEG's header is broken; save the picture again.")
        if marker == 0xFF:
            at += 1
        elif marker in SOF:
            height, width = struct.unpack_from(">HH", data, at + 5)
            if marker in (0xC2, 0xC6, 0xCA, 0xCE) and data.count(b"\xff\xda") > MAX_SCANS:
                raise BadPicture(f"The JPEG has more than {MAX_SCANS} scans; save it as a baseline JPEG.")
            return width, height
        else:
            at += 2 + struct.unpack_from(">H", data, at + 2)[0]


def _measure_webp(data: bytes) -> tuple[int, int]:
    kind = data[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if kind == b"VP8L":
        bits = struct.unpack_from("<I", data, 21)[0]
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    raise BadPicture("The WebP's header is broken; save the picture again.")


def _grey_jpeg(data: bytes, header: Header) -> Grey:
    minimum = {
        "min_height": -(-header.height // header.factor),
        "min_width": -(-header.width // header.factor),
    }
    try:
        return simplejpeg.decode_jpeg(data, "GRAY", fastdct=True, **minimum)[..., 0]  # type: ignore[no-any-return]
    except ValueError as error:
        # Cameras leave stray bytes between segments; every browser shows such a picture.
        if "extraneous bytes" not in str(error):
            raise
    return simplejpeg.decode_jpeg(data, "GRAY", fastdct=True, strict=False, **minimum)[..., 0]  # type: ignore[no-any-return]


def _grey_raster(image: Image.Image, factor: int) -> Grey:
    eight = _eight_bits(image)
    if eight.mode != "L":
        eight = _on_white(eight).convert("L")
    return np.asarray(eight.reduce(factor) if factor > 1 else eight)


def _eight_bits(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        return Image.fromarray((np.asarray(image) >> 8).clip(0, 255).astype(np.uint8))
    image.load()
    return image


def _on_white(image: Image.Image) -> Image.Image:
    if "transparency" in image.info or image.mode in ("RGBA", "LA", "PA", "La", "RGBa"):
        over = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", over.size, WHITE), over).convert("RGB")
    return image.convert("RGB")


@contextmanager
def _opened(data: bytes, header: Header) -> Iterator[Image.Image]:
    """Pillow on bytes whose header was read; whatever it cannot finish becomes a BadPicture."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP", "GIF")) as image:
            # A second header, or a frame that sticks out, would get past the limit on pixels.
            if image.size != (header.width, header.height):
                raise OSError("its parts do not fit its stated size")
            yield image
    except (OSError, SyntaxError, ValueError, EOFError, struct.error, IndexError) as error:
        raise _bad(error) from None


def _bad(error: Exception) -> BadPicture:
    text = str(error)
    if "Premature end" in text or "truncated" in text or "Could not determine" in text:
        return BadPicture("The picture is cut off; send the whole file.")
    return BadPicture(f"The picture cannot be decoded ({text[:100]}); save it again as a JPEG.")
