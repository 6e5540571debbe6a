"""The month that reports are counted of, and a decision in it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from enforcement.decisions.facts import DecisionIssued

SEOUL = ZoneInfo("Asia/Seoul")
MARCH = datetime(2026, 3, 1, tzinfo=SEOUL)


def decided(case_id, source="CONSUMER", outcome="INFRINGING"):
    return DecisionIssued(
        case_id=case_id,
        decision_id=case_id,
        listing="l-1",
        seller="s-1",
        outcome=outcome,
        severity="SERIOUS",
        ground="COUNTERFEIT",
        source=source,
        rung="SUSPENSION",
    )
