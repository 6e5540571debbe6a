"""Whatever happens in whatever order, what is stored equals what the standing violations ask for."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enforcement.actions import assign_appeal, overturn_appeal, settle_due_standings
from enforcement.models import Decision, Sanction, Violation
from enforcement.queries.ledgers import entries_of, standing_violations
from enforcement.rules.standing import standing_under
from klean.core.actors import person as acting
from sellers.models import Seller
from tests.fixtures import NOON, TESTER
from tests.make.enforcement import appeal, decision, live_listing
from tests.make.sellers import seller

HOURS = st.integers(min_value=1, max_value=24 * 150)
MOVES = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["GENERAL", "SERIOUS", "ADVICE"]), HOURS),
        st.tuples(st.just("overturn"), HOURS),
        st.tuples(st.just("wait"), HOURS),
    ),
    min_size=1,
    max_size=8,
)


def overturn_oldest_of(shop: Seller, senior, at: datetime) -> None:
    recent = Decision.objects.filter(seller=shop, fell_at=None, decided_at__gt=at - timedelta(days=180))
    made = recent.filter(appeal=None).order_by("pk").first()
    if made is not None:
        filed = assign_appeal(appeal(made, at=at), senior, at=at, actor=TESTER)
        overturn_appeal(filed, reasons="The invoices are sound.", at=at, actor=acting(senior.pk))


def must_be_settled(shop: Seller, at: datetime) -> None:
    """Recompute from scratch, with no memory of what happened, and compare."""
    violations = standing_violations(shop.pk)
    entries = entries_of(violations)
    assert [(row.counted, row.total) for row in violations] == [(e.counted, e.total) for e in entries]
    due = {entry.id: entry.step.rung for entry in entries if entry.step}
    standing = Sanction.objects.filter(seller=shop, lifted_at=None)
    assert dict(standing.values_list("violation_id", "rung")) == due
    live = standing_under(Sanction.live(at).filter(seller=shop).values_list("rung", flat=True))
    assert Seller.objects.get(pk=shop.pk).standing == live
    fallen = Decision.objects.exclude(fell_at=None)
    assert not Violation.objects.filter(decision__in=fallen, voided_at=None).exists()


@pytest.mark.usefixtures("policy")
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(moves=MOVES)
def test_random_sequences_equal_recomputation_from_scratch(moves, person):
    shop, senior, at = seller(f"s-{Seller.objects.count()}"), person("senior"), NOON
    for place, (move, hours) in enumerate(moves):
        at += timedelta(hours=hours)
        settle_due_standings(at=at)
        if move == "overturn":
            overturn_oldest_of(shop, senior, at)
        elif move != "wait":
            decision(move, about=live_listing(f"{shop.external_id}-{place}", by=shop), at=at)
        must_be_settled(shop, at)
