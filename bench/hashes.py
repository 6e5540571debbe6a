"""Tier 1's cost: decoding and hashing against a bare decode, and exact search against a flat scan.

Where the package `threatexchange` is installed, the index of Meta's HMA is asked the same.
"""

import argparse
import io
import json
import os
import resource
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pdqhash
import simplejpeg
from PIL import Image
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from bench.attacks import draw, jpeg
from screening.images.index import FLAT_WORK, HashIndex, flat_scan
from screening.images.match import Reference, References
from screening.images.pdq import dihedral, pdq_of

RESULTS = Path(__file__).with_name("results") / "hashes.json"
DATA = os.environ.get("KLEAN_DATA", "")
SIDES = (480, 800, 1600)
MAX_FOR_HMA = 1_000_000


def cpu(task: Callable[[], object], times: int = 5) -> float:
    """The least CPU time of some runs, in ms: others on the machine only ever add to it."""
    took = []
    for _ in range(times):
        started = time.process_time()
        task()
        took.append(time.process_time() - started)
    return 1000 * min(took)


def pictures(data: Path | None, count: int, side: int) -> list[bytes]:
    if data is None:
        return [jpeg(draw(seed, side, side * 3 // 4)) for seed in range(count)]
    made = []
    for path in sorted((data / "images").glob("*.jpg"))[:count]:
        image = Image.open(path).convert("RGB")
        scale = side / max(image.size)
        made.append(jpeg(image.resize((round(image.width * scale), round(image.height * scale)))))
    return made


def hashing(data: Path | None) -> dict[str, dict[str, float]]:
    table = {}
    for side in SIDES:
        some = pictures(data, 40, side)
        bare = cpu(lambda some=some: [simplejpeg.decode_jpeg(one) for one in some])  # type: ignore[misc]
        ours = cpu(lambda some=some: [pdq_of(one) for one in some])  # type: ignore[misc]
        usual = cpu(lambda some=some: [pdqhash.compute(_rgb(one)) for one in some], 2)  # type: ignore[misc]
        table[f"{side} px"] = {
            "bare decode, ms": bare / len(some),
            "decode + PDQ, ms": ours / len(some),
            "of bare": ours / bare,
            "Pillow + pdqhash, of bare": usual / bare,
        }
    return table


def _rgb(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


def searching(counts: list[int]) -> dict[str, dict[str, float]]:
    rng = np.random.default_rng(1)
    table = {}
    for count in counts:
        hashes = rng.integers(0, 256, (count, 32), dtype=np.uint8)
        upright = hashes[rng.integers(0, count, 64)]
        turns = np.frombuffer(b"".join(t for own in upright[:8] for t in dihedral(own.tobytes())), np.uint8)
        queries, eight = turns.reshape(-1, 32), turns.reshape(-1, 32)[:8]
        started = time.perf_counter()
        index = HashIndex(hashes, np.arange(count))
        built = time.perf_counter() - started
        columns = np.ascontiguousarray(hashes.view(np.uint64).T)
        words = np.ascontiguousarray(eight.view(np.uint64).T)
        flat = cpu(lambda c=columns, w=words: flat_scan(c, w, 31)) / 8  # type: ignore[misc]
        table[f"{count:,}"] = {
            "flat scan, ms": flat,
            "one query, ms": cpu(lambda i=index, q=upright: i.search(q[:1])),  # type: ignore[misc]
            "one picture in 8 turns, ms": cpu(lambda i=index, q=eight: i.search(q)),  # type: ignore[misc]
            "a query of 8 pictures in 8 turns, ms": cpu(lambda i=index, q=queries: i.search(q)) / 64,  # type: ignore[misc]
            "of flat": cpu(lambda i=index, q=upright: i.search(q)) / 64 / flat,  # type: ignore[misc]
            "build, s": built,
            "add one, ms": cpu(lambda i=index, q=upright: i.add(q[:1], np.array([-1]))),  # type: ignore[misc]
            "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            **of_hma(hashes, upright),
        }
        one = table[f"{count:,}"]
        one["of flat, one picture"] = one["one picture in 8 turns, ms"] / (8 * one["flat scan, ms"])
    return table


def of_hma(hashes: np.ndarray, asked: np.ndarray) -> dict[str, float]:
    """HMA's own index on the same hashes, at most a million: it takes them as text."""
    if find_spec("threatexchange") is None or len(hashes) > MAX_FOR_HMA:
        return {}
    peer = import_module("threatexchange.signal_type.pdq.pdq_index").PDQIndex
    index = peer.build((row.tobytes().hex(), place) for place, row in enumerate(hashes))
    texts = [row.tobytes().hex() for row in asked]
    return {"HMA's index, ms": cpu(lambda: [index.query(text) for text in texts], 2) / len(texts)}


def whole_tier(data: Path | None, count: int) -> dict[str, float]:
    """Decode, hash and match in all 8 turns against `count` references, in batches of 16 pictures."""
    rows = np.random.default_rng(2).integers(0, 256, (count, 32), dtype=np.uint8)
    bank = References.build(
        [Reference(n, "", "removed", "", row.tobytes(), 100) for n, row in enumerate(rows)]
    )
    some = pictures(data, 32, 800)
    bare = cpu(lambda: [simplejpeg.decode_jpeg(one) for one in some])
    ours = cpu(lambda: [bank.matches(some[at : at + 16]) for at in (0, 16)])
    return {"bare decode, ms": bare / 32, "tier 1, ms": ours / 32, "of bare": ours / bare}


def show(name: str, table: dict[str, dict[str, float]]) -> None:
    print(" | ".join([name, *next(iter(table.values()))]))
    for row, values in table.items():
        print(" | ".join([row, *(f"{value:.4g}" for value in values.values())]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(DATA) if DATA else None)
    parser.add_argument("--ten-million", action="store_true")
    chosen = parser.parse_args()
    counts = [FLAT_WORK // 16, FLAT_WORK // 8, 5_000, 10_000, 100_000, 300_000, 1_000_000] + [
        10_000_000
    ] * chosen.ten_million
    with threadpool_limits(1):
        tables = {
            "hashing": hashing(chosen.data),
            "tier 1, 800 px": {
                f"{count:,} references": whole_tier(chosen.data, count) for count in (10_000, 100_000)
            },
            "searching": searching(counts),
        }
    for name, table in tables.items():
        show(name, table)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(tables, indent=1) + "\n")


if __name__ == "__main__":
    main()
