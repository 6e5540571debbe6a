"""Figures counted from the event log alone, so that anybody who holds the log comes to the same numbers.

Every query counts what happened from ``begins`` to before ``ends`` in the events up to a ``position``.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from mystery_shop.rules.prevalence import Stratum, estimate

Figures = dict[str, Any]
GROUPS = {
    "notices": ("reports.notice.filed", "notifier_type"),
    "notices_by_reason": ("reports.notice.filed", "reason"),
    "cases": ("enforcement.case.opened", "source"),
    "decisions": ("enforcement.decision.issued", "outcome"),
    "decisions_by_source": ("enforcement.decision.issued", "source"),
    "sanctions": ("enforcement.sanction.imposed", "rung"),
    "flagged": ("listings.listing.flagged", "verdict"),
}
COUNTS = {
    "removed": "listings.listing.removed",
    "reinstated": "listings.listing.reinstated",
    "appeals_filed": "enforcement.appeal.filed",
    "appeals_upheld": "enforcement.decision.upheld",
    "appeals_overturned": "enforcement.decision.overturned",
    "claims_opened": "refunds.claim.opened",
    "claims_approved": "refunds.claim.approved",
    "claims_declined": "refunds.claim.declined",
    "refunds_paid": "refunds.refund.paid",
    "refunds_recovered": "refunds.refund.recovered",
}
# From the first event to the second about the same id, by the channel that the first names.
SPANS = {
    "hours_to_answer": ("reports.notice.filed", ["reports.notice.answered"], "notice_id", "notifier_type"),
    "hours_to_decision": ("enforcement.case.opened", ["enforcement.decision.issued"], "case_id", "source"),
    "hours_to_money": ("refunds.claim.opened", ["refunds.refund.paid"], "claim_id", ""),
    "hours_to_appeal_outcome": (
        "enforcement.appeal.filed",
        ["enforcement.decision.upheld", "enforcement.decision.overturned"],
        "appeal_id",
        "",
    ),
}
MONEY = {
    "refunded_won": ("refunds.refund.paid", "amount"),
    "recovered_won": ("refunds.refund.recovered", "amount"),
    "released_won": ("refunds.recovery.reversed", "amount"),
    "bought_won": ("mystery_shop.purchase.state_changed", "paid"),
    "examined_won": ("mystery_shop.verdict.given", "fee"),
    "legal_support_won": ("legal.support.decided", "granted"),
}
PROACTIVE = ["SCREENING", "OWN_INITIATIVE", "MYSTERY_SHOP"]
# The marketplace confirmed that a buyer had paid for the listing.
SOLD = ["refunds.claim.approved", "refunds.claim.held_for_review", "refunds.claim.declined"]
ALL = "ALL"


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open time, seen from the log's first ``position`` events."""

    begins: datetime
    ends: datetime
    position: int

    def rows(self, sql: str, **values: Any) -> list[Any]:
        known: dict[str, Any] = {"begins": self.begins, "ends": self.ends, "position": self.position}
        with connection.cursor() as cursor:
            cursor.execute(sql, known | values)
            return list(cursor.fetchall())


WITHIN = "{0}.at >= %(begins)s AND {0}.at < %(ends)s AND {0}.position <= %(position)s"
EVENT = WITHIN.format("core_event")


def figures_of(period: Period) -> Figures:
    """Everything that a transparency report says of the period."""
    sql = f"SELECT name, count(*) FROM core_event WHERE name = ANY(%(names)s) AND {EVENT} GROUP BY name"  # noqa: S608
    counts = dict(period.rows(sql, names=list(COUNTS.values())))
    upheld, overturned = (
        counts.get(f"enforcement.decision.{outcome}", 0) for outcome in ("upheld", "overturned")
    )
    money = {name: _won(period, event, key) for name, (event, key) in MONEY.items()}
    return {
        **{name: _grouped(period, event, key) for name, (event, key) in GROUPS.items()},
        **{name: counts.get(event, 0) for name, event in COUNTS.items()},
        **{name: _spans(period, *span) for name, span in SPANS.items()},
        **money,
        "test_purchases_won": money["bought_won"] + money["examined_won"],
        "fund_spent_won": money["refunded_won"] - money["recovered_won"] + money["released_won"],
        "proactive_share": _proactive(period),
        "before_first_sale_share": _before_first_sale(period),
        "overturn_rate": _share(overturned, upheld + overturned),
        "sellers_suspended": _sellers_suspended(period),
        **{f"findings_{draw}": found for draw, found in _findings(period).items()},
        "prevalence": _prevalence(period),
    }


def as_rows(figures: Mapping[str, Any], *names: str) -> list[tuple[str, str, str]]:
    """(figure, of which, value) for the CSV; ``of`` names the parts with a slash between."""
    rows = []
    for name, value in sorted(figures.items()):
        if isinstance(value, Mapping):
            rows += as_rows(value, *names, name)
        else:
            figure, *of = [*names, name]
            rows.append((figure, "/".join(of), "" if value is None else str(value)))
    return rows


def _share(part: int, whole: int) -> Figures:
    """No percentage is told of nothing."""
    return {"part": part, "whole": whole, "percent": round(100 * part / whole, 1) if whole else None}


def _grouped(period: Period, event: str, key: str) -> dict[str, int]:
    return dict(
        period.rows(
            f"SELECT data->>%(key)s, count(*) FROM core_event WHERE name = %(event)s AND {EVENT} GROUP BY 1 ORDER BY 1",  # noqa: S608
            event=event,
            key=key,
        )
    )


def _won(period: Period, event: str, key: str) -> int:
    sql = f"SELECT coalesce(sum((data->>%(key)s)::bigint), 0) FROM core_event WHERE name = %(event)s AND {EVENT}"  # noqa: S608
    return int(period.rows(sql, event=event, key=key)[0][0])


def _spans(period: Period, first: str, then: list[str], key: str, channel: str) -> Figures:
    """Count, median and 90th percentile in hours of all that ended in the period, and of each channel."""
    rows = period.rows(
        f"""
        SELECT channel, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY hours),
               percentile_cont(0.9) WITHIN GROUP (ORDER BY hours)
        FROM (
            SELECT begun.data->>%(channel)s AS channel, extract(epoch FROM done.at - begun.at) / 3600 AS hours
            FROM core_event done JOIN core_event begun ON begun.data->>%(key)s = done.data->>%(key)s
            WHERE begun.name = %(first)s AND begun.position < done.position
              AND done.name = ANY(%(then)s) AND {WITHIN.format("done")}
        ) AS spans
        GROUP BY GROUPING SETS ((), (channel)) HAVING grouping(channel) = 1 OR channel IS NOT NULL
        ORDER BY grouping(channel) DESC, channel
        """,  # noqa: S608
        first=first,
        then=then,
        key=key,
        channel=channel,
    )
    return {
        name or ALL: {"count": count, "median": _hours(median), "p90": _hours(p90)}
        for name, count, median, p90 in rows
    }


def _hours(value: Any) -> float | None:
    return None if value is None else round(float(value), 2)


def _proactive(period: Period) -> Figures:
    ((part, whole),) = period.rows(
        f"""
        SELECT count(*) FILTER (WHERE data->>'source' = ANY(%(proactive)s)), count(*) FROM core_event
        WHERE name = 'enforcement.decision.issued' AND data->>'outcome' <> 'NOT_INFRINGING' AND {EVENT}
        """,  # noqa: S608
        proactive=PROACTIVE,
    )
    return _share(part, whole)


def _before_first_sale(period: Period) -> Figures:
    """Of the removals: those of listings of which no paid order was known before from a refund claim."""
    ((part, whole),) = period.rows(
        f"""
        WITH sold AS (
            SELECT data->>'listing' AS listing, min(position) AS first FROM core_event
            WHERE name = ANY(%(sold)s) AND position <= %(position)s GROUP BY 1
        )
        SELECT count(*) FILTER (WHERE sold.first IS NULL OR sold.first > gone.position), count(*)
        FROM core_event gone LEFT JOIN sold ON sold.listing = gone.data->>'listing'
        WHERE gone.name = 'listings.listing.removed' AND {WITHIN.format("gone")}
        """,  # noqa: S608
        sold=SOLD,
    )
    return _share(part, whole)


def _sellers_suspended(period: Period) -> int:
    sql = f"""
        SELECT count(DISTINCT data->>'seller') FROM core_event
        WHERE name = 'enforcement.sanction.imposed' AND data->>'rung' IN ('SUSPENSION', 'CLOSURE') AND {EVENT}
        """  # noqa: S608
    return int(period.rows(sql)[0][0])


def _findings(period: Period) -> dict[str, dict[str, int]]:
    """Verdicts of test purchases, random and targeted draws apart: they are never one figure."""
    found: dict[str, dict[str, int]] = {"random": {}, "targeted": {}}
    for draw, finding, count in period.rows(
        f"""
        SELECT planned.data->>'draw', given.data->>'finding', count(*)
        FROM core_event given JOIN core_event planned
          ON planned.name = 'mystery_shop.purchase.planned' AND planned.data->>'purchase_id' = given.data->>'purchase_id'
        WHERE given.name = 'mystery_shop.verdict.given' AND {WITHIN.format("given")}
        GROUP BY 1, 2 ORDER BY 1, 2
        """,  # noqa: S608
    ):
        found[draw.lower()][finding] = count
    return found


def _prevalence(period: Period) -> Figures:
    """Of each sampling plan with a verdict in the period: the estimate from all its random draws judged by its end."""
    strata = defaultdict(list)
    for plan, stratum, size, examined, fakes in period.rows(STRATA):
        strata[plan].append(Stratum(str(stratum), size, examined, fakes))
    return {str(plan): _estimated(found) for plan, found in strata.items()}


STRATA = """
    WITH planned AS (
        SELECT data->>'purchase_id' AS purchase, data->>'plan_id' AS plan, data->>'stratum' AS stratum FROM core_event
        WHERE name = 'mystery_shop.purchase.planned' AND data->>'draw' = 'RANDOM' AND position <= %(position)s
    ), judged AS (
        SELECT planned.plan, planned.stratum, given.data->>'finding' AS finding, given.at
        FROM core_event given JOIN planned ON planned.purchase = given.data->>'purchase_id'
        WHERE given.name = 'mystery_shop.verdict.given' AND (given.data->>'is_usable')::boolean
          AND given.data->>'finding' <> 'INCONCLUSIVE' AND given.at < %(ends)s AND given.position <= %(position)s
    ), drawn AS (
        SELECT DISTINCT ON (1, 2) data->>'plan_id' AS plan, data->>'stratum' AS stratum, (data->>'size')::int AS size
        FROM core_event WHERE name = 'mystery_shop.sample.drawn' AND at < %(ends)s AND position <= %(position)s
        ORDER BY 1, 2, position DESC
    )
    SELECT plan::bigint, stratum::int, size, count(finding), count(*) FILTER (WHERE finding = 'COUNTERFEIT')
    FROM drawn LEFT JOIN judged USING (plan, stratum)
    WHERE plan IN (SELECT plan FROM judged WHERE at >= %(begins)s)
    GROUP BY 1, 2, 3 ORDER BY 1, 2
"""


def _estimated(strata: list[Stratum]) -> Figures:
    """In per cent, with the 95 % interval of ``mystery_shop.rules.prevalence``."""
    found = estimate(strata)
    shares = (found.rate, found.low, found.high, found.covered) if found else ()
    return {
        **dict(zip(("percent", "low", "high", "covered"), (round(100 * x, 2) for x in shares), strict=False)),
        "examined": sum(stratum.examined for stratum in strata),
        "fakes": sum(stratum.fakes for stratum in strata),
    }
