"""How common fakes are, as random draws have shown by a point in time."""

from dataclasses import dataclass
from datetime import datetime
from math import isinf

from django.db.models import Avg, Count, Q

from mystery_shop.models import SamplingPlan, Stratum, TestPurchase, Verdict
from mystery_shop.rules import prevalence

Finding = Verdict.Finding
PURCHASES_AHEAD = 30


@dataclass(frozen=True)
class StratumFigures:
    """``unresolved`` purchases were drawn, and nobody can or could yet say what they are."""

    row: Stratum
    counts: prevalence.Stratum
    unresolved: int
    own: prevalence.Estimate | None
    narrowing: float | None
    mean_price: int


@dataclass(frozen=True)
class Figures:
    estimate: prevalence.Estimate | None
    strata: list[StratumFigures]
    outlook: list[float]


def figures_of(plan: SamplingPlan, *, at: datetime) -> Figures:
    """The estimate from the random draws of this plan that were judged by then, on sound custody."""
    rows = list(_counted(plan, at))
    counts = [prevalence.Stratum(row.name, row.size, row.examined, row.fakes) for row in rows]
    drawn = [count for count in counts if count.size]
    estimate = prevalence.estimate(drawn)
    strata = [
        StratumFigures(
            row=row,
            counts=count,
            unresolved=row.purchased - row.examined,
            own=prevalence.estimate([count]) if count.size else None,
            narrowing=_finite(prevalence.narrowing(counts, place)) if estimate and count.size else None,
            mean_price=int(row.mean_price or 0),
        )
        for place, (row, count) in enumerate(zip(rows, counts, strict=True))
    ]
    return Figures(estimate, strata, prevalence.outlook(drawn, PURCHASES_AHEAD) if estimate else [])


def _finite(value: float) -> float | None:
    return None if isinf(value) else value


def _counted(plan: SamplingPlan, at: datetime):  # type: ignore[no-untyped-def]  # annotated rows
    judged = Q(
        purchases__draw=TestPurchase.Draw.RANDOM,
        purchases__verdict__given_at__lte=at,
        purchases__verdict__is_usable=True,
    ) & ~Q(purchases__verdict__finding=Finding.INCONCLUSIVE)
    return plan.strata.annotate(
        purchased=Count("purchases"),
        examined=Count("purchases", filter=judged),
        fakes=Count("purchases", filter=judged & Q(purchases__verdict__finding=Finding.COUNTERFEIT)),
        mean_price=Avg("purchases__paid"),
    ).order_by("number")
