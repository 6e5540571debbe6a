"""Where in a picture another may sit: panels with straight edges first, then even tiles."""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Box = tuple[float, float, float, float]
Edges = NDArray[np.float32]

MAX_PANELS = 10
MAX_LINES = 9  # on each axis, the picture's own borders among them
MIN_SIDE = 0.2  # of the picture's, for a panel
STEP = 12.0  # grey levels across a panel's edge


def proposals(grey: NDArray[np.uint8], aspect: float) -> list[Box]:
    """Boxes [x0, y0, x1, y1] in shares of a picture, given in grey at some 200 pixels a side; never its whole."""
    return panels(grey) + tiles(aspect)


def tiles(aspect: float) -> list[Box]:
    """Overlapping halves, quarters, thirds and, along the longer side of a long picture, square steps."""
    half = [(0.0, 0.0, 0.6, 1.0), (0.4, 0.0, 1.0, 1.0), (0.0, 0.0, 1.0, 0.6), (0.0, 0.4, 1.0, 1.0)]
    quarter = [(x, y, x + 0.5, y + 0.5) for x in (0.0, 0.5) for y in (0.0, 0.5)]
    centre = [(0.15, 0.15, 0.85, 0.85), (0.25, 0.25, 0.75, 0.75)]
    third = [(x / 3, y / 3, (x + 1) / 3, (y + 1) / 3) for x in range(3) for y in range(3)]
    return half + quarter + centre + third + _steps(aspect)


def _steps(aspect: float) -> list[Box]:
    if 0.66 < aspect < 1.5:
        return []
    side = min(aspect, 1 / aspect)
    starts = np.linspace(0, 1 - side, 4).tolist()
    if aspect < 1:
        return [(0.0, at, 1.0, at + side) for at in starts]
    return [(at, 0.0, at + side, 1.0) for at in starts]


def panels(grey: NDArray[np.uint8]) -> list[Box]:
    """Rectangles whose sides follow long straight edges, the best supported first, near-repeats left out."""
    level = grey.astype(np.float32)
    across = (np.abs(np.diff(level, axis=1)) > STEP).astype(np.float32)
    down = (np.abs(np.diff(level, axis=0)) > STEP).astype(np.float32)
    height, width = grey.shape
    columns, rows = _lines(across.T), _lines(down)
    # A side's support is read off running sums along the edge map, one look-up an end.
    along_x, along_y = _running(across.T), _running(down)
    scored: list[tuple[float, Box]] = []
    for left, right in _spans(columns, width):
        for top, bottom in _spans(rows, height):
            sides = (
                _support(along_x, left, width, top, bottom),
                _support(along_x, right, width, top, bottom),
                _support(along_y, top, height, left, right),
                _support(along_y, bottom, height, left, right),
            )
            if min(sides) > 0.25 and (left, top, right, bottom) != (0, 0, width, height):
                scored.append((sum(sides), (left / width, top / height, right / width, bottom / height)))
    return _distinct(scored)


def _lines(edges: Edges) -> list[int]:
    """Places 1.. of the rows of the edge map with the most edge in one stretch, strongest kept, in order."""
    length = edges.shape[1]
    window = max(4, length // 5)
    sums = np.cumsum(np.pad(edges, ((0, 0), (1, 0))), axis=1)
    strength = (sums[:, window:] - sums[:, :-window]).max(axis=1) / window
    kept: list[int] = []
    for place in np.argsort(-strength, kind="stable").tolist():
        if strength[place] < 0.5 or len(kept) == MAX_LINES - 2:
            break
        if all(abs(place - other) > 2 for other in kept):
            kept.append(place)
    return sorted(place + 1 for place in kept)


def _spans(lines: list[int], length: int) -> list[tuple[int, int]]:
    places = sorted({0, *lines, length})
    return [(low, high) for low, high in combinations(places, 2) if high - low >= MIN_SIDE * length]


def _running(edges: Edges) -> Edges:
    thick = edges.copy()
    for shift in (-1, 1):
        thick = np.maximum(thick, np.roll(edges, shift, axis=0))
    return np.cumsum(np.pad(thick, ((0, 0), (1, 0))), axis=1)


def _support(running: Edges, place: int, end: int, low: int, high: int) -> float:
    """The share of the side that lies on an edge; the picture's own border counts as half."""
    if place in (0, end):
        return 0.5
    return float(running[place - 1, high] - running[place - 1, low]) / (high - low)


def _distinct(scored: list[tuple[float, Box]]) -> list[Box]:
    kept: list[Box] = []
    for _, box in sorted(scored, key=lambda one: (-one[0], one[1])):
        if all(_overlap(box, other) < 0.8 for other in kept):
            kept.append(box)
        if len(kept) == MAX_PANELS:
            break
    return kept


def _overlap(one: Box, other: Box) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    tall = min(one[3], other[3]) - max(one[1], other[1])
    shared = max(0.0, wide) * max(0.0, tall)
    return shared / (_area(one) + _area(other) - shared)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
