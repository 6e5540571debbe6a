"""The European Central Bank's rates replace the approximate ones."""

import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from screening.price import money
from screening.price.money import parse_price, use_rates


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
