"""Figures counted from the event log, for one month or any half-open time. They read facts alone, so that anybody
who holds the log comes to the same numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from enforcement.models import Statement
from klean.core.chain import chain_head

GROUPS = {
    "notices": ("reports.notice.filed", "notifier_type"),
    "cases": ("enforcement.case.opened", "source"),
    "decisions": ("enforcement.decision.issued", "outcome"),
    "sanctions": ("enforcement.sanction.imposed", "rung"),
    "flagged": ("listings.listing.flagged", "verdict"),
}
COUNTS = {
    "removed": "listings.listing.removed",
    "reinstated": "listings.listing.reinstated",
    "appeals_filed": "enforcement.appeal.filed",
    "appeals_upheld": "enforcement.appeal.upheld",
    "appeals_overturned": "enforcement.appeal.overturned",
    "claims_opened": "reports.claim.opened",
    "claims_approved": "reports.claim.approved",
    "claims_declined": "reports.claim.declined",
    "refunds_paid": "reports.refund.paid",
    "refunds_recovered": "reports.refund.recovered",
}
SPANS = {
    # From the first event to the second, both about the same id.
    "hours_to_decision": ("enforcement.case.opened", "enforcement.decision.issued", "case_id"),
    "hours_to_money": ("reports.claim.opened", "reports.refund.paid", "claim_id"),
    "hours_to_appeal_outcome": ("enforcement.appeal.filed", "enforcement.appeal.%", "appeal_id"),
}
PROACTIVE = ("SCREENING", "OWN_INITIATIVE", "MYSTERY_SHOP")


@dataclass(frozen=True, slots=True)
class Span:
    """``count`` events that ended in the time; their median and 90th percentile in hours."""

    count: int
    median: float | None
    p90: float | None


@dataclass(frozen=True, slots=True)
class Share:
    """``part`` of ``whole``; no share is told of nothing."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        return round(100 * self.part / self.whole, 1) if self.whole else None


@dataclass(frozen=True)
class Figures:
    """What one report says; every number can be counted again from the events up to ``position``."""

    begins: datetime
    ends: datetime
    groups: dict[str, dict[str, int]]
    counts: dict[str, int]
    spans: dict[str, Span]
    proactive: Share
    overturned: Share
    sellers_suspended: int
    refunded_won: int
    findings: dict[str, dict[str, int]]
    position: int
    head: str

    def as_rows(self) -> list[tuple[str, str, str]]:
        """(figure, of which, value) for the CSV and JSON editions."""
        rows = [(name, key, str(n)) for name, group in self.groups.items() for key, n in group.items()]
        rows += [(name, "", str(n)) for name, n in self.counts.items()]
        for name, span in self.spans.items():
            rows += [
                (name, "count", str(span.count)),
                (name, "median", _text(span.median)),
                (name, "p90", _text(span.p90)),
            ]
        for name, share in (("proactive_share", self.proactive), ("overturn_rate", self.overturned)):
            rows += [
                (name, "part", str(share.part)),
                (name, "whole", str(share.whole)),
                (name, "percent", _text(share.percent)),
            ]
        rows += [
            (f"findings_{draw.lower()}", key, str(n))
            for draw, group in self.findings.items()
            for key, n in group.items()
        ]
        return [
            *rows,
            ("sellers_suspended", "", str(self.sellers_suspended)),
            ("refunded_won", "", str(self.refunded_won)),
        ]


def _text(number: float | None) -> str:
    return "" if number is None else str(number)


def figures_between(begins: datetime, ends: datetime) -> Figures:
    """Everything a transparency report says of the time from ``begins`` to before ``ends``."""
    last = chain_head()
    within = [begins, ends]
    counts = dict(
        _rows("SELECT name, count(*) FROM core_event WHERE at >= %s AND at < %s GROUP BY name", within)
    )
    upheld, overturned = (
        counts.get(f"enforcement.appeal.{outcome}", 0) for outcome in ("upheld", "overturned")
    )
    return Figures(
        begins=begins,
        ends=ends,
        groups={name: _grouped(event, key, within) for name, (event, key) in GROUPS.items()},
        counts={name: counts.get(event, 0) for name, event in COUNTS.items()},
        spans={name: _span(*span, within) for name, span in SPANS.items()},
        proactive=_proactive(within),
        overturned=Share(overturned, upheld + overturned),
        sellers_suspended=_one(
            "SELECT count(DISTINCT data->>'seller') FROM core_event WHERE name = 'enforcement.sanction.imposed' "
            "AND data->>'rung' IN ('SUSPENSION', 'CLOSURE') AND at >= %s AND at < %s", within,
        ),
        refunded_won=_one(
            "SELECT coalesce(sum((data->>'amount')::bigint), 0) FROM core_event WHERE name = 'reports.refund.paid' "
            "AND at >= %s AND at < %s", within,
        ),
        findings=_findings(within),
        position=last.position,
        head=last.hash,
    )  # fmt: skip


def _rows(sql: str, values: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _one(sql: str, values: Sequence[Any]) -> int:
    return int(_rows(sql, values)[0][0])


def _grouped(event: str, key: str, within: list[datetime]) -> dict[str, int]:
    return dict(
        _rows(
            "SELECT data->>%s, count(*) FROM core_event WHERE name = %s AND at >= %s AND at < %s GROUP BY 1 ORDER BY 1",
            [key, event, *within],
        )
    )


def _span(first: str, then: str, key: str, within: list[datetime]) -> Span:
    ((count, median, p90),) = _rows(
        """
        SELECT count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY hours), percentile_cont(0.9) WITHIN GROUP (ORDER BY hours)
        FROM (
            SELECT extract(epoch FROM min(done.at) - min(begun.at)) / 3600 AS hours
            FROM core_event done JOIN core_event begun ON begun.name = %s AND begun.data->>%s = done.data->>%s
            WHERE done.name LIKE %s AND done.name <> %s AND done.at >= %s AND done.at < %s
            GROUP BY done.data->>%s
        ) AS spans
        """,
        [first, key, key, then, first, *within, key],
    )
    return Span(count, *(None if value is None else round(float(value), 2) for value in (median, p90)))


def _proactive(within: list[datetime]) -> Share:
    ((part, whole),) = _rows(
        "SELECT count(*) FILTER (WHERE data->>'source' = ANY(%s)), count(*) FROM core_event "
        "WHERE name = 'enforcement.decision.issued' AND data->>'outcome' <> 'NOT_INFRINGING' AND at >= %s AND at < %s",
        [list(PROACTIVE), *within],
    )
    return Share(part, whole)


def _findings(within: list[datetime]) -> dict[str, dict[str, int]]:
    """Verdicts of test purchases, random and targeted draws apart: they are never one figure."""
    found: dict[str, dict[str, int]] = {"RANDOM": {}, "TARGETED": {}}
    for draw, finding, count in _rows(
        """
        SELECT planned.data->>'draw', given.data->>'finding', count(*)
        FROM core_event given JOIN core_event planned
          ON planned.name = 'mystery_shop.purchase.planned' AND planned.data->>'purchase_id' = given.data->>'purchase_id'
        WHERE given.name = 'mystery_shop.verdict.given' AND given.at >= %s AND given.at < %s
        GROUP BY 1, 2 ORDER BY 1, 2
        """,
        within,
    ):
        found[draw][finding] = count
    return found


def monthly(event: str, months: list[datetime]) -> list[int]:
    """How often the event happened in each of the months that begin then; the last begin only ends the one before."""
    counts = dict(
        _rows(
            "SELECT width_bucket(at, %s::timestamptz[]), count(*) FROM core_event "
            "WHERE name = %s AND at >= %s AND at < %s GROUP BY 1",
            [months, event, months[0], months[-1]],
        )
    )
    return [counts.get(bucket, 0) for bucket in range(1, len(months))]


def statements() -> QuerySet[Statement]:
    return Statement.objects.order_by("-pk")
