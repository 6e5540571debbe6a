"""Prices as shops write them become won, or a clear refusal."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from screening.price import money
from screening.price.money import parse_price, use_rates


@pytest.mark.parametrize(
    ("value", "currency", "won"),
    [
        ("129000 KRW", "", 129_000),
        ("₩129,000", "", 129_000),
        ("129,000원", "", 129_000),
        ("12.9만원", "", 129_000),
        (129000, "KRW", 129_000),
        (129000, "", 129_000),
        ("129000", "krw", 129_000),
        ("129000.0", "KRW", 129_000),
        ("KRW 129000", "", 129_000),
    ],
)
def test_won_are_read(value: str | int, currency: str, won: int) -> None:
    assert parse_price(value, currency) == won


def test_other_currencies_are_turned_at_the_rate_of_the_day() -> None:
    assert parse_price("$100", on=date(2020, 6, 1)) == 118_000
    assert parse_price("100", "USD", on=date(2024, 6, 1)) == 136_400
    assert parse_price("100 USD", on=date(1999, 1, 1)) == 116_000
    assert parse_price("100 USD") == parse_price("100 USD", on=date(2099, 1, 1))


@pytest.mark.parametrize(
    ("value", "currency", "words"),
    [
        ("", "", "is not a price"),
        ("cheap", "", "is not a price"),
        ("-5", "", "is not a price"),
        ("0", "", "more than 0"),
        ("9" * 20, "", "more than 0"),
        ("1.299,00", "EUR", "ambiguous"),
        ("1,29", "EUR", "ambiguous"),
        ("$5 KRW", "", "two currencies"),
        ("5 USD", "KRW", "says USD"),
        ("5", "XXX", "not known"),
        (float("nan"), "", "is not a price"),
        (float("inf"), "", "is not a price"),
    ],
)
def test_what_is_not_a_price_is_refused_in_words(value: str | float, currency: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_price(value, currency)


@pytest.fixture
def own_rates(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "rates.toml"
    money._own.clear()
    money.rates.cache_clear()


@pytest.mark.parametrize("text", ["USD = 1", "[USD]\nsoon = 1", "[USD]\n2026-01-01 = 0", "[USD]", "not toml"])
def test_a_wrong_file_of_rates_is_refused_and_the_ones_before_stay(own_rates, text: str) -> None:
    own_rates.write_text(text)
    before = parse_price("10 USD")
    with pytest.raises(ValueError, match="rates"):
        use_rates(own_rates)
    assert parse_price("10 USD") == before
