"""The ladder in words: tracks, totals, steps, and what one more violation would do."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from enforcement.sanctions.models import Rung, Violation
from enforcement.sanctions.rules.ladder import Entry
from enforcement.sanctions.rules.policy import Ladder, Step, Track
from enforcement.sanctions.rules.severities import SEVERITY_LABELS

MEASURES = {
    "deposit": gettext_lazy("higher deposit"),
    "sister_stores_restricted": gettext_lazy("linked shops: no new listings"),
    "sister_stores_closed": gettext_lazy("linked shops closed"),
    "no_new_store": gettext_lazy("no new shops"),
    "funds_frozen": gettext_lazy("funds frozen"),
    "no_new_goods": gettext_lazy("no new listings"),
    "hidden_from_search": gettext_lazy("hidden from search"),
    "limited_campaigns": gettext_lazy("limited promotions"),
    "hold_settlement": gettext_lazy("settlement on hold"),
    "no_benefits": gettext_lazy("excluded from marketplace programmes"),
}
TRACKS = {
    "serious": gettext_lazy("Serious IP infringements"),
    "general": gettext_lazy("General IP infringements and prohibited goods"),
    "transaction": gettext_lazy("Transactions"),
    "quality": gettext_lazy("Listing quality"),
    "strikes": gettext_lazy("Strikes"),
    "points": gettext_lazy("Points"),
}


def track_words(name: str) -> str:
    return str(TRACKS.get(name) or capfirst(name.replace("_", " ")))


def severity_words(severity: str) -> str:
    """What people read for a kind of violation; a stored one that no release knows any more goes by its name."""
    return _(SEVERITY_LABELS[severity]) if severity in SEVERITY_LABELS else severity.replace("_", " ").lower()


def ladder_words(ladder: Ladder) -> list[tuple[str, list[tuple[str, str]]]]:
    """The policy's own words: for each track its steps, as total and consequence."""
    return [
        (
            track_words(name),
            [(amount_words(step.reached, track), step_words(step)) for step in track.steps],
        )
        for name, track in ladder.tracks.items()
    ]


def measure_words(measures: tuple[str, ...] | list[str]) -> str:
    return ", ".join(str(MEASURES.get(measure, measure)) for measure in measures)


def amount_words(amount: int, track: Track) -> str:
    if track.unit == "strikes":
        return ngettext("%(n)d strike", "%(n)d strikes", amount) % {"n": amount}
    return ngettext("%(n)d point", "%(n)d points", amount) % {"n": amount}


def step_words(step: Step) -> str:
    """A step of the ladder: the rung, its days, and what comes with it."""
    words = str(Rung(step.rung).label)
    if step.days:
        words += " " + ngettext("%(n)d day", "%(n)d days", step.days) % {"n": step.days}
    return f"{words} ({measure_words(step.measures)})" if step.measures else words


def consequence_words(entry: Entry, track: Track) -> str:
    """What one more violation would do: “2 strikes: suspension 7 days”."""
    if not entry.counted:
        return _("no points: %(why)s") % {"why": Violation.Counting(entry.counting).label}
    total = amount_words(entry.total, track)
    return (
        f"{total}: {step_words(entry.step)}" if entry.step else _("%(total)s, no sanction") % {"total": total}
    )
