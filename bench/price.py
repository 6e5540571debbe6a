"""Price outliers: detection at fixed false alarms on real rows, some of them priced as real counterfeits were."""

import argparse
import csv
import json
import math
import os
import random
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import fmean, pstdev

from screening.checks.price_outlier.find import outliers
from screening.price.book import PriceBook
from screening.price.levels import PriceRow
from screening.price.money import parse_price
from screening.signal import Item

RESULT = Path(__file__).parent / "results" / "price.json"
Score = Callable[[list[PriceRow]], list[float]]
FALSE = (0.01, 0.05)
FAKES = {"27–65 % of the usual price": (0.27, 0.65), "at most 40 %": (0.15, 0.40)}


def read(folder: Path) -> tuple[list[PriceRow], list[PriceRow]]:
    """Rows with brand and price: those to learn from, those held back (split by product group)."""
    learn: list[PriceRow] = []
    held_back: list[PriceRow] = []
    with (folder / "titles.csv").open(encoding="utf-8") as file:
        for r in csv.DictReader(file):
            if not r["brand"] or not r["price"] or not r["currency"]:
                continue
            try:
                price = parse_price(r["price"], r["currency"])
            except ValueError:
                continue
            half = zlib.crc32((r["group"] or r["listing_id"]).encode()) % 2
            (held_back if half else learn).append(
                PriceRow(r["brand"], category_of(r), r["condition"], r["marketplace"], price, r["title"])
            )
    return learn, held_back


def category_of(row: dict[str, str]) -> str:
    """The category as its shop writes it, below the kind of goods."""
    return f"{row['category1']}>{row['category']}" if row["category"] else row["category1"]


def kind(row: PriceRow) -> str:
    """The kind of goods."""
    return row.category.partition(">")[0]


def book_scores(book: PriceBook) -> Score:
    """Our book."""

    def score(rows: list[PriceRow]) -> list[float]:
        items = [
            Item(str(i), r.title, category=r.category, condition=r.condition, price=r.price, market=r.market)
            for i, r in enumerate(rows)
        ]
        return [signal.value if signal else 0.0 for signal in outliers(book, items, [r.brand for r in rows])]

    return score


def mean_scores(
    learn: list[PriceRow], by: Callable[[PriceRow], object], take: Callable[[float], float]
) -> Score:
    """Mean and standard deviation of a group, no shrinkage: the usual way."""
    prices: dict[object, list[float]] = {}
    for row in learn:
        prices.setdefault(by(row), []).append(take(row.price))
    known = {key: (fmean(values), pstdev(values) or 1.0) for key, values in prices.items() if len(values) > 1}

    def score(rows: list[PriceRow]) -> list[float]:
        out = []
        for row in rows:
            mean, deviation = known.get(by(row), (take(row.price), 1.0))
            out.append((mean - take(row.price)) / deviation)
        return out

    return score


def share_scores(learn: list[PriceRow]) -> Score:
    """Price as a share of the brand's mean price: the rule of thumb."""
    prices: dict[str, list[float]] = {}
    for row in learn:
        prices.setdefault(row.brand, []).append(row.price)
    means = {brand: fmean(values) for brand, values in prices.items()}
    return lambda rows: [-row.price / means.get(row.brand, row.price) for row in rows]


def priced(rows: list[PriceRow], low: float, high: float) -> list[PriceRow]:
    """The rows at a counterfeit's share of their price."""
    rng = random.Random(11)
    return [replace(row, price=max(1, round(row.price * rng.uniform(low, high)))) for row in rows]


def detected(score: Score, honest: list[PriceRow], fake: list[PriceRow], false: float) -> float:
    """Share of the fakes above the threshold that this share of honest rows exceeds."""
    threshold = sorted(score(honest), reverse=True)[math.floor(false * len(honest))]
    return sum(value > threshold for value in score(fake)) / len(fake)


def measure(folder: Path) -> dict[str, object]:
    """Every figure of one run."""
    learn, held_back = read(folder)
    start = time.process_time()
    book = PriceBook.build(learn)
    built = time.process_time() - start
    scores: dict[str, Score] = {
        "klean": book_scores(book),
        "mean and deviation by brand": mean_scores(learn, lambda r: r.brand, float),
        "… of log prices": mean_scores(learn, lambda r: r.brand, math.log),
        "… by brand × kind × condition × market": mean_scores(
            learn, lambda r: (r.brand, kind(r), r.condition, r.market), math.log
        ),
        "… by brand × category × condition × market": mean_scores(
            learn, lambda r: (r.brand, r.category, r.condition, r.market), math.log
        ),
        "share of the brand's mean": share_scores(learn),
    }
    luxury = [r for r in held_back if kind(r) in ("bag", "shoes", "watch_jewelry", "fashion")]
    out: dict[str, object] = {
        "learnt from": len(learn),
        "held back": len(held_back),
        "groups": len(book.groups),
        "build s": built,
    }
    table: dict[str, dict[str, float]] = {}
    for label, score in scores.items():
        table[label] = {}
        for part, rows in (("all", held_back), ("fashion", luxury)):
            for name, (low, high) in FAKES.items():
                fake = priced(rows, low, high)
                for false in FALSE:
                    table[label][f"{part}, {name}, {false:.0%} false"] = detected(score, rows, fake, false)
    start = time.process_time()
    book_scores(book)(held_back)
    out["µs a row"] = (time.process_time() - start) / len(held_back) * 1e6
    out["features"] = len(book.levels.effects)
    out["detection"] = table
    return out


def main() -> None:
    """Runs the measurement and prints its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--data", type=Path, default=os.environ.get("KLEAN_DATA"), required="KLEAN_DATA" not in os.environ
    )
    result = measure(parser.parse_args().data)
    table: dict[str, dict[str, float]] = result["detection"]  # type: ignore[assignment]
    for column in table["klean"]:
        print(column)
        for label, row in table.items():
            print(f"    {label:50}{row[column]:8.3f}")
    for key, value in result.items():
        if isinstance(value, int | float):
            print(f"{key:54}{value:14.2f}")
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
