"""Prices as shops write them become won, or a clear refusal."""

import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

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


BANK = "Date, USD, JPY, KRW, XAU, \n2026-02-03, 1.25, 160, 1700, N/A, \n2026-02-02, 1.2, 150, 1680, N/A, \n2026-01-05, 1, 100, 1500, N/A,\n"


@pytest.mark.parametrize("packed", [False, True])
def test_official_rates_of_a_file_replace_the_approximate_ones(
    own_rates, settings, tmp_path, packed: bool
) -> None:
    source, settings.KLEAN_RATES = tmp_path / "bank", str(own_rates)
    source.write_text(BANK)
    if packed:
        source = tmp_path / "bank.zip"
        with zipfile.ZipFile(source, "w") as archive:
            archive.writestr("bank.csv", BANK)
    call_command("fetch_rates", str(source))
    use_rates(own_rates)
    assert parse_price("10 USD", on=date(2026, 1, 20)) == 15_000
    assert parse_price("10 USD", on=date(2026, 3, 1)) == 14_000
    assert parse_price("100 JPY") == 1_120
    assert parse_price("1 GBP") > 1_000  # which the bank's file does not have


@pytest.mark.parametrize(
    "text", ["", "Date,USD\n2026-01-05,1.1\n", "Date,KRW\nsoon,1500\n", "PK\x03\x04 no archive"]
)
def test_what_holds_no_rates_is_refused_and_nothing_written(own_rates, settings, tmp_path, text: str) -> None:
    source, settings.KLEAN_RATES = tmp_path / "bank", str(own_rates)
    source.write_text(text)
    with pytest.raises(CommandError):
        call_command("fetch_rates", str(source))
    with pytest.raises(CommandError, match="private address"):
        call_command("fetch_rates", "http://127.0.0.1:9/rates")
    assert not own_rates.exists()


@pytest.mark.parametrize("text", ["USD = 1", "[USD]\nsoon = 1", "[USD]\n2026-01-01 = 0", "[USD]", "not toml"])
def test_a_wrong_file_of_rates_is_refused_and_the_ones_before_stay(own_rates, text: str) -> None:
    own_rates.write_text(text)
    before = parse_price("10 USD")
    with pytest.raises(ValueError, match="rates"):
        use_rates(own_rates)
    assert parse_price("10 USD") == before
