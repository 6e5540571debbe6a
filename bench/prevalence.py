"""How often the prevalence interval covers the truth, beside three others, over 2,000 simulated programmes a design.

One stratum of 60 draws at exactly one in twenty cannot be covered in 93 to 97 %: an interval either counts "no fake"
in (97.0 %) or out (92.4 %), for counts are whole (Brown, Cai and DasGupta, "Interval estimation for a binomial
proportion", Statistical Science 16 (2001) 101-133, on this oscillation). So each design is also run with its rates
drawn anew for every programme, between half and one and a half of those listed: what a user meets.
"""

import json
from math import sqrt
from pathlib import Path

import numpy as np
from scipy.stats import beta, t

from mystery_shop.rules.prevalence import Stratum, estimate

RUNS = 2_000
SEED = 7
SPREAD = 0.5
Z = 1.959964
# Strata sizes, draws, true rates.
DESIGNS = {
    "one stratum, one in five": ([100_000], [60], [0.2]),
    "one stratum, one in twenty": ([100_000], [60], [0.05]),
    "three strata, one in ten": ([40_000, 40_000, 20_000], [40, 40, 40], [0.1, 0.1, 0.1]),
    "three strata, ten draws each": ([40_000, 40_000, 20_000], [10, 10, 10], [0.3, 0.2, 0.5]),
    "five strata, rare in the large": (
        [50_000, 20_000, 20_000, 5_000, 5_000],
        [60, 40, 40, 20, 20],
        [0.01, 0.03, 0.05, 0.2, 0.4],
    ),
    "five strata, fifteen draws each": (
        [50_000, 20_000, 20_000, 5_000, 5_000],
        [15] * 5,
        [0.05, 0.1, 0.2, 0.3, 0.5],
    ),
    "eight equal strata": ([3_000] * 8, [25] * 8, [0.02, 0.05, 0.08, 0.1, 0.12, 0.15, 0.2, 0.3]),
    "a third to a half of small strata": ([60, 80, 100], [30, 40, 40], [0.2, 0.3, 0.4]),
    "two strata, one in a hundred": ([60_000, 40_000], [80, 80], [0.01, 0.01]),
    "ten strata, five draws each": ([1_000] * 10, [5] * 10, [0.1] * 10),
}


def ours(strata):
    found = estimate(strata)
    assert found
    return found.low, found.high


def wald(strata):
    rate, variance, _n = _moments(strata)
    half = Z * sqrt(variance)
    return max(0.0, rate - half), min(1.0, rate + half)


def korn_graubard(strata):
    """Clopper-Pearson at the effective sample size, as NCHS publishes proportions."""
    rate, variance, n = _moments(strata)
    if variance:
        n = rate * (1 - rate) / variance * (t.ppf(0.975, n - 1) / t.ppf(0.975, n - len(strata))) ** 2
    found = rate * n
    low = beta.ppf(0.025, found, n - found + 1) if found else 0.0
    return low, beta.ppf(0.975, found + 1, n - found) if found < n else 1.0


def mover(strata):
    """Wilson's limits of each stratum, recombined (Zou, Huang, Zhang 2009)."""
    total, rate, below, above = sum(s.size for s in strata), 0.0, 0.0, 0.0
    for s in strata:
        n = s.examined * (s.size - 1) / (s.size - s.examined)
        centre = (s.rate + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z * sqrt(s.rate * (1 - s.rate) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
        rate += s.size / total * s.rate
        below += (s.size / total * (s.rate - centre + half)) ** 2
        above += (s.size / total * (centre + half - s.rate)) ** 2
    return rate - sqrt(below), rate + sqrt(above)


def _moments(strata):
    total = sum(s.size for s in strata)
    rate = sum(s.size * s.rate for s in strata) / total
    variance = sum(
        (s.size / total) ** 2 * s.rate * (1 - s.rate) / (s.examined - 1) * (1 - s.examined / s.size)
        for s in strata
    )
    return rate, variance, sum(s.examined for s in strata)


METHODS = {"klean": ours, "wald": wald, "korn-graubard": korn_graubard, "mover-wilson": mover}


def measure(design, *, runs: int, seed: int, spread: float = 0.0, methods=METHODS):
    """For each method, the share of runs whose interval covers the true rate, and the mean width.

    With ``spread``, every run has its own rates, each design's times 1 ± spread.
    """
    sizes, draws, rates = design
    random = np.random.default_rng(seed)
    hits, widths = dict.fromkeys(methods, 0), dict.fromkeys(methods, 0.0)
    for _run in range(runs):
        factor = random.uniform(1 - spread, 1 + spread)
        fakes = [round(size * rate * factor) for size, rate in zip(sizes, rates, strict=True)]
        truth = sum(fakes) / sum(sizes)
        found = random.hypergeometric(fakes, np.subtract(sizes, fakes), draws)
        strata = [Stratum("", size, n, int(x)) for size, n, x in zip(sizes, draws, found, strict=True)]
        for name, method in methods.items():
            low, high = method(strata)
            hits[name] += low <= truth <= high
            widths[name] += high - low
    return {name: {"covers": hits[name] / runs, "width": widths[name] / runs} for name in methods}


def run() -> None:
    results = {}
    for spread, words in ((0.0, "at these very rates"), (SPREAD, "at rates around them")):
        title = f"95 % intervals, {RUNS} runs, {words}"
        print(f"{title:54}" + "".join(f"{name:>22}" for name in METHODS))
        results[words] = {
            name: measure(design, runs=RUNS, seed=SEED, spread=spread) for name, design in DESIGNS.items()
        }
        for name, found in results[words].items():
            cells = (f"{one['covers']:.1%}, {one['width']:.3f} wide" for one in found.values())
            print(f"{name:54}" + "".join(f"{cell:>22}" for cell in cells))
    out = Path(__file__).parent / "results" / "prevalence.json"
    out.write_text(json.dumps({"runs": RUNS, "seed": SEED, "designs": results}, indent=1) + "\n")


if __name__ == "__main__":
    run()
