"""Prices as shops write them, in Korean won."""

import re
import tomllib
from bisect import bisect_right
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

SIGNS = {
    "₩": "KRW",
    "￦": "KRW",
    "원": "KRW",
    "$": "USD",
    "€": "EUR",
    "¥": "JPY",
    "￥": "JPY",
    "£": "GBP",
    "元": "CNY",
}
SHAPE = re.compile(r"^([A-Z]{3}|[₩￦$€¥￥£元])?\s*([\d.,\s]*\d)\s*(만)?\s*([A-Z]{3}|원|[₩￦$€¥￥£元])?$")
GROUPED = re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^\d+(?:\.\d+)?$")
MAX_WON = 10**12  # won; more is a mistake
SHIPPED = Path(__file__).with_name("rates.toml")
Rates = dict[str, list[tuple[date, Decimal]]]
_own: list[Path] = []


def read_rates(text: str) -> Rates:
    """Won for one unit of each currency, by first day, in order; ValueError names what is wrong."""
    try:
        table = {
            code: [(date.fromisoformat(day), Decimal(rate)) for day, rate in sorted(days.items())]
            for code, days in tomllib.loads(text, parse_float=Decimal).items()
        }
    except (AttributeError, TypeError, ValueError, ArithmeticError) as error:
        raise ValueError(
            f'rates: write [USD] and under it lines such as "2026-01-01" = 1450.5 ({error})'
        ) from None
    for code, days in table.items():
        if not days or not all(0 < rate < MAX_WON for _, rate in days):
            raise ValueError(f"rates: {code} needs days with a rate of more than 0 won")
    return table | {"KRW": [(date.min, Decimal(1))]}


@cache
def rates() -> Rates:
    """The rates in use: those of the installation's own file, and the approximate ones that came with Klean for other currencies."""
    shipped = read_rates(SHIPPED.read_text(encoding="utf-8"))
    return shipped | (read_rates(_own[-1].read_text(encoding="utf-8")) if _own else {})


def use_rates(path: Path) -> None:
    """Take the rates of a file before the ones that came with Klean; ValueError or OSError when they cannot be had."""
    read_rates(path.read_text(encoding="utf-8"))
    _own[:] = [path]
    rates.cache_clear()


def parse_price(value: str | int | float | Decimal, currency: str = "", on: date | None = None) -> int:
    """Whole won of a price, at the rate of the day `on` (the latest without one); ValueError says what would be right."""
    number, written = split(value)
    if written and currency and written != currency.upper():
        raise ValueError(
            f"price: {value!r} says {written} but the currency is {currency!r}; give one of them"
        )
    won = int((number * rate_of(written or currency.upper() or "KRW", on)).to_integral_value())
    if not 0 < won <= MAX_WON:
        raise ValueError(f"price: {value!r} must be more than 0 and at most {MAX_WON:,} won")
    return won


def split(value: str | int | float | Decimal) -> tuple[Decimal, str]:
    """The number and the currency's code of a written price, empty when it names none."""
    text = (
        str(value).strip()
        if isinstance(value, str)
        else f"{value:f}"
        if isinstance(value, float)
        else str(value)
    )
    shape = SHAPE.match(text.upper())
    if not shape:
        raise ValueError(
            f'price: {value!r} is not a price; write a number and a currency, such as "129000 KRW"'
        )
    before, digits, ten_thousand, after = shape.groups()
    number = digits.replace(" ", "")
    if not GROUPED.match(number):
        raise ValueError(f'price: {value!r} is ambiguous; write thousands with "," and decimals with "."')
    codes = {SIGNS.get(code, code) for code in (before, after) if code}
    if len(codes) > 1:
        raise ValueError(f"price: {value!r} names two currencies; give one of them")
    return Decimal(number.replace(",", "")) * (10_000 if ten_thousand else 1), codes.pop() if codes else ""


def rate_of(code: str, on: date | None) -> Decimal:
    """Won for one unit of a currency on a day."""
    days = rates().get(code)
    if not days:
        raise ValueError(f"currency: {code!r} is not known; use one of {', '.join(sorted(rates()))}")
    at = len(days) if on is None else bisect_right([day for day, _ in days], on)
    return days[max(at - 1, 0)][1]
