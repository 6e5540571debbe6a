"""The marks of invented brands: a figure and the name in letters."""

from functools import cache
from math import cos, pi, sin

from PIL import Image, ImageDraw, ImageFont

from demo.drawing.canvas import Colour

Points = list[tuple[float, float]]


@cache
def letters(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise TypeError("Pillow was built without FreeType")
    return font


def _ring(count: int, radius: float, turn: float = -pi / 2) -> Points:
    return [
        (radius * cos(turn + 2 * pi * step / count), radius * sin(turn + 2 * pi * step / count))
        for step in range(count)
    ]


def _star(points: int, inner: float) -> Points:
    pairs = zip(_ring(points, 1), _ring(points, inner, -pi / 2 + pi / points), strict=True)
    return [point for pair in pairs for point in pair]


FIGURES: dict[str, list[Points]] = {
    "diamond": [_ring(4, 1.0)],
    "peak": [[(-1, 0.8), (-0.25, -0.7), (0.1, 0.0), (0.4, -0.45), (1, 0.8)]],
    "star": [_star(5, 0.42)],
    "flake": [_star(8, 0.55)],
    "hexagon": [_ring(6, 1.0)],
    "bars": [
        [(-0.9 + x, 0.8), (-0.5 + x, 0.8), (-0.1 + x, -0.8), (-0.5 + x, -0.8)] for x in (0.0, 0.55, 1.1)
    ],
    "arrow": [[(-1, 0.25), (0.1, -0.75), (1, -0.75), (0.2, 0.0), (1, 0.75), (-0.1, 0.75)]],
    "leaf": [[(0, -1), (0.62, -0.3), (0.5, 0.5), (0, 1), (-0.5, 0.5), (-0.62, -0.3)]],
    "tower": [[(-0.35, 0.9), (-0.35, -0.4), (0, -0.95), (0.35, -0.4), (0.35, 0.9)]],
    "crown": [[(-0.9, 0.7), (-1, -0.5), (-0.45, 0.0), (0, -0.85), (0.45, 0.0), (1, -0.5), (0.9, 0.7)]],
    "cross": [[(-0.3, -1), (0.3, -1), (0.3, 1), (-0.3, 1)], [(-1, -0.3), (1, -0.3), (1, 0.3), (-1, 0.3)]],
    "kite": [[(0, -1), (0.7, -0.2), (0, 1), (-0.7, -0.2)]],
}


def draw_figure(
    draw: ImageDraw.ImageDraw, figure: str, centre: tuple[float, float], radius: float, colour: Colour
) -> None:
    for shape in FIGURES[figure]:
        draw.polygon([(centre[0] + x * radius, centre[1] + y * radius) for x, y in shape], fill=colour)


def draw_name(
    draw: ImageDraw.ImageDraw, name: str, centre: tuple[float, float], size: int, colour: Colour
) -> None:
    draw.text(centre, name.upper(), font=letters(size), fill=colour, anchor="mm")


def pattern(figure: str, colour: Colour, size: tuple[int, int], step: int) -> Image.Image:
    """The figure repeated all over, as on a canvas bag; transparent between."""
    cloth = Image.new("RGBA", size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(cloth)
    for row, y in enumerate(range(step // 2, size[1] + step, step)):
        for x in range((row % 2) * step // 2, size[0] + step, step):
            draw_figure(draw, figure, (x, y), step * 0.22, colour)
    return cloth
