import io
import resource
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from bench.attacks import draw, jpeg
from screening.images.decode import BadPicture, Limits, colour, grey, read_header, thumbnail

DRAWING = draw(1)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def png_header(width: int, height: int) -> bytes:
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_the_size_is_read_from_the_header_alone(kind):
    header = read_header(saved(DRAWING, kind)[:3000])

    assert (header.format, header.width, header.height) == (kind, 480, 360)


def test_lossless_and_transparent_webp_headers_are_read():
    assert read_header(saved(DRAWING, "WEBP", lossless=True)).width == 480
    assert read_header(saved(DRAWING.convert("RGBA"), "WEBP")).height == 360


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\0" * 2000, "JPEG, PNG, WebP or GIF"),
        (b"Nike Air Max, brand new", "JPEG, PNG, WebP or GIF"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "JPEG, PNG, WebP or GIF"),
        (saved(DRAWING, "TIFF"), "JPEG, PNG, WebP or GIF"),
        (b"\xff\xd8" + b"\0" * 2000, "broken"),
        (b"\xff\xd8\xff", "ends within its header"),
        (png_header(30_000, 30_000), "at most 40,000,000"),
        (png_header(0, 10), "at least 1"),
        (saved(DRAWING, "PNG")[:20], "ends within its header"),
        (b"\xff\xd8" + b"\0" * 10_000_000, "at most 10,000,000"),
    ],
)
def test_what_is_no_acceptable_picture_is_refused_saying_why(data, words):
    with pytest.raises(BadPicture, match=words):
        grey(data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("kept", [0.3, 0.95])
def test_a_cut_off_picture_is_refused(kind, kept):
    whole = saved(DRAWING, kind)

    with pytest.raises(BadPicture):
        grey(whole[: int(kept * len(whole))])


def test_a_bomb_is_refused_before_memory_is_taken():
    rows = zlib.compress(b"\0" * (20_000 * 4 + 1) * 2_000, 9)
    chunk = struct.pack(">I", len(rows)) + b"IDAT" + rows + struct.pack(">I", zlib.crc32(b"IDAT" + rows))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    for width, height in ((20_000, 20_000), (65_535, 65_535), (2**31 - 1, 1)):
        with pytest.raises(BadPicture, match="at most"):
            grey(png_header(width, height) + chunk)

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # KiB


def test_a_second_header_does_not_get_past_the_limit():
    whole = saved(DRAWING, "PNG")
    small = png_header(10, 10)

    with pytest.raises(BadPicture, match="stated size"):
        grey(small + png_header(9_000, 9_000)[8:] + whole[33:])


def test_a_gif_whose_frame_is_larger_than_its_screen_is_refused():
    data = bytearray(saved(DRAWING, "GIF"))
    data[6:10] = struct.pack("<HH", 1, 1)

    with pytest.raises(BadPicture, match="stated size"):
        grey(bytes(data))


def test_a_large_but_allowed_png_stays_within_a_few_bytes_a_pixel():
    data = saved(Image.new("RGBA", (6_000, 6_000), (10, 20, 30, 255)), "PNG")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert min(grey(data).shape) >= 128

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 16 * 36_000_000 / 1024


def test_a_progressive_jpeg_of_endless_scans_is_refused():
    data = saved(DRAWING, "JPEG", progressive=True)
    scan = data.rindex(b"\xff\xda")

    with pytest.raises(BadPicture, match="scans"):
        grey(data[:-2] + data[scan:-2] * 200 + data[-2:])


def test_a_jpeg_is_decoded_no_larger_than_hashing_needs():
    small = grey(jpeg(DRAWING.resize((4000, 3000))))

    assert small.shape == (375, 500)


@pytest.mark.parametrize(
    "data",
    [
        saved(DRAWING.convert("CMYK"), "JPEG"),
        saved(DRAWING.convert("L"), "JPEG"),
        saved(DRAWING, "JPEG", progressive=True),
        saved(DRAWING, "JPEG", keep_rgb=True),
        saved(DRAWING.convert("P"), "PNG"),
        saved(DRAWING.convert("RGBA"), "PNG"),
        saved(DRAWING.convert("L").convert("LA"), "PNG"),
        saved(Image.fromarray(np.asarray(DRAWING.convert("L")).astype(np.uint16) * 257), "PNG"),
        saved(DRAWING, "GIF", save_all=True, append_images=[draw(2), draw(3)]),
        saved(DRAWING, "WEBP", quality=90),
    ],
    ids=[
        "cmyk",
        "grey",
        "progressive",
        "rgb jpeg",
        "palette",
        "rgba",
        "la",
        "16 bit",
        "animated gif",
        "webp",
    ],
)
def test_every_way_of_storing_a_picture_gives_the_same_grey(data):
    plain = grey(saved(DRAWING, "PNG")).astype(int)

    stored = grey(data).astype(int)

    assert stored.shape == plain.shape
    assert np.abs(stored - plain).mean() < 6


def test_transparent_parts_count_as_white():
    assert grey(saved(Image.new("RGBA", (200, 200), (0, 0, 0, 0)), "PNG")).min() == 255


def test_stray_bytes_between_segments_are_forgiven_as_browsers_do():
    data = jpeg(DRAWING)

    assert grey(data[:-2] + b"\0\1\2\3" + data[-2:]).shape == (180, 240)


def test_a_thumbnail_is_upright_small_and_without_metadata():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Secret Camera"
    data = saved(draw(1, 1200, 800), "JPEG", exif=exif)

    made = thumbnail(data, side=300)

    shown = Image.open(io.BytesIO(made))
    assert shown.size == (200, 300)
    assert not shown.getexif()
    assert b"Secret" not in made


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_broken_picture_gives_no_thumbnail(kind):
    data = saved(DRAWING, kind)

    with pytest.raises(BadPicture):
        thumbnail(data[: len(data) // 2])


def test_a_transparent_palette_picture_is_coloured_on_white():
    clear = Image.new("P", (50, 50))
    clear.info["transparency"] = 0

    assert colour(saved(clear, "PNG", transparency=0), 50).getpixel((9, 9)) == (255, 255, 255)


def test_limits_can_be_tightened():
    with pytest.raises(BadPicture, match="at most 1,000 are"):
        read_header(jpeg(DRAWING), Limits(max_pixels=1_000))
