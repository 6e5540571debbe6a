"""The components of the design system, one tag each, drawn by templates/components/."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import template
from django.forms import BaseForm
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from heroicons.templatetags.heroicons import heroicon_outline

from klean.core.templatetags import charts, formats
from klean.core.templatetags.states import tone_of
from klean.core.web.navigation import links_for

register = template.Library()
register.filters.update(formats.register.filters)
register.tags.update(charts.register.tags)

TONE_ICONS = {
    "critical": "exclamation-circle",
    "warning": "exclamation-triangle",
    "positive": "check-circle",
    "info": "information-circle",
}
MESSAGE_TONES = {"error": "critical", "warning": "warning", "success": "positive"}


def _drawn(component: str, **values: Any) -> SafeString:
    return render_to_string(f"components/{component}.html", values)


@register.simple_tag
def icon(name: str) -> str:
    """A decorative heroicon that takes the size and colour of its text."""
    return heroicon_outline(name, size=None, **{"class": "icon", "aria-hidden": "true"})


@register.filter
def tone_icon(tone: str) -> str:
    return TONE_ICONS.get(tone, "information-circle")


@register.filter
def message_tone(level: str) -> str:
    return MESSAGE_TONES.get(level, "info")


@register.inclusion_tag("components/navigation.html", takes_context=True)
def navigation(context: Context) -> dict[str, Any]:
    """The pages that this person's roles open; a superuser sees them all."""
    request = context.get("request")
    here = request.path if request else ""
    links = links_for(getattr(request, "user", None))
    nearest = max((link.href for link in links if here.startswith(link.href)), key=len, default="")
    return {"links": [(link, link.href == nearest) for link in links]}


@register.inclusion_tag("components/crumb.html")
def crumb(label: str, href: str = "") -> dict[str, str]:
    return {"label": label, "href": href}


@register.simple_block_tag
def pageheader(content: str, title: str, *, description: str = "") -> str:
    """The page's h1; what stands inside are its actions."""
    return _drawn("pageheader", content=content, title=title, description=description)


@register.simple_block_tag
def panel(content: str, title: str = "", *, description: str = "", anchor: str = "") -> str:
    return _drawn("panel", content=content, title=title, description=description, anchor=anchor)


@register.simple_block_tag
def card(content: str, title: str = "", *, href: str = "", icon: str = "", variant: str = "") -> str:
    """A box; with href the whole of it is one link."""
    return _drawn("card", content=content, title=title, href=href, icon=icon, variant=variant)


@register.simple_block_tag
def alert(content: str, tone: str = "info", *, title: str = "") -> str:
    return _drawn("alert", content=content, tone=tone, title=title)


@register.simple_block_tag
def empty(content: str, title: str, *, icon: str = "inbox") -> str:
    """What a list says when it has nothing; what stands inside says what to do next."""
    return _drawn("empty", content=content, title=title, icon=icon)


@register.simple_block_tag
def dialog(content: str, anchor: str, title: str) -> str:
    """A modal, opened by any button with its anchor in data-open."""
    return _drawn("dialog", content=content, anchor=anchor, title=title)


@register.inclusion_tag("components/busy.html")
def busy(words: str) -> dict[str, str]:
    """What a form says while its work takes a while; it is not sent twice."""
    return {"words": words}


@register.simple_block_tag
def tabs(content: str, label: str) -> str:
    return _drawn("tabs", content=content, label=label)


@register.inclusion_tag("components/tab.html", takes_context=True)
def tab(
    context: Context, label: str, href: str, *, current: bool = False, count: int | None = None
) -> dict[str, Any]:
    """A tab; the one that leads to the page itself is current by itself."""
    request = context.get("request")
    here = bool(request and request.path == href)
    return {"label": label, "href": href, "current": current or here, "count": count}


@register.simple_block_tag
def facts(content: str) -> str:
    return _drawn("facts", content=content)


@register.simple_block_tag
def fact(content: str, label: str, *, code: bool = False) -> str:
    return _drawn("fact", content=content, label=label, code=code)


@register.simple_block_tag
def timeline(content: str) -> str:
    return _drawn("timeline", content=content)


@register.simple_block_tag
def moment(
    content: str, title: str, *, at: datetime | None = None, by: str = "", tone: str = "neutral"
) -> str:
    """One event of a timeline."""
    return _drawn("moment", content=content, title=title, at=at, by=by, tone=tone)


@register.simple_block_tag
def datatable(content: str, label: str) -> str:
    """A table that scrolls in its own box; what stands inside are thead and tbody."""
    return _drawn("datatable", content=content, label=label)


@register.inclusion_tag("components/sortheader.html", takes_context=True)
def sortheader(context: Context, label: str, field: str, *, number: bool = False) -> dict[str, Any]:
    """A column head that sorts by ?sort=field, and by -field when pressed again."""
    query = context["request"].GET.copy()
    now = query.get("sort", "")
    query["sort"] = f"-{field}" if now == field else field
    query.pop("after", None)
    direction = {field: "ascending", f"-{field}": "descending"}.get(now, "")
    return {"label": label, "href": f"?{query.urlencode()}", "direction": direction, "number": number}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: Context, after: Any = None) -> dict[str, Any]:
    """First and Next by keyset: after is the cursor of the last row shown, or empty on the last page."""
    query = context["request"].GET.copy()
    was_after = query.pop("after", None)
    first = f"?{query.urlencode()}"
    if after:
        query["after"] = str(after)
    return {"first": first if was_after else "", "next": f"?{query.urlencode()}" if after else ""}


@register.inclusion_tag("components/badge.html")
def badge(state: Any, label: Any = "", *, tone: str = "") -> dict[str, Any]:
    """A state in its tone; give the label from get_state_display."""
    text = label or str(state).replace("_", " ").capitalize()
    return {"label": text, "tone": tone or tone_of(str(state))}


@register.inclusion_tag("components/stat.html")
def stat(label: str, value: Any, *, hint: str = "", tone: str = "neutral", href: str = "") -> dict[str, Any]:
    return {"label": label, "value": value, "hint": hint, "tone": tone, "href": href}


@register.inclusion_tag("components/steps.html")
def steps(names: Sequence[str], current: int) -> dict[str, Any]:
    """The steps of a wizard; current counts from 1."""
    return {"names": names, "current": current}


@register.inclusion_tag("components/progress.html")
def progress(label: str, value: Any, *, of: Any = 100, shown: str = "", tone: str = "") -> dict[str, Any]:
    return {"label": label, "value": value, "of": of, "shown": shown or f"{value} / {of}", "tone": tone}


@register.inclusion_tag("components/errorsummary.html")
def errorsummary(form: BaseForm) -> dict[str, Any]:
    """Every error of a form, each a link to its field; {{ form }} already begins with it."""
    return {"form": form}


@register.inclusion_tag("components/picture.html")
def picture(
    src: str, alt: str, *, region: Sequence[float] | None = None, caption: str = ""
) -> dict[str, Any]:
    """A picture with a region (left, top, right, bottom, each 0..1 of its size) framed on it."""
    frame = None
    if region:
        left, top, right, bottom = (100 * min(1.0, max(0.0, float(edge))) for edge in region)
        frame = {"x": f"{left:.2f}%", "y": f"{top:.2f}%", "width": f"{max(0.0, right - left):.2f}%"}
        frame["height"] = f"{max(0.0, bottom - top):.2f}%"
    return {"src": src, "alt": alt, "frame": frame, "caption": caption}


@register.simple_block_tag
def picturepair(content: str, label: str) -> str:
    """Two pictures side by side, with buttons to see their difference (D) and to blur them (B)."""
    return _drawn("picturepair", content=content, label=label)
