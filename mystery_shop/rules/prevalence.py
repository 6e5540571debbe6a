"""How common fakes are, from random draws alone: a stratified estimate with an interval that small samples do not break.

The interval is Wilson's score interval at the design's effective sample size: E. L. Korn and B. I. Graubard,
"Confidence intervals for proportions with small expected number of positive counts estimated from survey data", Survey
Methodology 24 (1998) 193-201, for the effective size; N. Dean and M. Pagano, "Evaluating confidence interval methods for
binomial proportions in clustered surveys", Journal of Survey Statistics and Methodology 3 (2015) 484-503, for Wilson in
place of Clopper-Pearson. A stratum's variance is taken at (fakes + 1/2) / (examined + 1), so that one without a fake is
not taken for certain. Counts are whole, so that at single rates any interval covers somewhat more or less than it says
(L. D. Brown, T. T. Cai and A. DasGupta, Statistical Science 16 (2001) 101-133); Wilson's stays nearest. ``bench/prevalence.py`` measures how often the interval covers the truth, beside its peers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import inf, sqrt
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class Stratum:
    """``size`` offers in the catalogue, ``examined`` of them drawn at random and judged, ``fakes`` among these."""

    name: str
    size: int
    examined: int
    fakes: int

    @property
    def rate(self) -> float:
        return self.fakes / self.examined

    @property
    def middle(self) -> float:
        return (self.fakes + 0.5) / (self.examined + 1)

    @property
    def variance(self) -> float:
        """Of the rate, drawn without replacement."""
        return self.middle * (1 - self.middle) / self.examined * (1 - self.examined / self.size)


@dataclass(frozen=True, slots=True)
class Estimate:
    """Shares between 0 and 1; ``covered`` is the share of the catalogue in strata that have a result at all."""

    rate: float
    low: float
    high: float
    covered: float

    @property
    def width(self) -> float:
        return self.high - self.low


def estimate(strata: Iterable[Stratum], confidence: float = 0.95) -> Estimate | None:
    """The share of fakes with its interval over the strata that have a result; None while none has."""
    strata = list(strata)
    known = [stratum for stratum in strata if stratum.examined and stratum.size]
    if not known:
        return None
    total = sum(stratum.size for stratum in known)
    rate = sum(stratum.size * stratum.rate for stratum in known) / total
    low, high = _wilson(rate, _effective_size(known, total), confidence)
    return Estimate(rate, low, high, covered=total / sum(stratum.size for stratum in strata))


def _effective_size(known: Sequence[Stratum], total: int) -> float:
    """How many draws from the whole would say as much; infinite when everything was examined."""
    variance = sum((stratum.size / total) ** 2 * stratum.variance for stratum in known)
    middle = sum(stratum.size * stratum.middle for stratum in known) / total
    return middle * (1 - middle) / variance if variance else inf


def _wilson(rate: float, n: float, confidence: float) -> tuple[float, float]:
    z2 = NormalDist().inv_cdf(0.5 + confidence / 2) ** 2
    middle = (rate + z2 / (2 * n)) / (1 + z2 / n)
    half = sqrt(z2 * (rate * (1 - rate) / n + z2 / (4 * n * n))) / (1 + z2 / n)
    # At none and at all the limit is the rate itself, which rounding must not miss.
    return min(max(0.0, middle - half), rate), max(min(1.0, middle + half), rate)


def narrowing(strata: Sequence[Stratum], place: int, confidence: float = 0.95) -> float:
    """By how much one more purchase in this stratum is expected to narrow the interval, as a share of the catalogue.

    Infinite where nothing is known yet.
    """
    now, stratum = estimate(strata, confidence), strata[place]
    if stratum.examined >= stratum.size:
        return 0.0
    if now is None or not stratum.examined:
        return inf
    after = 0.0
    for found, probability in ((1, stratum.middle), (0, 1 - stratum.middle)):
        more = replace(stratum, examined=stratum.examined + 1, fakes=stratum.fakes + found)
        then = estimate([*strata[:place], more, *strata[place + 1 :]], confidence)
        after += probability * (then.width if then else 0.0)
    return now.width - after


def outlook(strata: Sequence[Stratum], purchases: int, confidence: float = 0.95) -> list[float]:
    """The interval's width now and after each of the next purchases, each made where it narrows most."""
    strata, widths = list(strata), []
    for _purchase in range(purchases + 1):
        now = estimate(strata, confidence)
        widths.append(now.width if now else 1.0)
        open_to = [place for place, stratum in enumerate(strata) if stratum.examined < stratum.size]
        if not open_to:
            break
        best = max(open_to, key=lambda place: narrowing(strata, place, confidence))
        strata[best] = _as_expected(strata[best])
    return widths


def _as_expected(stratum: Stratum) -> Stratum:
    """With one more purchase that leaves the rate as near as whole numbers can to what it was."""
    more = stratum.examined + 1
    fakes = round(stratum.rate * more) if stratum.examined else 0
    return replace(stratum, examined=more, fakes=fakes)
