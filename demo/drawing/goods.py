"""Bags, shoes, watches and bottles, each in a few cuts."""

from dataclasses import dataclass
from math import cos, pi, sin

from PIL import Image, ImageDraw

from demo.drawing.canvas import Colour, empty, mixed, shade, stitches
from demo.drawing.marks import draw_figure, draw_name, pattern

METALS: tuple[Colour, ...] = ((205, 170, 96), (190, 194, 200), (84, 84, 92))


@dataclass(frozen=True, slots=True)
class Design:
    """How one product looks; a copy of it has the same design."""

    kind: str
    name: str
    figure: str
    colour: Colour
    cut: int
    metal: Colour


def draw_goods(design: Design) -> Image.Image:
    """The product alone on a transparent canvas."""
    thing = empty()
    KINDS[design.kind](ImageDraw.Draw(thing), thing, design)
    return thing


def _bag(draw: ImageDraw.ImageDraw, thing: Image.Image, design: Design) -> None:
    dark, thread = shade(design.colour, 0.62), mixed(design.colour, (255, 255, 255), 0.45)
    left, top, right, bottom = ((190, 400, 810, 830), (150, 460, 850, 820), (250, 360, 750, 850))[
        design.cut % 3
    ]
    draw.arc((left + 130, 120, right - 130, top + 300), 180, 360, fill=dark, width=30)
    draw.arc((left + 142, 132, right - 142, top + 290), 180, 360, fill=shade(design.colour, 1.15), width=6)
    body = [
        (left + 30, top),
        (right - 30, top),
        (right, bottom - 40),
        (right - 40, bottom),
        (left + 40, bottom),
    ]
    draw.polygon([*body, (left, bottom - 40)], fill=design.colour)
    if design.cut % 2:
        cloth = pattern(design.figure, shade(design.colour, 1.35), (right - left - 60, bottom - top - 20), 74)
        thing.alpha_composite(cloth, (left + 30, top + 10))
    stitches(draw, [(left + 44, top + 18), (left + 26, bottom - 44)], thread)
    stitches(draw, [(right - 44, top + 18), (right - 26, bottom - 44)], thread)
    if design.cut % 3 != 1:
        flap = [(left + 26, top), (right - 26, top), (right - 70, top + 190), (left + 70, top + 190)]
        draw.polygon(flap, fill=shade(design.colour, 0.82))
        stitches(draw, [flap[3], flap[2]], thread)
    middle = (left + right) / 2
    draw.rounded_rectangle((middle - 46, top + 150, middle + 46, top + 226), 14, fill=design.metal)
    draw_figure(draw, design.figure, (middle, top + 188), 26, shade(design.metal, 0.5))
    draw_name(draw, design.name, (middle, bottom - 90), 52, shade(design.metal, 1.1))
    for x in (left + 150, right - 150):
        draw.ellipse((x - 17, top - 30, x + 17, top + 4), outline=design.metal, width=9)


def _shoe(draw: ImageDraw.ImageDraw, thing: Image.Image, design: Design) -> None:
    sole = mixed(design.colour, (246, 244, 238), 0.85)
    high = 330 if design.cut % 2 else 430
    upper = [
        (150, 660),
        (160, high + 30),
        (210, high),
        (360, high + 20),
        (400, high + 120),
        (560, 560),
        (760, 600),
        (860, 650),
        (872, 700),
        (150, 706),
    ]
    draw.polygon(upper, fill=design.colour)
    draw.polygon(
        [(640, 580), (760, 600), (860, 650), (872, 702), (600, 702)], fill=shade(design.colour, 0.78)
    )
    draw.polygon([(150, 660), (156, 520), (262, 540), (300, 704), (150, 706)], fill=shade(design.colour, 0.7))
    draw.rounded_rectangle((132, 694, 890, 768), 34, fill=sole)
    for x in range(160, 870, 46 if design.cut % 3 else 30):
        draw.line((x, 738, x + 20, 762), fill=shade(sole, 0.72), width=8)
    for step in range(5):
        x, y = 372 + step * 42, high + 120 + step * (560 - high - 100) / 5
        draw.line((x, y, x + 62, y - 26), fill=(250, 250, 248), width=13)
    draw_figure(draw, design.figure, (470, 640), 62, mixed(design.colour, (255, 255, 255), 0.8))
    draw_name(draw, design.name, (236, 660), 27, mixed(design.colour, (255, 255, 255), 0.85))


def _watch(draw: ImageDraw.ImageDraw, thing: Image.Image, design: Design) -> None:
    strap = shade(design.colour, 0.8)
    draw.polygon([(400, 40), (600, 40), (628, 330), (372, 330)], fill=strap)
    draw.polygon([(372, 670), (628, 670), (600, 960), (400, 960)], fill=strap)
    if design.cut % 2:
        for y in (*range(60, 330, 44), *range(690, 950, 44)):
            draw.line((384, y, 616, y), fill=shade(design.metal, 0.7), width=10)
    else:
        stitches(draw, [(414, 60), (392, 320)], mixed(strap, (255, 255, 255), 0.5))
        stitches(draw, [(586, 60), (608, 320)], mixed(strap, (255, 255, 255), 0.5))
    draw.rounded_rectangle((742, 468, 800, 532), 10, fill=shade(design.metal, 0.8))
    draw.ellipse((250, 250, 750, 750), fill=design.metal)
    face = (244, 242, 234) if design.cut % 3 else shade(design.colour, 0.45)
    ink = (40, 40, 46) if design.cut % 3 else (236, 234, 226)
    draw.ellipse((288, 288, 712, 712), fill=face, outline=shade(design.metal, 0.55), width=8)
    for hour in range(12):
        x, y = sin(hour * pi / 6), -cos(hour * pi / 6)
        ends = (500 + 160 * x, 500 + 160 * y, 500 + (196 if hour % 3 else 204) * x, 500 + 200 * y)
        draw.line(ends, fill=ink, width=7 if hour % 3 else 14)
    for turn, length, width in ((0.9 + design.cut, 104, 15), (2.6 + design.cut * 1.7, 158, 9)):
        draw.line((500, 500, 500 + length * sin(turn), 500 - length * cos(turn)), fill=ink, width=width)
    draw.ellipse((486, 486, 514, 514), fill=design.metal)
    draw_figure(draw, design.figure, (500, 398), 26, ink)
    draw_name(draw, design.name, (500, 600), 30, ink)


def _bottle(draw: ImageDraw.ImageDraw, thing: Image.Image, design: Design) -> None:
    glass, edge = design.colour, shade(design.colour, 0.66)
    wide = (190, 250, 150)[design.cut % 3]
    left, right = 500 - wide, 500 + wide
    cap_top = 130 if design.cut % 2 else 200
    draw.rounded_rectangle((430, cap_top, 570, 330), 18, fill=design.metal)
    draw.rectangle((430, 282, 570, 296), fill=shade(design.metal, 0.6))
    draw.rounded_rectangle(
        (left, 320, right, 880), 60 if design.cut % 2 else 22, fill=glass, outline=edge, width=8
    )
    draw.rounded_rectangle((left + 26, 350, left + 60, 850), 16, fill=mixed(glass, (255, 255, 255), 0.5))
    paper = mixed(glass, (255, 255, 250), 0.88)
    draw.rectangle((left + 84, 500, right - 40, 790), fill=paper)
    draw_figure(draw, design.figure, ((left + 44 + right) / 2, 580), 52, edge)
    draw_name(draw, design.name, ((left + 44 + right) / 2, 680), min(46, wide // 5), (50, 48, 54))
    for row in range(3):
        draw.line((left + 120, 724 + row * 18, right - 76, 724 + row * 18), fill=shade(paper, 0.75), width=4)


KINDS = {"bag": _bag, "shoe": _shoe, "watch": _watch, "bottle": _bottle}
