"""A draft policy over 1,000,000 violations of 100,000 sellers: arrays, beside the ladder one seller at a time.

Times are of the judging alone; reading the same rows from PostgreSQL is one COPY beside it.
"""

import argparse
import json
import time
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from enforcement.sanctions.queries.history import History, replay
from enforcement.sanctions.rules.ladder import Past, ledger_of
from enforcement.sanctions.rules.policy import Ladder
from klean.core.policy.rules.sections import read_section

RESULTS = Path(__file__).with_name("results") / "replay.json"
PRESETS = Path(__file__).parents[1] / "policy" / "presets"
YEARS = 3
PEERS = 2_000


def history(ladder: Ladder, sellers: int, violations: int) -> History:
    """Few sellers with many violations and many with few, over three years."""
    rng = np.random.default_rng(7)
    names = sorted(ladder.severities)
    weights = rng.pareto(1.5, sellers) + 1
    seller = rng.choice(sellers, violations, p=weights / weights.sum())
    start = int(datetime(2023, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000
    at = start + rng.integers(0, YEARS * 365 * 86_400, violations) * 1_000_000
    severity = rng.integers(0, len(names), violations)
    order = np.lexsort((at, seller))
    return History(seller[order], at[order], severity[order], names)


def one_by_one(ladder: Ladder, rows: History, sellers: int) -> tuple[float, int]:
    """Seconds and violations of the first so many sellers."""
    upto = int(np.searchsorted(rows.seller, sellers))
    pasts: dict[int, list[Past]] = {}
    for place in range(upto):
        moment = datetime.fromtimestamp(int(rows.at[place]) / 1_000_000, UTC)
        past = Past(place, rows.names[rows.severity[place]], moment, "draft")
        pasts.setdefault(int(rows.seller[place]), []).append(past)
    started = time.process_time()
    for some in pasts.values():
        ledger_of(some, {"draft": ladder})
    return time.process_time() - started, upto


def measure(name: str, sellers: int, violations: int) -> dict[str, Any]:
    ladder = read_section(Ladder, tomllib.loads((PRESETS / f"{name}.toml").read_text())["ladder"])
    rows = history(ladder, sellers, violations)
    started = time.process_time()
    replay(rows, ladder)
    ours = time.process_time() - started
    theirs, judged = one_by_one(ladder, rows, min(PEERS, sellers))
    largest_history = int(np.bincount(rows.seller).max())
    return {
        "sellers": sellers,
        "violations": violations,
        "most of one seller": largest_history,
        "arrays, CPU s": round(ours, 2),
        "one by one, CPU s for all (from a share)": round(theirs / judged * violations, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sellers", type=int, default=100_000)
    parser.add_argument("--violations", type=int, default=1_000_000)
    given = parser.parse_args()
    found = {
        path.stem: measure(path.stem, given.sellers, given.violations)
        for path in sorted(PRESETS.glob("*.toml"))
    }
    RESULTS.write_text(json.dumps(found, indent=2) + "\n")
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
