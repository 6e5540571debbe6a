"""What copiers do to a picture before they list it: 32 seeded attacks, and drawn pictures to try them on."""

import io
from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps

Random = np.random.Generator
Attack = Callable[[Image.Image, Random, Sequence[Image.Image]], Image.Image]

GREY = (235, 235, 235)
INK = (250, 60, 60)


def draw(seed: int, width: int = 480, height: int = 360) -> Image.Image:
    """A drawn picture with the soft ground, edges and texture of a product photo; each seed another."""
    rng = np.random.default_rng(seed)
    ground = Image.fromarray(rng.integers(0, 256, (5, 7, 3), dtype=np.uint8)).resize(
        (width, height), Image.Resampling.BICUBIC
    )
    pen = ImageDraw.Draw(ground)
    for _ in range(14):
        x, y = rng.integers(0, (width, height)).tolist()
        w, h = rng.integers((width // 12, height // 12), (width // 3, height // 3)).tolist()
        shape = (pen.ellipse, pen.rectangle)[rng.integers(2)]
        shape(
            (x - w // 2, y - h // 2, x + w // 2, y + h // 2), fill=_paint(rng), outline=_paint(rng), width=3
        )
    texture = rng.normal(0, 6, (height, width, 1))
    return Image.fromarray((np.asarray(ground) + texture).clip(0, 255).astype(np.uint8))


def jpeg(image: Image.Image, quality: int = 85) -> bytes:
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=quality)
    return out.getvalue()


def attacked(name: str, image: Image.Image, seed: int, others: Sequence[Image.Image]) -> bytes:
    """The JPEG of the picture after the named attack; `others` are pictures to build collages of."""
    rng = np.random.default_rng([seed, *name.encode()])
    return jpeg(ATTACKS[name](image, rng, others), 25 if name == "recompress 25" else 80)


def _paint(rng: Random) -> tuple[int, int, int]:
    red, green, blue = rng.integers(0, 256, 3).tolist()
    return red, green, blue


def _crop(kept: float) -> Attack:
    def attack(image: Image.Image, rng: Random, others: Sequence[Image.Image]) -> Image.Image:
        side = kept**0.5
        w, h = int(image.width * side), int(image.height * side)
        x, y = rng.integers(0, (image.width - w + 1, image.height - h + 1)).tolist()
        return image.crop((x, y, x + w, y + h))

    return attack


def _turn(degrees: int) -> Attack:
    return lambda image, rng, others: image.rotate(
        degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=GREY
    )


def _resize(share: float) -> Attack:
    def attack(image: Image.Image, rng: Random, others: Sequence[Image.Image]) -> Image.Image:
        return image.resize((max(32, int(image.width * share)), max(32, int(image.height * share))))

    return attack


def _stretch(image: Image.Image, rng: Random, others: Sequence[Image.Image]) -> Image.Image:
    return image.resize((int(image.width * 1.25), image.height))


def _perspective(image: Image.Image, rng: Random, others: Sequence[Image.Image]) -> Image.Image:
    """As photographed askew from a screen or a print; Pillow's QUAD would bend straight lines, which no camera does."""
    w, h = image.size
    dx, dy = rng.uniform(0.04, 0.12, 4) * w, rng.uniform(0.04, 0.12, 4) * h
    seen = [(0, 0), (0, h), (w, h), (w, 0)]
    taken = [(-dx[0], -dy[0]), (dx[1], h + dy[1]), (w + dx[2], h - dy[2]), (w - dx[3], dy[3])]
    rows = []
    for (x, y), (u, v) in zip(seen, taken, strict=True):
        rows += [(x, y, 1, 0, 0, 0, -u * x, -u * y), (0, 0, 0, x, y, 1, -v * x, -v * y)]
    bend = np.linalg.solve(np.array(rows, float), np.ravel(taken)).tolist()
    return image.transform(
        image.size, Image.Transform.PERSPECTIVE, bend, Image.Resampling.BICUBIC, fillcolor=GREY
    )


def _border(image: Image.Image, rng: Random, others: Sequence[Image.Image]) -> Image.Image:
    return ImageOps.expand(image, border=int(0.12 * max(image.size)), fill=_paint(rng))


def _colour(image: Image.Image, rng: Random, others: Sequence[Image.Image]) -> Image.Image:
    tinted = np.asarray(image, np.float32) * rng.uniform(0.7, 1.25, 3)
    return ImageEnhance.Color(Image.fromarray(tinted.clip(0, 255).astype(np.uint8))).enhance(1.6)


def _light(image: Image.Image, rng: Random, others: Sequence[Image.Image]) -> Image.Image:
    return ImageEnhance.Contrast(ImageEnhance.Brightness(image).enhance(1.3)).enhance(0.75)


def _noise(image: Image.Image, rng: Random, others: Sequence[Image.Image]) -> Image.Image:
    noisy = np.asarray(image) + rng.normal(0, 18, (image.height, image.width, 3))
    return Image.fromarray(noisy.clip(0, 255).astype(np.uint8))


def _text(image: Image.Image, at: tuple[int, int], text: str, size: int, fill: tuple[int, ...]) -> None:
    ImageDraw.Draw(image, "RGBA").text(at, text, font=ImageFont.load_default(size), fill=fill)


def _watermark(image: Image.Image, rng: Random, others: Sequence[Image.Image]) -> Image.Image:
    marked = image.copy()
    step = max(40, image.width // 4)
    for y in range(0, image.height, step):
        for x in range(-step // 2, image.width, step):
            _text(marked, (x + int(rng.integers(step // 3)), y), "SHOP 88", step // 4, (255, 255, 255, 150))
    return marked


def _banner(image: Image.Image, rng: Random, others: Sequence[Image.Image]) -> Image.Image:
    marked = image.copy()
    tall = int(0.2 * image.height)
    top = 0 if rng.random() < 0.5 else image.height - tall
    ImageDraw.Draw(marked).rectangle((0, top, image.width, top + tall), fill=_paint(rng))
    _text(
        marked,
        (8, top + tall // 5),
        "SALE 70% FREE SHIPPING",
        max(10, image.width // 16),
        (255, 255, 255, 255),
    )
    return marked


def _stickers(image: Image.Image, rng: Random, others: Sequence[Image.Image]) -> Image.Image:
    marked = image.copy()
    pen = ImageDraw.Draw(marked)
    for _ in range(4):
        size = int(min(image.size) * rng.uniform(0.12, 0.24))
        x, y = rng.integers(0, (image.width - size, image.height - size)).tolist()
        pen.ellipse((x, y, x + size, y + size), fill=_paint(rng))
    return marked


def _screenshot(image: Image.Image, rng: Random, others: Sequence[Image.Image]) -> Image.Image:
    """A phone's screen, 9:19, the picture across it below a bar of the app."""
    width = 480
    shown = image.resize((width, width * image.height // image.width))
    screen = Image.new("RGB", (width, max(1010, shown.height + 260)), (255, 255, 255))
    pen = ImageDraw.Draw(screen)
    pen.rectangle((0, 0, width, 90), fill=(30, 30, 34))
    _text(screen, (20, 30), "9:41   <  Shop", 28, (255, 255, 255, 255))
    screen.paste(shown, (0, 90))
    for row in range(6):
        y = 110 + shown.height + 40 * row
        pen.rectangle((20, y, 20 + int(rng.integers(150, 430)), y + 16), fill=(210, 210, 214))
    return screen


def _collage(columns: int, rows: int) -> Attack:
    def attack(image: Image.Image, rng: Random, others: Sequence[Image.Image]) -> Image.Image:
        cell = (360, 360)
        sheet = Image.new("RGB", (columns * cell[0], rows * cell[1]), (255, 255, 255))
        own = int(rng.integers(columns * rows))
        for place in range(columns * rows):
            tile = image if place == own else others[int(rng.integers(len(others)))]
            fitted = ImageOps.contain(tile, cell)
            sheet.paste(fitted, (place % columns * cell[0], place // columns * cell[1]))
        return sheet

    return attack


def _pasted(share: float) -> Attack:
    """The picture pasted onto another, covering `share` of its area."""

    def attack(image: Image.Image, rng: Random, others: Sequence[Image.Image]) -> Image.Image:
        ground = others[int(rng.integers(len(others)))].resize((640, 640))
        box = (int(640 * share**0.5),) * 2
        small = ImageOps.contain(image, box)
        ground.paste(small, (int(rng.integers(641 - small.width)), int(rng.integers(641 - small.height))))
        return ground

    return attack


def _then(*steps: Attack) -> Attack:
    def attack(image: Image.Image, rng: Random, others: Sequence[Image.Image]) -> Image.Image:
        for step in steps:
            image = step(image, rng, others)
        return image

    return attack


def _simple(change: Callable[[Image.Image], Image.Image]) -> Attack:
    return lambda image, rng, others: change(image)


ATTACKS: dict[str, Attack] = {
    "recompress 25": _simple(lambda image: image),
    "resize 50": _resize(0.5),
    "resize 25": _resize(0.25),
    "stretch": _stretch,
    "crop 10": _crop(0.9),
    "crop 20": _crop(0.8),
    "crop 35": _crop(0.65),
    "crop 50": _crop(0.5),
    "mirror": _simple(ImageOps.mirror),
    "upside down": _simple(ImageOps.flip),
    "turn 5": _turn(5),
    "turn 15": _turn(15),
    "turn 45": _turn(45),
    "turn 90": _turn(90),
    "perspective": _perspective,
    "border": _border,
    "colour": _colour,
    "light": _light,
    "grey": _simple(ImageOps.grayscale),
    "blur": _simple(lambda image: image.filter(ImageFilter.GaussianBlur(max(image.size) / 200))),
    "noise": _noise,
    "watermark": _watermark,
    "banner": _banner,
    "stickers": _stickers,
    "screenshot": _screenshot,
    "collage 1x2": _collage(2, 1),
    "collage 2x2": _collage(2, 2),
    "collage 3x3": _collage(3, 3),
    "pasted 50": _pasted(0.5),
    "pasted 30": _pasted(0.3),
    "mirror, crop 20, banner": _then(_simple(ImageOps.mirror), _crop(0.8), _banner),
    "crop 10, colour, watermark, turn 5": _then(_crop(0.9), _colour, _watermark, _turn(5)),
}
