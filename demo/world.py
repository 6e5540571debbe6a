"""The invented marketplace as ``world.toml`` tells it."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from demo.drawing.canvas import Colour
from demo.drawing.goods import METALS, Design
from klean.core.rows.validators import BRN_WEIGHTS

SEED = "klean"
COLOURS: tuple[Colour, ...] = (
    (34, 34, 38),
    (40, 54, 96),
    (112, 34, 44),
    (176, 126, 78),
    (226, 216, 198),
    (96, 104, 66),
    (132, 134, 140),
    (208, 150, 158),
)
GENERIC = "Plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoBrand:
    name: str
    korean_name: str
    aliases: list[str]
    kind: str
    category: str
    country: str
    protection: str
    list_price: int
    figure: str
    holder: str


@dataclass(frozen=True, slots=True)
class Shop:
    """``trade`` is honest, official or shady; ``brands`` are those that it is authorised to sell."""

    external_id: str
    name: str
    trade: str
    brands: tuple[str, ...]
    business_number: str


@cache
def world() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "world.toml").read_text())


@cache
def demo_brands() -> tuple[DemoBrand, ...]:
    return tuple(DemoBrand(**row) for row in world()["brands"])


@cache
def shops() -> tuple[Shop, ...]:
    rows = [
        (name, group["trade"], tuple(group["brands"][place]) if "brands" in group else ())
        for group in world()["shops"]
        for place, name in enumerate(group["names"])
    ]
    return tuple(
        Shop(f"S{7001 + place}", *row, business_number=business_number(place))
        for place, row in enumerate(rows)
    )


def business_number(place: int) -> str:
    """A number of the right form, from a range that no tax office gives out."""
    digits = [int(digit) for digit in f"99988{place + 1001:04}"]
    total = sum(w * n for w, n in zip(BRN_WEIGHTS, digits, strict=True)) + digits[8] * 5 // 10
    return "".join(map(str, [*digits, (10 - total % 10) % 10]))


def design_of(kind: str, brand: DemoBrand | None, colour: int, cut: int) -> Design:
    """How a product of this brand looks, or one without a brand."""
    name, figure = (brand.name, brand.figure) if brand else (GENERIC, "hexagon")
    return Design(kind, name, figure, COLOURS[colour], cut, METALS[(colour + cut) % len(METALS)])


def dice_for(purpose: str) -> Random:
    """The same throws every time, for each purpose its own."""
    return Random(f"{SEED} {purpose}")  # noqa: S311 an invented world, not a secret
