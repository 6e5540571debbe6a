"""How reliable reporters are, and what they may do."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from klean.core.access.models import Organisation
from klean.core.policy.queries import policy_at
from reports.models.counters import CounterNotice
from reports.models.notices import NoticeItem
from reports.models.reporters import MisuseMeasure, ReporterTier
from reports.rules.accuracy import Figures
from reports.rules.policy import Reports

Outcome = NoticeItem.Outcome
RUNGS: list[str] = [MisuseMeasure.Rung.WARNING, MisuseMeasure.Rung.RESTRICTION, MisuseMeasure.Rung.SUSPENSION]
GIVEN_UP = Q(
    outcome=Outcome.WITHDRAWN, counter__answered_at__isnull=False, answered_at__gt=F("counter__answered_at")
)


def figures_of(keys: Collection[str] | None, *, at: datetime, min_listings: int = 0) -> dict[str, Figures]:
    """The figures within the window of these reporters, or of all with so many answers, in one query."""
    days = policy_at(at)[Reports].tiers.window_days
    items = NoticeItem.objects.filter(answered_at__gt=at - timedelta(days=days), answered_at__lte=at)
    if keys is not None:
        items = items.filter(reporter_key__in=keys)
    lost = Q(outcome=Outcome.DISMISSED) | GIVEN_UP
    countered_by_seller = Q(counter__state=CounterNotice.State.ACCEPTED) | Q(
        counter__answered_at__isnull=False
    )
    rows = items.values("reporter_key").annotate(
        upheld=Count("pk", filter=Q(outcome=Outcome.UPHELD)),
        dismissed=Count("pk", filter=lost),
        countered=Count("pk", filter=lost & countered_by_seller),
    )
    names = ("reporter_key", "upheld", "dismissed", "countered")
    found = {
        key: Figures(upheld=upheld, dismissed=dismissed, countered=countered)
        for key, upheld, dismissed, countered in rows.order_by().values_list(*names)
    }
    return {key: figures for key, figures in found.items() if figures.answered >= min_listings}


def tier_of(key: str) -> str:
    row = ReporterTier.objects.filter(reporter_key=key).first()
    return row.state if row else ReporterTier.State.STANDARD


def measures_on(key: str, *, at: datetime) -> list[MisuseMeasure]:
    """Every measure within the policy's memory that was not lifted, newest first."""
    days = policy_at(at)[Reports].misuse.memory_days
    rows = MisuseMeasure.objects.filter(
        reporter_key=key, lifted_at=None, ends_at__gt=at - timedelta(days=days)
    )
    return list(rows.order_by("-pk"))


def live_rung(key: str, *, at: datetime) -> str:
    """The hardest measure in force now, ``""`` with none."""
    rungs = [one.rung for one in measures_on(key, at=at) if one.ends_at > at]
    return max(rungs, key=RUNGS.index, default="")


def highest_rung(key: str, *, at: datetime) -> str:
    return max((one.rung for one in measures_on(key, at=at)), key=RUNGS.index, default="")


def was_lifted(key: str, *, at: datetime) -> bool:
    """Whether a person lifted a measure within the window that the record is judged by."""
    days = policy_at(at)[Reports].tiers.window_days
    return MisuseMeasure.objects.filter(reporter_key=key, lifted_at__gt=at - timedelta(days=days)).exists()


def measures_in_force(*, at: datetime, limit: int = 100) -> list[MisuseMeasure]:
    """What could be lifted, newest first."""
    return list(MisuseMeasure.objects.filter(lifted_at=None, ends_at__gt=at).order_by("-pk")[:limit])


def measure_by(measure_id: int) -> MisuseMeasure:
    return get_object_or_404(MisuseMeasure, pk=measure_id)


def record_of(key: str, *, at: datetime) -> dict[str, Any]:
    """What a reporter sees of their own record."""
    return {
        "figures": figures_of([key], at=at).get(key, Figures()),
        "tier": ReporterTier.objects.filter(reporter_key=key).first(),
        "tier_words": ReporterTier.State(tier_of(key)).label,
        "measures": measures_on(key, at=at),
    }


def names_of(keys: Collection[str]) -> dict[str, str]:
    """Who stands behind these keys, as far as the desk may know without asking to unmask."""
    numbers = {key: int(key.partition(":")[2]) for key in keys if key.startswith("organisation:")}
    names = dict(Organisation.objects.filter(pk__in=numbers.values()).values_list("pk", "name"))
    return {key: names.get(numbers.get(key, 0)) or _name_of(key) for key in keys}


def _name_of(key: str) -> str:
    kind, _colon, number = key.partition(":")
    if kind == "user":
        return _("User %(number)s") % {"number": number}
    return _("Reporter without an account (%(code)s)") % {"code": number[:8]}


def unreliable(*, at: datetime, limit: int = 50) -> list[tuple[str, Figures, str]]:
    """Reporters whose share calls for a measure: key, figures, and the highest measure so far."""
    terms = policy_at(at)[Reports].misuse
    found = figures_of(None, at=at, min_listings=terms.min_listings)
    bad = [(key, figures) for key, figures in found.items() if figures.is_misuse(terms)]
    bad.sort(key=lambda one: one[1].upheld_percent or 0)
    return [(key, figures, highest_rung(key, at=at)) for key, figures in bad[:limit]]
