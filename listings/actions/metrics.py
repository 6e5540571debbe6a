"""Counts that are stored with the verdicts: rules that were met, scores of the model in shadow, signals by kind and strength."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection

from klean.core.events.actors import Actor
from klean.core.policy.queries import day_of
from listings.models import RuleHit, ScreeningModel, ShadowScore
from screening.judgement import Judgement
from screening.signal import Signal

BANDS = 4  # of strength, each a quarter of 0..1
COUNT = """
INSERT INTO listings_signalcount AS kept (week_on, kind, band, runs)
SELECT %s, t.* FROM unnest(%s::text[], %s::int[], %s::bigint[]) AS t
ON CONFLICT (week_on, kind, band) DO UPDATE SET runs = kept.runs + excluded.runs
"""


def record_metrics(judgements: Sequence[tuple[int, Judgement]], *, at: datetime, actor: Actor) -> None:
    """Of (screening's pk, verdict): counts, for the transaction that stores the verdicts, as its last statements."""
    RuleHit.objects.bulk_create(
        RuleHit(screening_id=pk, rule=name[:100], is_live=is_live)
        for pk, one in judgements
        for name, is_live in one.rules
    )
    _store_shadow_scores(judgements)
    _count_signals([one.signals for _, one in judgements], at)


def _store_shadow_scores(judgements: Sequence[tuple[int, Judgement]]) -> None:
    shadows = [(pk, one.shadow) for pk, one in judgements if one.shadow]
    if not shadows:
        return
    pks = dict(
        ScreeningModel.objects.filter(sha256__in={shadow.model for _, shadow in shadows}).values_list(
            "sha256", "pk"
        )
    )
    ShadowScore.objects.bulk_create(
        ShadowScore(screening_id=pk, model_id=pks[shadow.model], score=shadow.score, verdict=shadow.verdict)
        for pk, shadow in shadows
    )


def _count_signals(found: Sequence[Sequence[Signal]], at: datetime) -> None:
    if not found:
        return
    day = day_of(at)
    counts: Counter[tuple[str, int]] = Counter({("", 0): len(found)})
    for signals in found:
        strongest: dict[str, float] = {}
        for signal in signals:
            strongest[signal.kind] = max(signal.value, strongest.get(signal.kind, 0.0))
        counts.update((kind, min(BANDS - 1, int(BANDS * value))) for kind, value in strongest.items())
    # In one order, so that two workers wait for each other and never lock each other out.
    rows = sorted((kind, band, runs) for (kind, band), runs in counts.items())
    with connection.cursor() as cursor:
        week = day - timedelta(days=day.weekday())
        cursor.execute(COUNT, [week, *(list(column) for column in zip(*rows, strict=True))])
