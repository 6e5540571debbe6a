"""What every drawing is made of: a canvas twice as large as the picture, gradients, light and shadow."""

from functools import cache
from itertools import pairwise
from random import Random

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

SIZE = 1000  # drawn this large and halved, which smooths every edge
GRADIENT_STEPS = 64  # light changes slowly: this many steps of it are enough
Colour = tuple[int, int, int]


def shade(colour: Colour, by: float) -> Colour:
    """Lighter above 1, darker below."""
    red, green, blue = (max(0, min(255, round(part * by))) for part in colour)
    return red, green, blue


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _grown(pixels: np.ndarray, size: tuple[int, int]) -> Image.Image:
    small = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    return small.resize(size, Image.Resampling.BILINEAR)


def gradient(
    top: Colour, bottom: Colour, angle: float = 90.0, size: tuple[int, int] = (SIZE, SIZE)
) -> Image.Image:
    """A canvas from one colour to the other, along the angle in degrees."""
    x, y = np.meshgrid(np.linspace(-0.5, 0.5, GRADIENT_STEPS), np.linspace(-0.5, 0.5, GRADIENT_STEPS))
    along = np.clip(x * np.cos(np.radians(angle)) + y * np.sin(np.radians(angle)) + 0.5, 0, 1)[..., None]
    return _grown(np.array(top) * (1 - along) + np.array(bottom) * along, size)


def glow(image: Image.Image, centre: tuple[float, float], strength: float) -> Image.Image:
    """Light that falls off from a point, given in shares of the canvas; it only ever darkens."""
    x, y = np.meshgrid(np.linspace(0, 1, GRADIENT_STEPS), np.linspace(0, 1, GRADIENT_STEPS))
    light = 255 * (1 - strength * np.clip(np.hypot(x - centre[0], y - centre[1]) - 0.15, 0, 1))
    return ImageChops.multiply(image, _grown(light, image.size).convert("RGB"))


def empty() -> Image.Image:
    return Image.new("RGBA", (SIZE, SIZE), (0, 0, 0, 0))


def lit(thing: Image.Image, angle: float) -> Image.Image:
    """The thing with light from one side, so that it looks round."""
    light = gradient((255, 255, 255), (150, 150, 158), angle, thing.size)
    red, green, blue, alpha = thing.split()
    shone = ImageChops.multiply(Image.merge("RGB", (red, green, blue)), light)
    shone.putalpha(alpha)
    return shone


def placed(scene: Image.Image, thing: Image.Image, *, shadow: float) -> None:
    """Lay the thing into the scene with a soft shadow under it."""
    alpha = thing.getchannel("A")
    small = alpha.resize((scene.width // 5, scene.height // 5)).filter(ImageFilter.GaussianBlur(4))
    soft = small.resize(alpha.size).point(lambda value: int(value * shadow))
    scene.paste((28, 26, 32), (11, 17), soft)
    scene.paste(thing, (0, 0), thing)


def stitches(draw: ImageDraw.ImageDraw, line: list[tuple[float, float]], colour: Colour) -> None:
    """A dashed line of thread."""
    for (x0, y0), (x1, y1) in pairwise(line):
        steps = max(1, int(np.hypot(x1 - x0, y1 - y0) // 18))
        for step in range(steps):
            a, b = step / steps, (step + 0.55) / steps
            ends = [(x0 + (x1 - x0) * a, y0 + (y1 - y0) * a), (x0 + (x1 - x0) * b, y0 + (y1 - y0) * b)]
            draw.line(ends, fill=colour, width=4)


@cache
def _noise() -> np.ndarray:
    return np.random.default_rng(1).integers(-127, 128, (SIZE, SIZE, 1))


def grain(image: Image.Image, dice: Random, strength: int) -> Image.Image:
    """The noise of a small camera, on a picture that is no larger than half the canvas."""
    top, left = dice.randrange(SIZE - image.height), dice.randrange(SIZE - image.width)
    noise = _noise()[top : top + image.height, left : left + image.width] * strength // 127
    return Image.fromarray(np.clip(np.asarray(image, np.int16) + noise, 0, 255).astype(np.uint8))
