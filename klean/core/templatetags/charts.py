"""Charts as SVG whose words stay ordinary text, so that they read at any width and without sight."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import template

from klean.core.templatetags.formats import won

register = template.Library()
Number = int | float | Decimal


def _shown(value: Number, unit: str) -> str:
    if unit == "won":
        return won(value)
    text = f"{value:,}" if isinstance(value, int) else f"{float(value):,.1f}"
    return f"{text}{unit}"


def _percent(value: Number, of: Number) -> str:
    return f"{100 * float(value) / float(of or 1):.2f}%"


@register.inclusion_tag("components/barchart.html")
def barchart(
    title: str, labels: Sequence[Any], values: Sequence[Number], *, unit: str = ""
) -> dict[str, Any]:
    """Horizontal bars, one a label; unit is "won" or a suffix such as "%"."""
    top = max([*values, 0])
    bars = [
        {"label": label, "width": _percent(max(value, 0), top), "value": _shown(value, unit)}
        for label, value in zip(labels, values, strict=True)
    ]
    return {"title": title, "bars": bars}


def _path(values: Sequence[Number], low: Number, high: Number) -> str:
    values = [*values, *values] if len(values) == 1 else values
    across = 100 / max(1, len(values) - 1)
    height = float(high - low) or 1.0  # type: ignore[operator]
    return " ".join(
        f"{place * across:.2f},{96 - 92 * float(value - low) / height:.2f}"  # type: ignore[operator]
        for place, value in enumerate(values)
    )


@register.inclusion_tag("components/linechart.html")
def linechart(
    title: str, labels: Sequence[Any], values: Sequence[Number], *, unit: str = ""
) -> dict[str, Any]:
    """A line from zero over ordered labels, with its figures in a table below."""
    rows = [(label, _shown(value, unit)) for label, value in zip(labels, values, strict=True)]
    low, high = min([*values, 0]), max([*values, 0])
    return {
        "title": title,
        "rows": rows,
        "points": _path(values, low, high),
        "low": _shown(low, unit),
        "high": _shown(high, unit),
        "lowest": _shown(min(values), unit) if values else "",
        "highest": _shown(max(values), unit) if values else "",
    }


@register.inclusion_tag("components/sparkline.html")
def sparkline(title: str, values: Sequence[Number], *, unit: str = "") -> dict[str, Any]:
    """A line the height of a word; its title and ends are read out."""
    if not values:
        return {"title": title}
    return {
        "title": title,
        "points": _path(values, min(values), max(values)),
        "first": _shown(values[0], unit),
        "last": _shown(values[-1], unit),
    }


@register.inclusion_tag("components/pricescale.html")
def pricescale(price: Number, low: Number, median: Number, high: Number) -> dict[str, Any]:
    """A price on the usual range of its kind: low and high bound the band, the median cuts it."""
    top = max(price, high) * 110 / 100
    at = float(price) / float(top or 1)
    return {
        "price": won(price),
        "low": won(low),
        "median": won(median),
        "high": won(high),
        "price_at": _percent(price, top),
        "low_at": _percent(low, top),
        "band": _percent(high - low, top),  # type: ignore[operator]
        "median_at": _percent(median, top),
        "anchor": "start" if at < 0.15 else "end" if at > 0.85 else "middle",
        "tone": "critical" if price < low else "",
        "of_median": f"{100 * float(price) / float(median):.0f}%" if median else "",
    }
