"""Where a product is photographed: a brand's studio, or somebody's table."""

from math import pi, sin
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from demo.drawing.canvas import SIZE, Colour, glow, gradient, mixed, shade

WARM: tuple[Colour, ...] = (
    (226, 214, 196),
    (208, 190, 168),
    (196, 206, 204),
    (222, 222, 228),
    (186, 176, 170),
)
STRONG: tuple[Colour, ...] = ((84, 98, 122), (126, 88, 74), (70, 92, 80), (146, 128, 96), (58, 56, 66))


def studio(dice: Random) -> Image.Image:
    """Even light, a plain ground, a soft plinth: how brands show their goods."""
    ground = dice.choice(WARM)
    scene = gradient(mixed(ground, (255, 255, 255), 0.75), shade(ground, 0.88), dice.uniform(60, 120))
    draw = ImageDraw.Draw(scene)
    shape = dice.randrange(4)
    if shape == 0:
        draw.ellipse((-150, 720, 1150, 1300), fill=shade(ground, 0.8))
    elif shape == 1:
        draw.rectangle((dice.randint(0, 300), 0, dice.randint(420, 900), SIZE), fill=shade(ground, 0.84))
    elif shape == 2:
        draw.polygon(
            [(0, 250), (SIZE, dice.randint(400, 800)), (SIZE, SIZE), (0, SIZE)], fill=shade(ground, 0.78)
        )
    else:
        middle = dice.randint(300, 700)
        draw.ellipse((middle - 400, 80, middle + 400, 880), fill=mixed(ground, (255, 255, 255), 0.5))
    return glow(scene.reduce(2), (dice.uniform(0.2, 0.8), 0.2), 0.3)


def home(dice: Random) -> Image.Image:
    """A table, a floor or a bed, with things about: how people show what they sell."""
    scene = dice.choice((_planks, _tiles, _cloth, _corner, _wall))(dice)
    draw = ImageDraw.Draw(scene)
    for _ in range(dice.randint(1, 4)):
        _thing(draw, dice)
    scene = scene.reduce(2)
    if dice.random() < 0.6:
        _window(scene, dice)
    return glow(scene, (dice.uniform(0, 1), dice.uniform(0, 1)), dice.uniform(0.3, 0.9))


def _planks(dice: Random) -> Image.Image:
    wood = dice.choice(((168, 124, 84), (122, 86, 60), (206, 176, 138), (94, 76, 64)))
    scene, wide = gradient(shade(wood, 1.1), shade(wood, 0.8), dice.uniform(0, 180)), dice.randint(90, 220)
    draw, upright = ImageDraw.Draw(scene), dice.random() < 0.5
    for edge in range(-dice.randint(0, wide), SIZE, wide):
        tone = shade(wood, dice.uniform(0.82, 1.18))
        box = (edge, 0, edge + wide - 6, SIZE) if upright else (0, edge, SIZE, edge + wide - 6)
        draw.rectangle(box, fill=tone)
        for _ in range(5):
            at = edge + dice.randint(8, wide - 8)
            draw.line((at, 0, at, SIZE) if upright else (0, at, SIZE, at), fill=shade(tone, 0.9), width=3)
    return scene


def _tiles(dice: Random) -> Image.Image:
    one, size = dice.choice(WARM), dice.randint(120, 300)
    other = mixed(one, dice.choice(STRONG), dice.uniform(0.15, 0.9))
    scene = Image.new("RGB", (SIZE, SIZE), one)
    draw, left, top = ImageDraw.Draw(scene), dice.randint(0, size), dice.randint(0, size)
    for row in range(-1, SIZE // size + 2):
        for column in range(-1, SIZE // size + 2):
            x, y = column * size - left + size // 2, row * size - top + size // 2
            tone = shade(one if (row + column) % 2 else other, dice.uniform(0.95, 1.05))
            draw.rectangle((x, y, x + size - 5, y + size - 5), fill=tone)
    return scene.rotate(dice.choice((0, 0, 12, 30, 45)), resample=Image.Resampling.BICUBIC, fillcolor=other)


def _cloth(dice: Random) -> Image.Image:
    tone = dice.choice((*WARM, *STRONG))
    scene = gradient(shade(tone, 1.15), shade(tone, 0.75), dice.uniform(0, 360))
    draw, turns, high = ImageDraw.Draw(scene), dice.uniform(1, 4), dice.randint(30, 110)
    for fold in range(dice.randint(3, 8)):
        start = fold * dice.randint(120, 260) - 200
        line = [
            (x, start + high * sin(x / SIZE * turns * pi + fold) + x * 0.35)
            for x in range(-20, SIZE + 40, 20)
        ]
        draw.line(line, fill=shade(tone, dice.choice((0.7, 0.85, 1.2))), width=dice.randint(14, 60))
    return scene.filter(ImageFilter.GaussianBlur(9))


def _corner(dice: Random) -> Image.Image:
    wall, floor = dice.choice(WARM), dice.choice(STRONG)
    scene = gradient(shade(wall, 1.05), shade(wall, 0.85), dice.uniform(0, 180))
    edge, tilt = dice.randint(380, 800), dice.randint(-140, 140)
    ImageDraw.Draw(scene).polygon([(0, edge), (SIZE, edge + tilt), (SIZE, SIZE), (0, SIZE)], fill=floor)
    return scene


def _wall(dice: Random) -> Image.Image:
    tone, wide = dice.choice((*WARM, *STRONG)), dice.randint(60, 190)
    scene = gradient(tone, shade(tone, 0.7), dice.uniform(0, 360))
    draw, lean = ImageDraw.Draw(scene), dice.randint(-500, 500)
    for x in range(-600, SIZE + 600, wide * 2):
        draw.polygon(
            [(x, 0), (x + wide, 0), (x + wide + lean, SIZE), (x + lean, SIZE)], fill=shade(tone, 0.82)
        )
    return scene


def _thing(draw: ImageDraw.ImageDraw, dice: Random) -> None:
    """A cup, a book, a box or a leaf at the edge of the picture."""
    x, y = dice.choice((dice.randint(-80, 220), dice.randint(720, 1000))), dice.randint(-40, 1000)
    size, tone = dice.randint(120, 330), dice.choice((*WARM, *STRONG))
    shape = dice.randrange(3)
    if shape == 0:
        draw.ellipse((x, y, x + size, y + size), fill=tone, outline=shade(tone, 0.6), width=12)
        draw.ellipse((x + 30, y + 30, x + size - 30, y + size - 30), fill=shade(tone, 0.55))
    elif shape == 1:
        draw.polygon(
            [(x, y), (x + size, y + 50), (x + size - 60, y + size), (x - 60, y + size - 50)], fill=tone
        )
        draw.line((x - 40, y + size - 80, x + size - 60, y + size - 30), fill=shade(tone, 0.6), width=10)
    else:
        for step in range(5):
            top = (x + step * 34, y + step * 50)
            draw.polygon(
                [top, (top[0] + size, top[1] - 60), (top[0] + size // 2, top[1] + 70)], fill=(78, 116, 82)
            )


def _window(scene: Image.Image, dice: Random) -> None:
    """The light of a window across it all."""
    light, x, lean = Image.new("L", (SIZE, SIZE), 0), dice.randint(-200, 700), dice.randint(-300, 300)
    draw, wide = ImageDraw.Draw(light), dice.randint(120, 260)
    for pane in range(2):
        left = x + pane * (wide + 40)
        draw.polygon([(left, 0), (left + wide, 0), (left + wide + lean, SIZE), (left + lean, SIZE)], fill=70)
    scene.paste((255, 248, 228), (0, 0), light.reduce(2).filter(ImageFilter.GaussianBlur(4)))
