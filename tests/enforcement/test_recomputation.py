"""Whatever happens in whatever order, what is stored equals what the standing decisions ask for."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enforcement.appeals.actions.appeals import assign_appeal, overturn_appeal, uphold_appeal
from enforcement.appeals.models import Appeal
from enforcement.decisions.actions.approvals import approve_decision, withdraw_decision
from enforcement.decisions.actions.decisions import issue_decision
from enforcement.decisions.actions.rulings import Ruling
from enforcement.decisions.models import Batch, Decision
from enforcement.desk.actions.batches import decide_batch, reverse_batch
from enforcement.sanctions.actions.sanctions import settle_due_standings
from enforcement.sanctions.models import Measure, Sanction, Violation
from enforcement.sanctions.queries.ledgers import entries_of, standing_violations
from enforcement.sanctions.rules.policy import SISTERS
from enforcement.sanctions.rules.severities import SEVERITIES
from enforcement.sanctions.rules.standing import standing_under
from klean.core.events.actors import person as acting
from listings.models import Listing
from sellers.models import Seller, TraderEntity
from tests.fixtures import NOON, TESTER
from tests.make.enforcement import MODERATOR, REASONS, SECOND, appeal, case, live_listing
from tests.make.sellers import seller

GROUNDS = {"PROHIBITED": "PROHIBITED_GOODS", "QUALITY": "MISLEADING"}
DONE = [
    "GENERAL",
    "SERIOUS",
    "EXTREME",
    "ADVICE",
    "PROHIBITED",
    "QUALITY",
    "approve",
    "approve",
    "refuse",
    "appeal",
    "appeal",
    "uphold",
    "overturn",
    "overturn",
    "soften",
    "batch",
    "reverse",
    "wait",
]
MOVES = st.lists(
    st.tuples(st.sampled_from(DONE), st.integers(min_value=1, max_value=24 * 60)), min_size=2, max_size=10
)


def ruling(severity: str) -> Ruling:
    ground = GROUNDS.get(severity, "COUNTERFEIT")
    actions = ("REMOVE_LISTING", "HOLD_SETTLEMENT") if severity == "SERIOUS" else None
    return Ruling(outcome="INFRINGING", severity=severity, ground=ground, reasons=REASONS, actions=actions)


class World:
    """One shop, its sister, and what may happen to them; what cannot happen now does not."""

    def __init__(self, senior):
        number = Seller.objects.count()
        business = TraderEntity.objects.create(name="Moonlight Ltd")
        self.shop, self.sister = (seller(f"s-{number + place}") for place in range(2))
        Seller.objects.filter(pk__in=[self.shop.pk, self.sister.pk]).update(trader_entity=business)
        self.shop.refresh_from_db()
        self.senior, self.listings = senior, 0

    def asked(self, at: datetime):
        self.listings += 1
        return case(live_listing(f"{self.shop.external_id}-{self.listings}", by=self.shop), at=at)

    def do(self, move: str, at: datetime) -> None:
        if move in SEVERITIES:
            issue_decision(self.asked(at), ruling(move), at=at, actor=MODERATOR)
        else:
            getattr(self, move)(at)

    def pending(self) -> Iterator[Decision]:
        return Decision.objects.filter(seller=self.shop, state="UNAPPROVED").order_by("pk")[:1]

    def hearing(self) -> Iterator[Appeal]:
        return Appeal.objects.filter(decision__seller=self.shop, state="ASSIGNED").order_by("pk")[:1]

    def wait(self, at: datetime) -> None:
        settle_due_standings(at=at)

    def approve(self, at: datetime) -> None:
        for made in self.pending():
            approve_decision(made, at=at, actor=SECOND)

    def refuse(self, at: datetime) -> None:
        for made in self.pending():
            withdraw_decision(made, reasons=REASONS, at=at, actor=SECOND)

    def uphold(self, at: datetime) -> None:
        for assigned in self.hearing():
            uphold_appeal(assigned, reasons=REASONS, at=at, actor=acting(self.senior.pk))

    def overturn(self, at: datetime) -> None:
        for assigned in self.hearing():
            overturn_appeal(assigned, reasons=REASONS, at=at, actor=acting(self.senior.pk))

    def soften(self, at: datetime) -> None:
        for assigned in self.hearing():
            milder = None if assigned.decision.severity == "ADVICE" else ruling("ADVICE")
            overturn_appeal(assigned, reasons=REASONS, ruling=milder, at=at, actor=acting(self.senior.pk))

    def batch(self, at: datetime) -> None:
        decide_batch([self.asked(at), self.asked(at)], ruling("GENERAL"), at=at, actor=MODERATOR)

    def reverse(self, at: datetime) -> None:
        for batch in Batch.objects.filter(decisions__seller=self.shop, reversed_at=None)[:1]:
            reverse_batch(batch, reasons=REASONS, at=at, actor=SECOND)

    def appeal(self, at: datetime) -> None:
        for made in Decision.objects.filter(seller=self.shop, appeal=None, replaces=None).order_by("pk"):
            if made.is_infringement and made.may_be_appealed(at):
                assign_appeal(appeal(made, at=at), self.senior, at=at, actor=TESTER)
                return

    def must_be_settled(self, at: datetime) -> None:
        """Recompute from scratch, with no memory of what happened, and compare."""
        in_force = list(Decision.objects.filter(seller=self.shop, state="IN_FORCE"))
        violations = standing_violations(self.shop.pk)
        assert {row.decision.pk for row in violations} == {
            made.pk for made in in_force if made.is_infringement and made.severity != "ADVICE"
        }
        entries = entries_of(violations)
        assert [(row.counted, row.total) for row in violations] == [(e.counted, e.total) for e in entries]
        due = {entry.id: entry.step.rung for entry in entries if entry.step}
        standing = Sanction.objects.filter(seller=self.shop, lifted_at=None)
        assert dict(standing.values_list("violation_id", "rung")) == due
        live = list(Sanction.live(at).filter(seller=self.shop))
        asked = set(self.measures_of(in_force, list(standing), at))
        rows = Measure.objects.filter(seller__in=[self.shop, self.sister], lifted_at=None, lapsed_at=None)
        assert set(rows.values_list("seller_id", "kind")) == asked
        assert self.standing(self.shop) == standing_under(row.rung for row in live)
        assert self.standing(self.sister) == standing_under(
            (), [SISTERS[kind] for pk, kind in asked if pk == self.sister.pk]
        )
        self.listings_must_be_settled(in_force)

    def measures_of(
        self, decisions: list[Decision], sanctions: list[Sanction], at: datetime
    ) -> Iterator[tuple[int, str]]:
        lasts = {"funds_frozen": 180, "hold_settlement": 180}
        for sanction in sanctions:
            for kind in sanction.measures:
                days = lasts.get(kind)
                until = [sanction.ends_at, sanction.starts_at + timedelta(days=days) if days else None]
                ends = max((moment for moment in until if moment), default=None)
                if ends is None or ends > at:
                    yield (self.sister if kind in SISTERS else self.shop).pk, kind
        for made in decisions:
            if "HOLD_SETTLEMENT" in made.actions and made.in_force_at + timedelta(days=180) > at:
                yield self.shop.pk, "hold_settlement"

    def standing(self, shop: Seller) -> str:
        return Seller.objects.get(pk=shop.pk).standing

    def listings_must_be_settled(self, in_force: list[Decision]) -> None:
        removed = {made.case.listing_id for made in in_force if "REMOVE_LISTING" in made.actions}
        waiting = Decision.objects.filter(seller=self.shop, state="UNAPPROVED")
        off = set(waiting.values_list("case__listing", flat=True))
        for listing in Listing.objects.filter(seller=self.shop):
            expected = "REMOVED" if listing.pk in removed else "QUARANTINED" if listing.pk in off else "LIVE"
            assert listing.state == expected


@pytest.mark.usefixtures("policy")
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(moves=MOVES)
def test_random_sequences_equal_recomputation_from_scratch(moves, person):
    world, at = World(person("senior")), NOON
    for move, hours in moves:
        at += timedelta(hours=hours)
        settle_due_standings(at=at)
        world.do(move, at)
        world.must_be_settled(at)
    assert Violation.objects.filter(seller=world.sister).count() == 0
