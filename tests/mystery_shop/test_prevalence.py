from math import inf, isclose

import pytest
from scipy.stats import hypergeom

from bench.prevalence import DESIGNS, measure, ours
from mystery_shop.rules.prevalence import Estimate, Stratum, estimate, narrowing, outlook


def test_one_stratum_is_wilsons_interval():
    """Newcombe 1998, Statistics in Medicine 17: 81 of 263 are 0.2553 to 0.3662, none of 20 is 0 to 0.1611."""
    found = estimate([Stratum("all", 10**12, 263, 81)])
    assert (found.low, found.high) == (pytest.approx(0.2553, abs=6e-4), pytest.approx(0.3662, abs=6e-4))
    none = estimate([Stratum("all", 10**12, 20, 0)])
    assert (none.rate, none.low) == (0, 0)
    assert 0.10 < none.high < 0.25


def test_strata_weigh_as_much_as_they_have_offers():
    found = estimate([Stratum("many", 900, 10, 1), Stratum("few", 100, 10, 9)])
    assert isclose(found.rate, 0.9 * 0.1 + 0.1 * 0.9)


def test_what_was_examined_whole_is_known_exactly():
    assert estimate([Stratum("a", 5, 5, 2), Stratum("b", 5, 5, 0)]) == Estimate(0.2, 0.2, 0.2, 1.0)


def test_a_stratum_without_a_result_is_not_guessed():
    found = estimate([Stratum("known", 600, 10, 1), Stratum("unknown", 400, 0, 0)])
    assert (found.rate, found.covered) == (0.1, 0.6)
    assert estimate([Stratum("unknown", 400, 0, 0)]) is None


@pytest.mark.parametrize(("examined", "fakes"), [(1, 0), (1, 1), (3, 0), (3, 3)])
def test_tiny_samples_give_an_interval_between_none_and_all(examined, fakes):
    found = estimate([Stratum("a", 1000, examined, fakes), Stratum("b", 500, examined, 0)])
    assert 0 <= found.low <= found.rate <= found.high <= 1
    assert found.width > 0.2


def test_one_more_purchase_teaches_most_where_the_catalogue_is_large_and_little_is_known():
    strata = [Stratum("large", 90_000, 10, 3), Stratum("small", 10_000, 10, 3)]
    assert narrowing(strata, 0) > narrowing(strata, 1) > 0
    assert narrowing([Stratum("a", 9, 0, 0)], 0) == inf
    assert narrowing([Stratum("a", 9, 9, 1)], 0) == 0


def test_the_interval_narrows_with_every_further_purchase_in_the_outlook():
    widths = outlook([Stratum("a", 9_000, 10, 2), Stratum("b", 1_000, 10, 5)], 20)
    assert len(widths) == 21
    assert widths[-1] < 0.8 * widths[0]


LATTICE = "one stratum, one in twenty"


@pytest.mark.parametrize("name", [name for name in DESIGNS if name != LATTICE])
def test_intervals_of_95_percent_cover_the_truth_in_93_to_97_percent_of_2000_programmes(name):
    covers = measure(DESIGNS[name], runs=2_000, seed=11, methods={"ours": ours})["ours"]["covers"]
    assert 0.93 <= covers <= 0.97


@pytest.mark.parametrize("name", DESIGNS)
def test_they_do_so_too_when_every_programme_has_rates_of_its_own(name):
    covers = measure(DESIGNS[name], runs=2_000, seed=11, spread=0.5, methods={"ours": ours})["ours"]["covers"]
    assert 0.93 <= covers <= 0.97


def test_where_whole_counts_allow_no_coverage_between_the_interval_takes_the_one_above():
    sizes, draws, rates = DESIGNS[LATTICE]
    fakes = round(sizes[0] * rates[0])
    chance = [hypergeom.pmf(found, sizes[0], fakes, draws[0]) for found in range(draws[0] + 1)]
    covering = [
        found
        for found in range(draws[0] + 1)
        if (one := estimate([Stratum("all", sizes[0], draws[0], found)])).low <= rates[0] <= one.high
    ]
    assert covering == list(range(7))
    assert sum(chance[:7]) == pytest.approx(0.9703, abs=1e-4)
    assert sum(chance[1:7]) < 0.93
