"""Months as half-open times."""

from datetime import date, datetime, timedelta, tzinfo


def month_begin(year: int, month: int, zone: tzinfo) -> datetime:
    return datetime(year, month, 1, tzinfo=zone)


def first_day(month: datetime) -> date:
    """The day by which rows know the month that begins then."""
    return date(month.year, month.month, 1)


def next_month(begin: datetime) -> datetime:
    return begin.replace(year=begin.year + begin.month // 12, month=begin.month % 12 + 1)


def last_months(begin: datetime, count: int) -> list[datetime]:
    """``count`` months up to and with the one that begins then, and the begin of the one after: ``count + 1`` moments."""
    months = [next_month(begin), begin]
    while len(months) <= count:
        first = months[-1]
        months.append(first.replace(year=first.year - (first.month == 1), month=(first.month - 2) % 12 + 1))
    return months[::-1]


def parse_day(text: str, zone: tzinfo) -> datetime | None:
    """The end of a day written ``2026-03-02``; None when it is none."""
    try:
        begin = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=zone)
        return begin + timedelta(days=1)
    except (ValueError, OverflowError):
        return None


def parse_month(text: str, zone: tzinfo) -> datetime | None:
    """The begin of a month written ``2026-03``; None when it is none."""
    try:
        moment = datetime.strptime(text, "%Y-%m")  # noqa: DTZ007  the zone is given below
    except ValueError:
        return None
    return month_begin(moment.year, moment.month, zone) if moment.year >= 2000 else None
