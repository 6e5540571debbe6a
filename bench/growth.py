"""What a listing costs beyond its decode as the banks grow: brands named in its title, its picture matched in 8 turns."""

import argparse
import json
import resource
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from screening.checks.brand_mention.find import brand_signals
from screening.images.match import Reference, References
from screening.images.pdq import Hashed
from screening.signal import Item
from screening.text.brands import BrandIndex
from screening.text.names import BrandName

RESULTS = Path(__file__).with_name("results") / "growth.json"
LISTINGS = 1000


def cpu(task: Callable[[], object]) -> float:
    """The least CPU time of three runs, in seconds."""
    took = []
    for _ in range(3):
        started = time.process_time()
        task()
        took.append(time.process_time() - started)
    return min(took)


def names(count: int) -> list[str]:
    """Invented names of eight letters, each once."""
    dice = np.random.default_rng(1)
    letters = np.array(list("bdfgklmnprstvz")), np.array(list("aeiou"))
    made: dict[str, None] = {}
    while len(made) < count:
        drawn = np.stack([dice.choice(letters[place % 2], count) for place in range(8)], axis=1)
        made.update(("".join(row).title(), None) for row in drawn)
    return list(made)[:count]


def of_brands(count: int) -> dict[str, float]:
    known = names(count)
    started = time.process_time()
    index = BrandIndex.build([BrandName(name, "", (), "bag", "KR", "open") for name in known])
    built = time.process_time() - started
    items = [
        Item(str(n), f"{known[n * 7 % count]} leather tote bag, {n} colours, new season", category="bag")
        for n in range(LISTINGS)
    ]
    return {"build, s": built, "µs a title": 1e6 * cpu(lambda: brand_signals(index, items)) / LISTINGS}


def of_references(count: int) -> dict[str, float]:
    dice = np.random.default_rng(2)
    rows = dice.integers(0, 256, (count, 32), dtype=np.uint8)
    started = time.process_time()
    bank = References.build(
        [Reference(n, "", "removed", "", row.tobytes(), 100) for n, row in enumerate(rows)]
    )
    built = time.process_time() - started
    asked = [
        Hashed(row.tobytes(), 100, 800, 600) for row in dice.integers(0, 256, (LISTINGS, 32), dtype=np.uint8)
    ]
    return {"build, s": built, "µs a picture": 1e6 * cpu(lambda: bank.matches(asked)) / LISTINGS}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--references", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--brands", type=int, nargs="*", default=[1_000, 100_000])
    chosen = parser.parse_args()
    with threadpool_limits(1):
        table = {f"{count:,} brands": of_brands(count) for count in chosen.brands}
        table |= {f"{count:,} references": of_references(count) for count in chosen.references}
    for row, values in table.items():
        print(row, "; ".join(f"{name} {value:.4g}" for name, value in values.items()))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    RESULTS.write_text(json.dumps(table, indent=1) + "\n")


if __name__ == "__main__":
    main()
