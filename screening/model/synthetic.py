"""Labelled listings made by code, for the time before a desk has decided on real ones.

Each kind of listing has a share of a catalogue and, for each feature, how often it is there and between which values.
The shares and values are assumptions, written down from what test purchases and replica shops were reported to show
(fakes at 27 to 65 % of the usual price, most of them without slang); they are no measurement of any marketplace.
"""

from dataclasses import dataclass

import numpy as np

from screening.model.features import NAMES, PLACE, Rows, with_products

ORIGIN = "synthetic: made by code from assumed kinds of listings, no real decision in it"
Span = tuple[float, float, float]  # how often, from, to


@dataclass(frozen=True)
class Kind:
    """``share`` is per 10,000 listings."""

    name: str
    share: int
    is_fake: bool
    spans: dict[str, Span]


BRAND: dict[str, Span] = {"mention": (1.0, 0.7, 1.0), "monitored": (0.9, 0.2, 0.3)}
KINDS = (
    Kind("goods without a brand", 3300, False, {"language": (0.01, 0.1, 0.5), "history": (0.05, 0.05, 0.4)}),
    Kind(
        "brand goods",
        4895,
        False,
        BRAND
        | {
            "price": (0.2, 0.02, 0.7),
            "language": (0.01, 0.1, 0.5),
            "official_picture": (0.2, 0.35, 0.7),
            "history": (0.05, 0.05, 0.4),
            "disguise": (0.005, 0.4, 0.95),
        },
    ),
    Kind(
        "brand goods of an authorised seller",
        800,
        False,
        {
            "mention": (1.0, 0.7, 1.0),
            "official_picture": (0.6, 0.35, 0.7),
            "price": (0.2, 0.02, 0.7),
            "dear_discount": (0.02, 0.05, 0.5),
        },
    ),
    Kind(
        "used brand goods",
        500,
        False,
        BRAND
        | {
            "price": (0.5, 0.05, 1.0),
            "language": (0.05, 0.1, 0.5),
            "history": (0.1, 0.05, 0.3),
        },
    ),
    Kind("small things of a brand", 100, False, BRAND | {"price": (1.0, 0.4, 1.0)}),
    Kind(
        "dear goods at a discount",
        80,
        False,
        BRAND
        | {
            "price": (1.0, 0.05, 0.6),
            "dear_discount": (1.0, 0.05, 0.45),
            "official_picture": (0.4, 0.35, 0.7),
        },
    ),
    Kind(
        "spare parts of dear goods",
        30,
        False,
        BRAND | {"price": (1.0, 0.1, 1.0), "dear_discount": (1.0, 0.3, 0.95)},
    ),
    Kind("accessories in the manner of", 60, False, {"passing_off": (1.0, 0.3, 0.8)}),
    Kind(
        "gated goods without leave, genuine",
        20,
        False,
        {"mention": (1.0, 0.7, 1.0), "gated": (1.0, 0.6, 0.95)},
    ),
    Kind(
        "packshots that look alike", 20, False, {"known_fake": (1.0, 0.47, 0.65), "mention": (0.5, 0.7, 1.0)}
    ),
    Kind(
        "fakes that say so",
        45,
        True,
        BRAND
        | {
            "language": (1.0, 0.55, 1.0),
            "price": (0.6, 0.1, 1.0),
            "dear_discount": (0.5, 0.2, 0.75),
            "history": (0.4, 0.1, 0.8),
            "disguise": (0.2, 0.5, 1.0),
            "gated": (0.2, 0.6, 0.95),
        },
    ),
    Kind(
        "fakes that only the price tells",
        90,
        True,
        BRAND
        | {
            "price": (1.0, 0.15, 0.8),
            "dear_discount": (0.95, 0.25, 0.75),
            "official_picture": (0.5, 0.35, 0.7),
            "history": (0.4, 0.1, 0.8),
            "gated": (0.2, 0.6, 0.95),
        },
    ),
    Kind(
        "fakes under a disguised name",
        25,
        True,
        {
            "disguise": (1.0, 0.6, 1.0),
            "mention": (0.9, 0.6, 1.0),
            "monitored": (0.9, 0.15, 0.3),
            "price": (0.7, 0.1, 1.0),
            "dear_discount": (0.5, 0.2, 0.75),
            "language": (0.4, 0.4, 1.0),
            "history": (0.4, 0.1, 0.8),
        },
    ),
    Kind(
        "passing off",
        15,
        True,
        {
            "passing_off": (1.0, 0.6, 1.0),
            "price": (0.3, 0.1, 1.0),
            "language": (0.3, 0.4, 1.0),
            "disguise": (0.3, 0.4, 1.0),
        },
    ),
    Kind(
        "removed fakes shown again",
        15,
        True,
        BRAND
        | {
            "known_fake": (1.0, 0.6, 1.0),
            "history": (0.5, 0.2, 0.9),
            "price": (0.5, 0.2, 1.0),
            "dear_discount": (0.4, 0.2, 0.75),
        },
    ),
    Kind("known dealers", 5, True, BRAND | {"history": (1.0, 0.5, 0.95), "price": (0.6, 0.1, 1.0)}),
)


def labelled(count: int, *, seed: int) -> tuple[Rows, np.ndarray]:
    """An (n, features) matrix and n labels, the same for the same seed."""
    dice = np.random.default_rng(seed)
    shares = np.array([kind.share for kind in KINDS], dtype=np.float64)
    drawn = dice.choice(len(KINDS), size=count, p=shares / shares.sum())
    rows = np.zeros((count, len(NAMES)))
    for number, kind in enumerate(KINDS):
        mine = np.flatnonzero(drawn == number)
        for name, (often, low, high) in kind.spans.items():
            there = dice.random(len(mine)) < often
            rows[mine, PLACE[name]] = there * dice.uniform(low, high, len(mine))
    return with_products(rows), np.array([kind.is_fake for kind in KINDS])[drawn]
