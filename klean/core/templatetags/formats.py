"""Values made readable: money, personal data, time, marked text."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timesince import timesince, timeuntil
from django.utils.translation import gettext

from klean.core.rows.texts import in_language

register = template.Library()
register.filter(in_language)


@register.filter
def won(amount: int | float | Decimal | None) -> str:
    """An amount of Korean won as the reader's language writes it."""
    if amount is None or amount == "":
        return "–"
    sign = "-" if amount < 0 else ""
    return sign + gettext("₩%(amount)s") % {"amount": f"{abs(Decimal(amount)):,.0f}"}


def _masked_word(word: str) -> str:
    return f"{word[0]}{'*' * max(1, len(word) - 2)}{word[-1] if len(word) > 2 else ''}"


@register.filter
def masked(value: Any) -> str:
    """Personal data with its middle hidden: an e-mail address, a number of digits, or a name."""
    text = str(value or "").strip()
    if "@" in text:
        local, domain = text.rsplit("@", 1)
        return f"{local[:1]}***@{domain}"
    digits = [place for place, character in enumerate(text) if character.isdigit()]
    if len(digits) >= 7:
        hidden = set(digits[3:-4])
        text = "".join("*" if place in hidden else character for place, character in enumerate(text))
        return re.sub(r"[^\W\d_]+", lambda word: _masked_word(word[0]), text)
    return re.sub(r"\S+", lambda word: _masked_word(word[0]), text)


@register.filter
def since(at: datetime | None) -> str:
    """How long ago or ahead, with the full date and time in the title."""
    if at is None:
        return "–"
    now = timezone.now()
    seconds = (now - at).total_seconds()
    if abs(seconds) < 60:
        words = gettext("just now")
    elif seconds > 0:
        words = gettext("%(period)s ago") % {"period": timesince(at, now, depth=1)}
    else:
        words = gettext("in %(period)s") % {"period": timeuntil(at, now, depth=1)}
    local = timezone.localtime(at)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        local.isoformat(),
        date_format(local, "DATETIME_FORMAT"),
        words,
    )


@register.filter
def marked(text: str | None, spans: Iterable[Sequence[Any]] | None) -> SafeString:
    """The text, escaped, with each (start, end[, label]) marked; spans may overlap or run past the end."""
    text = text or ""
    clipped = [
        (max(0, int(start)), min(len(text), int(end)), str(label[0]) if label else "")
        for start, end, *label in spans or ()
    ]
    clipped = [span for span in clipped if span[0] < span[1]]
    edges = sorted({0, len(text), *(edge for start, end, _ in clipped for edge in (start, end))})
    pieces = []
    for here, there in pairwise(edges):
        over = [(end, label) for start, end, label in clipped if start <= here and there <= end]
        ending = list(dict.fromkeys(label for end, label in over if end == there and label))
        label = format_html("<span>{}</span>", ", ".join(ending)) if ending else ""
        pieces.append(
            (format_html("<mark>{}{}</mark>", text[here:there], label) if over else text[here:there],)
        )
    return format_html_join("", "{}", pieces)
