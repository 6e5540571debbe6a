"""The public holidays of a country, by the package ``holidays``, which only those who write policies need."""

from collections.abc import Iterable
from datetime import date
from importlib import import_module

SATURDAY = 5


def holidays_on_weekdays(years: Iterable[int], *, country: str = "KR") -> list[date]:
    """Those with their substitutes that fall on a weekday; ``ImportError`` where the package is not installed."""
    found = import_module("holidays").country_holidays(country, years=list(years))
    return sorted(day for day in found if day.weekday() < SATURDAY)
