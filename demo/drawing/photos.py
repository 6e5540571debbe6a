"""A product in a scene, as a file; and what a thief makes of somebody else's file."""

from dataclasses import dataclass
from io import BytesIO
from math import cos, radians, sin
from random import Random

from PIL import Image

from demo.drawing.canvas import SIZE, grain, lit, placed
from demo.drawing.goods import Design, draw_goods
from demo.drawing.scenes import home, studio

PICTURE = SIZE // 2


@dataclass(frozen=True, slots=True)
class Photo:
    """``seed`` decides scene, light, angle and distance; ``is_official`` takes it in the brand's studio."""

    design: Design
    seed: str
    is_official: bool = False


def photograph(photo: Photo) -> Image.Image:
    dice = Random(photo.seed)  # noqa: S311 a drawing, not a secret
    scene = studio(dice) if photo.is_official else home(dice)
    thing = draw_goods(photo.design)
    if photo.is_official:
        placed(scene, _laid(thing, dice, turn=5, scale=(0.8, 0.95), sway=0.15), shadow=0.35)
        return scene
    placed(scene, _laid(thing, dice, turn=32, scale=(0.55, 1.0), sway=0.45), shadow=0.6)
    return grain(scene, dice, dice.randint(2, 7))


def _laid(
    thing: Image.Image, dice: Random, *, turn: float, scale: tuple[float, float], sway: float
) -> Image.Image:
    """Turned, made smaller and moved off the middle, on a canvas of the picture's size."""
    angle, share = radians(dice.uniform(-turn, turn)), dice.uniform(*scale)
    room = PICTURE * (1 - share)
    middle = [PICTURE / 2 + room * dice.uniform(-sway, sway) for _ in range(2)]
    a, b = cos(angle) * 2 / share, sin(angle) * 2 / share
    half = SIZE / 2
    matrix = (a, b, half - a * middle[0] - b * middle[1], -b, a, half + b * middle[0] - a * middle[1])
    laid = thing.transform((PICTURE, PICTURE), Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR)
    return lit(laid, dice.uniform(20, 160))


def jpeg_of(image: Image.Image, quality: int = 86) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def recompressed(image: Image.Image, share: float = 0.72) -> bytes:
    """Saved small and badly, as a picture is that has gone from hand to hand."""
    size = (round(image.width * share), round(image.height * share))
    return jpeg_of(image.resize(size, Image.Resampling.LANCZOS), quality=48)


def crop_of(image: Image.Image, share: float = 0.005) -> bytes:
    """With the margin cut off, where a watermark would stand."""
    edge = round(image.width * share)
    return jpeg_of(image.crop((edge, edge, image.width - edge, image.height - edge)), quality=80)
