"""What moves a price, each by itself: the brand, the kind of goods and its condition, and the words that describe it."""

import math
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .kinds import kind_of, words_of

if TYPE_CHECKING:
    from scipy import sparse

USED = {"used", "refurbished"}
START = math.log(50_000)  # of anything while nothing is known
SHRINK = 8.0  # rows at which an effect is believed by half
MIN_ROWS = 5  # rows that a word needs,
MIN_BRANDS = 3  # and brands that use it: another's name or model says nothing about a price elsewhere
ROUNDS = 3  # of weighing odd prices down
STEPS = 40  # of the solver in each; more change nothing that shows
FAR = 1.5  # standard deviations from which a row weighs less, so that odd prices do not move what is usual


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A price asked for goods of a brand, in KRW; ``weight`` is how many rows it counts for."""

    brand: str
    category: str
    condition: str
    market: str
    price: int
    title: str = ""
    weight: float = 1.0

    @property
    def kind(self) -> str:
        return kind_of(self.category) or kind_of(self.title)


@dataclass(frozen=True, slots=True)
class Levels:
    """The log price of anything at all, and by how much each feature moves it."""

    base: float
    effects: Mapping[str, float]

    def of(self, brand: str, kind: str, condition: str, text: str) -> float:
        """The log price that such goods would have."""
        known = self.effects
        return self.base + sum([known.get(name, 0.0) for name in features(brand, kind, condition, text)])


def features(brand: str, kind: str, condition: str, text: str) -> list[str]:
    """What may move a price; ``text`` is what the shop writes, the category as well."""
    start = f"word:{kind} "
    return [
        f"brand:{brand.casefold()}",
        f"kind:{kind} {state_of(condition)}",
        *[start + word for word in words_of(text)],
    ]


def state_of(condition: str) -> str:
    """Refurbished goods are priced as used ones, unsaid ones as new."""
    return "used" if condition in USED else "new"


def fit_levels(rows: Sequence[PriceRow]) -> Levels:
    """The effects that explain these prices, rare ones shrunk, rows far off weighed down."""
    from scipy import sparse
    from scipy.sparse.linalg import lsqr

    if not rows:
        return Levels(START, {})
    matrix, names = _matrix(rows)
    prices = np.log([row.price for row in rows])
    weights = np.array([row.weight for row in rows])
    base, effects, trust = float(np.median(prices)), np.zeros(len(names)), np.ones(len(rows))
    for _ in range(ROUNDS):
        scale = np.sqrt(weights * trust)
        effects = lsqr(
            sparse.diags(scale) @ matrix,
            scale * (prices - base),
            damp=math.sqrt(SHRINK),
            iter_lim=STEPS,
            x0=effects,
        )[0]
        off = np.abs(prices - base - matrix @ effects)
        spread = max(1.4826 * float(np.median(off)), 0.05)
        trust = 1 / np.maximum(1, off / (FAR * spread))
    return Levels(round(base, 6), dict(zip(names, effects.round(4).tolist(), strict=True)))


def _matrix(rows: Sequence[PriceRow]) -> tuple["sparse.csr_matrix", list[str]]:
    """Rows × features, ones where a row has a feature that counts, and the features' names."""
    from scipy import sparse

    places: dict[str, int] = {}
    brands_of: dict[str, set[str]] = {}
    cells, ends = array("l"), array("l", [0])
    for row in rows:
        for name in features(row.brand, row.kind, row.condition, f"{row.title} {row.category}"):
            cells.append(places.setdefault(name, len(places)))
            if name.startswith("word:") and len(users := brands_of.setdefault(name, set())) < MIN_BRANDS:
                users.add(row.brand)
        ends.append(len(cells))
    matrix = sparse.csr_matrix(
        (np.ones(len(cells)), np.array(cells), np.array(ends)), (len(rows), len(places))
    )
    seen = Counter(dict(enumerate(matrix.getnnz(axis=0).tolist())))
    kept = [
        place
        for name, place in places.items()
        if name != "brand:"
        and (name not in brands_of or (seen[place] >= MIN_ROWS and len(brands_of[name]) >= MIN_BRANDS))
    ]
    names = list(places)
    return matrix[:, kept], [names[place] for place in kept]
