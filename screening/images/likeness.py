"""How alike a reference and the part of a picture laid over it are, in detail that a photo taken anew has not."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from screening.images.features import Grey
from screening.images.geometry import Map, enlargement

Cells = NDArray[np.float32]

CELLS = 12  # the two are compared in 12 × 12 cells
CELL = 16  # of 16 × 16 points
FRAME = CELLS * CELL
MIN_SPREAD = 4.0  # grey levels; flatter cells say nothing
MIN_CELLS = 6  # cells
KEPT = 0.7  # of a cell's points when what lies over it (a watermark) is left out
FLAGS = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP


@dataclass(frozen=True, slots=True)
class Likeness:
    """Correlations, -1..1, of the cells that show anything: in the upper middle, below it and near the lowest.

    `clear` and `clear_below` leave out in each cell the points that differ most; `shown` is the share of cells compared.
    """

    upper: float = 0.0
    below: float = 0.0
    lowest: float = 0.0
    clear: float = 0.0
    clear_below: float = 0.0
    shown: float = 0.0


def likeness(reference: Grey, picture: Grey, matrix: Map) -> Likeness:
    """A banner or a sticker spoils only the cells that it hides; a photo taken anew fails in fine detail everywhere."""
    one, other, mask = _cells(reference, picture, matrix)
    all_points = np.ones_like(one)
    plain, off = _alike(one, other, all_points)
    shown = (mask.min(axis=1) > 250) & (one.var(axis=1) > MIN_SPREAD**2)
    if shown.sum() < MIN_CELLS:
        return Likeness()
    limit = np.quantile(off[shown], KEPT, axis=1, keepdims=True)
    clear, _ = _alike(one[shown], other[shown], (off[shown] <= limit).astype(np.float32))
    upper, below, lowest = np.quantile(plain[shown], (0.6, 0.4, 0.2)).tolist()
    clearly, clearly_below = np.quantile(clear, (0.6, 0.3)).tolist()
    return Likeness(upper, below, lowest, clearly, clearly_below, float(shown.mean()))


def _cells(reference: Grey, picture: Grey, matrix: Map) -> tuple[Cells, Cells, Cells]:
    """The reference, the picture laid over it, and where there is any, each as (cells, points)."""
    height, width = reference.shape
    to_reference = np.diag((width / FRAME, height / FRAME, 1.0))
    to_picture = matrix @ to_reference
    step = max(width, height) / FRAME
    return (
        _sampled(reference, to_reference, step),
        _sampled(picture, to_picture, step * enlargement(matrix, reference.shape)),
        _sampled(np.full_like(picture, 255), to_picture, 0.0),
    )


def _sampled(grey: Grey, onto: Map, step: float) -> Cells:
    """Smoothed first, as far as one point of the frame skips pixels."""
    smooth = cv2.GaussianBlur(grey, (0, 0), 0.45 * step) if step > 0.7 else grey
    frame = cv2.warpPerspective(smooth, onto, (FRAME, FRAME), flags=FLAGS)
    cells = np.asarray(frame, np.float32).reshape(CELLS, CELL, CELLS, CELL).swapaxes(1, 2)
    return cells.reshape(CELLS * CELLS, CELL * CELL)


def _alike(one: Cells, other: Cells, kept: Cells) -> tuple[Cells, Cells]:
    """The correlation of each cell over the kept points, and how far each point lies off the line through them."""
    count = kept.sum(axis=1, keepdims=True)
    left = one - (one * kept).sum(axis=1, keepdims=True) / count
    right = other - (other * kept).sum(axis=1, keepdims=True) / count
    across = (left * right * kept).sum(axis=1)
    spread = (left * left * kept).sum(axis=1) + 1e-6
    # Two grey levels² a point: noise of a flat part must not count as structure.
    alike = across / np.sqrt(spread * ((right * right * kept).sum(axis=1) + 2 * count[:, 0]))
    off = np.abs(right - (across / spread)[:, None] * left)
    return alike.astype(np.float32), off.astype(np.float32)
