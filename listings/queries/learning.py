"""How screening does: its rules, its model and the one in shadow, and whether what it sees has changed."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext

from klean.core.policy.queries import day_of, policy_at
from klean.core.rows.texts import in_language
from listings.models import RuleHit, Screening, ScreeningModel, ShadowScore, SignalCount, Verdict
from screening.checks.registry import KINDS
from screening.policy import CODES, Rule, ScreeningSection
from screening.stored import read_signals
from screening.verdicts import is_met

LAST_RUNS = 2000  # on which drafts are tried
WEEKS = 8  # of drift that are shown
MIN_SHARE = 0.0005  # what a share is taken for that was never seen, so that its logarithm exists
MIN_RUNS = 200  # in a week, below which its shares say nothing


@dataclass(frozen=True, slots=True)
class RuleRow:
    """``precision`` is the percentage of its listings with a decision that were counterfeit; None without decisions."""

    rule: Rule
    listings: int
    decided: int
    precision: int | None

    @property
    def title(self) -> str:
        return in_language(self.rule.words) or self.rule.name.replace("_", " ")

    @property
    def state(self) -> str:
        return gettext(CODES[self.rule.state])

    @property
    def verdict(self) -> str:
        return str(Verdict(self.rule.verdict).label)


@dataclass(frozen=True, slots=True)
class Drift:
    """The weekly percentages of runs with the signal, oldest first, and how far the last week is from those before."""

    kind: str
    shares: list[float]
    index: float | None

    @property
    def is_large(self) -> bool:
        return self.index is not None and self.index >= 0.25


def rules_of(at: datetime) -> list[RuleRow]:
    """The rules of the policy in force; a draft's listings are those that it would have met in the last runs."""
    rules = policy_at(at)[ScreeningSection].rules
    hits = RuleHit.objects.filter(rule__in=[rule.name for rule in rules]).values("rule")
    label = "screening__listing__label"
    counted = {
        row["rule"]: (row["listings"], row["decided"], row["fakes"])
        for row in hits.annotate(
            listings=Count("screening__listing", distinct=True),
            decided=Count("screening__listing", distinct=True, filter=Q(**{f"{label}__isnull": False})),
            fakes=Count("screening__listing", distinct=True, filter=Q(**{f"{label}__is_counterfeit": True})),
        )
    }
    drafts = [rule for rule in rules if rule.state == "draft"]
    counted |= _tried(drafts) if drafts else {}
    return [_row(rule, *counted.get(rule.name, (0, 0, 0))) for rule in rules]


def _row(rule: Rule, listings: int, decided: int, fakes: int) -> RuleRow:
    precision = round(100 * fakes / decided) if decided else None
    return RuleRow(rule, listings, decided, precision)


def _tried(drafts: Sequence[Rule]) -> dict[str, tuple[int, int, int]]:
    runs = Screening.objects.filter(verdict__gt="").order_by("-pk")
    found: dict[str, dict[int, bool | None]] = defaultdict(dict)
    for listing, rows, is_fake in runs.values_list("listing_id", "signals", "listing__label__is_counterfeit")[
        :LAST_RUNS
    ]:
        signals = read_signals(rows)
        for rule in drafts:
            if is_met(rule, signals):
                found[rule.name][listing] = is_fake
    return {
        name: (
            len(listings),
            sum(fake is not None for fake in listings.values()),
            sum(fake is True for fake in listings.values()),
        )
        for name, listings in found.items()
    }


def model_in_force() -> ScreeningModel | None:
    """The model that a person promoted last; None while the shipped one scores."""
    return ScreeningModel.objects.exclude(promoted_at=None).order_by("-promoted_at").first()


def model_in_shadow() -> ScreeningModel | None:
    return ScreeningModel.objects.exclude(shadow_since=None).first()


def shadow_counts(model: ScreeningModel) -> list[dict[str, Any]]:
    """For each pair of verdicts, as given and as the model in shadow would have, the runs and what became of them."""
    rows = ShadowScore.objects.filter(model=model).values("screening__verdict", "verdict")
    label = "screening__listing__label__is_counterfeit"
    counted = rows.annotate(
        runs=Count("pk"),
        fakes=Count("pk", filter=Q(**{label: True})),
        harmless=Count("pk", filter=Q(**{label: False})),
    )
    return [dict(row) for row in counted.order_by("screening__verdict", "verdict")]


def drift_at(at: datetime) -> list[Drift]:
    """For each kind of signal the population stability index of the last week against those before."""
    day = day_of(at)
    monday = day - timedelta(days=day.weekday())
    weeks = [monday - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    counts: dict[str, dict[date, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    for row in SignalCount.objects.filter(week_on__gte=weeks[0]):
        counts[row.kind][row.week_on][row.band] = row.runs
    totals = {week: sum(bands.values()) for week, bands in counts.pop("", {}).items()}
    kept = [week for week in weeks if totals.get(week, 0) >= MIN_RUNS]
    found = []
    for kind, by_week in sorted(counts.items()):
        shares = [round(100 * sum(by_week[week].values()) / totals[week], 2) for week in kept]
        found.append(Drift(_label_of(kind), shares, _stability(by_week, totals, kept)))
    return found


def _label_of(kind: str) -> str:
    """What a kind is called; one that no check finds any more is called by its name."""
    return gettext(KINDS[kind].label) if kind in KINDS else kind


def _stability(
    by_week: Mapping[date, dict[int, int]], totals: Mapping[date, int], weeks: Sequence[date]
) -> float | None:
    """The sum of (now − before) · ln(now / before) over the bands of strength and those without the signal."""
    if len(weeks) < 2:
        return None
    now, before = _shares(by_week, totals, weeks[-1:]), _shares(by_week, totals, weeks[:-1])
    return round(sum((a - b) * math.log(a / b) for a, b in zip(now, before, strict=True)), 3)


def _shares(
    by_week: Mapping[date, dict[int, int]], totals: Mapping[date, int], weeks: Sequence[date]
) -> list[float]:
    runs = sum(totals[week] for week in weeks)
    bands = [sum(by_week[week].get(band, 0) for week in weeks) for band in range(4)]
    return [max(MIN_SHARE, count / runs) for count in [runs - sum(bands), *bands]]
