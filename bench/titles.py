"""Real titles, the brands that they truthfully name, and where the names stand."""

import csv
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from screening.signal import Item
from screening.text.names import BrandName

Finds = Callable[[list[Item]], list[set[str]]]  # brands found in each item


@dataclass(frozen=True)
class Row:
    """A real title, the brands that its row may truthfully name, and their names that stand in it."""

    item: Item
    truth: frozenset[str]
    spans: tuple[tuple[int, int, str], ...]


def squeezed(text: str) -> str:
    """A name without case and spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", plain))


def read_brands(folder: Path) -> list[BrandName]:
    """The brand file."""
    with (folder / "brands.csv").open(encoding="utf-8") as file:
        return [
            BrandName(
                r["brand"],
                r["korean_name"],
                tuple(filter(None, r["aliases"].split("|"))),
                r["category"],
                r["country"],
            )
            for r in csv.DictReader(file)
        ]


def word(name: str) -> re.Pattern[str]:
    """A name standing by itself: no letter of its own script touches it (Hangul may go on after it)."""
    behind = "" if re.search("[가-힣]$", name) else r"(?![a-z0-9])"
    return re.compile(r"(?<![a-z0-9가-힣])" + re.escape(name.casefold()) + behind)


class Names:
    """Which brands a written brand may be, and where their names stand in a title."""

    def __init__(self, brands: list[BrandName]) -> None:
        self.names = {b.brand: [n for n in (b.brand, b.korean_name, *b.aliases) if n] for b in brands}
        self.owners: dict[str, set[str]] = {}
        for brand, names in self.names.items():
            for name in names:
                self.owners.setdefault(squeezed(name), set()).add(brand)
        self.keys = {brand: {squeezed(name) for name in own} for brand, own in self.names.items()}
        self.words = {n: word(n) for names in self.names.values() for n in names}

    def truth(self, written: str) -> frozenset[str]:
        """The brands of the brand file that a row's brand may be."""
        return frozenset(self.owners.get(squeezed(written), ())) if written else frozenset()

    def spans(self, title: str, brands: Iterable[str]) -> Iterable[tuple[int, int, str]]:
        """Where a brand's longest plain name stands in a title."""
        low = title.casefold()
        if len(low) != len(title):
            return
        for brand in brands:
            for name in sorted(self.names[brand], key=len, reverse=True):
                if found := self.words[name].search(low):
                    yield found.start(), found.end(), brand
                    break


def read_rows(folder: Path, names: Names, half: int) -> list[Row]:
    """The titles of one half, split by product group."""
    rows = []
    with (folder / "titles.csv").open(encoding="utf-8") as file:
        for r in csv.DictReader(file):
            if zlib.crc32((r["group"] or r["listing_id"]).encode()) % 2 != half:
                continue
            truth = names.truth(r["brand"])
            category = r["category"] or r["category1"]
            item = Item(
                r["listing_id"],
                r["title"],
                category=category,
                condition=r["condition"],
                market=r["marketplace"],
            )
            rows.append(Row(item, truth, tuple(names.spans(r["title"], truth))))
    return rows
