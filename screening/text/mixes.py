"""Names half in Hangul and half in Latin letters."""

from collections.abc import Iterator, Sequence

import numpy as np

from .context import goes_on
from .fold import BREAK, LINE, Codes, Folded, Places, decoded
from .names import Name
from .neighbours import is_syllable

SLACK = 0.34  # how far the two halves may be from making one whole


class Mixes:
    """Brands that have a name in each script, by the two ends of a mixed spelling."""

    def __init__(self, names: Sequence[Name]) -> None:
        korean: dict[int, list[int]] = {}
        for index, name in enumerate(names):
            if name.hangul and len(name.light) > 1:
                for brand in name.brands:
                    korean.setdefault(brand, []).append(index)
        self.names = names
        self.ends: dict[str, list[tuple[int, int]]] = {}
        for index, name in enumerate(names):
            if name.hangul or len(name.light) < 4 or not name.light.isascii():
                continue
            for one in {one for brand in name.brands for one in korean.get(brand, ())}:
                other = names[one].light
                self.ends.setdefault(other[0] + name.light[-1], []).append((one, index))
                self.ends.setdefault(name.light[0] + other[-1], []).append((index, one))

    def find(self, folded: Folded) -> Iterator[tuple[int, int, int]]:
        """Start and end in the light form, and the Korean name, of every mixed spelling."""
        if not self.ends:
            return
        for start, seam, end in runs(folded.light):
            head, tail = decoded(folded.light[start:seam]), decoded(folded.light[seam:end])
            for stop in range(1, len(tail) + 1):
                for first, second in self.ends.get(head[0] + tail[stop - 1], ()):
                    ended = stop == len(tail) or ("가" <= tail[0] <= "힣" and goes_on(tail[stop:]))
                    if ended and self.is_whole(head, tail[:stop], first, second):
                        yield start, seam + stop, first if self.names[first].hangul else second

    def is_whole(self, head: str, tail: str, first: int, second: int) -> bool:
        """Whether a head of one name and a tail of the other make about one name."""
        one, other = self.names[first].light, self.names[second].light
        if (
            not (one.startswith(head) and other.endswith(tail))
            or min(len(one) - len(head), len(other) - len(tail)) < 1
        ):
            return False
        latin = len(head) if other == self.names[second].light and self.names[second].hangul else len(tail)
        return latin > 1 and abs(len(head) / len(one) + len(tail) / len(other) - 1) <= SLACK


def runs(light: Codes) -> Iterator[tuple[int, int, int]]:
    """Unbroken words that change script once: start, seam, end."""
    solid = (light != BREAK) & (light != LINE)
    hangul = is_syllable(light)
    seams: Places = np.flatnonzero(solid[1:] & solid[:-1] & (hangul[1:] != hangul[:-1])) + 1
    edges = np.flatnonzero(~solid)
    where = np.searchsorted(edges, seams)
    starts = (
        np.where(where > 0, edges[np.maximum(where - 1, 0)] + 1, 0) if len(edges) else np.zeros_like(seams)
    )
    ends = np.append(edges, len(light))[where]
    lone = np.ones(len(seams), dtype=bool)
    lone[1:] &= starts[1:] != starts[:-1]
    previous = np.where(lone, starts, np.concatenate([[0], seams[:-1]])) if len(seams) else starts
    following = np.where(np.append(lone[1:], True), ends, np.append(seams[1:], 0)) if len(seams) else ends
    yield from zip(previous.tolist(), seams.tolist(), following.tolist(), strict=True)
