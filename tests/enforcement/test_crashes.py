"""A process that dies before any one of its writes leaves nothing half done, and doing it again does it once."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from enforcement.appeals.actions.appeals import assign_appeal, file_appeal, overturn_appeal, uphold_appeal
from enforcement.cases.models import Case, Evidence
from enforcement.decisions.actions.approvals import approve_decision
from enforcement.decisions.actions.clock import carry_out_due_decisions
from enforcement.decisions.actions.decisions import issue_decision
from enforcement.decisions.actions.rulings import Ruling
from enforcement.decisions.models import Decision, Statement
from enforcement.desk.actions.batches import decide_batch, reverse_batch
from enforcement.sanctions.actions.sanctions import settle_due_standings
from enforcement.sanctions.models import Sanction, StandingClock, Violation
from klean.core.events.actors import person as acting
from klean.core.events.models import Event, Outbox
from klean.core.events.outbox import deliver_due_events
from klean.core.mail.models import Mail
from reports.actions.notices import Notifier, file_notice
from reports.models.notices import Notice
from sellers.models import Seller, TraderEntity
from tests.fixtures import NOON, TESTER
from tests.make.enforcement import MODERATOR, REASONS, SECOND, case, decide, live_listing
from tests.make.sellers import seller

pytestmark = pytest.mark.usefixtures("policy")
DAY, LEASED = timedelta(days=1), timedelta(minutes=5)
TABLES = (
    "enforcement_case",
    "enforcement_decision",
    "enforcement_violation",
    "enforcement_sanction",
    "enforcement_measure",
    "enforcement_appeal",
    "enforcement_statement",
    "enforcement_batch",
    "enforcement_standingclock",
    "sellers_seller",
    "listings_listing",
    "reports_noticeitem",
    "refunds_recovery",
    "core_event",
    "core_mail",
    "core_outbox",
)
# A lease and its count are the clock's own; they say that somebody tried.
STATE = " UNION ALL ".join(
    f"SELECT '{table}', coalesce(md5(string_agg((to_jsonb(t) - '{{due_at,attempts,waits,last_error,failed_at}}'::text[])::text, '' ORDER BY t.id)), '')"
    f" FROM {table} t"
    for table in TABLES
)


class Died(BaseException):
    """As a killed process: nothing catches it."""


class Mortal:
    """Lets so many writes through and dies before the next."""

    def __init__(self, writes):
        self.left = writes

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE", "WITH")):
            if self.left == 0:
                raise Died
            self.left -= 1
        return execute(sql, params, many, context)


def state():
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        return cursor.fetchall()


def ruling(severity="SERIOUS", **also):
    return Ruling(outcome="INFRINGING", severity=severity, ground="COUNTERFEIT", reasons=REASONS, **also)


def filed(made, senior):
    return assign_appeal(
        file_appeal(made, grounds="Look again.", at=NOON, actor=TESTER), senior, at=NOON, actor=TESTER
    )


def issued(asked, senior):
    return lambda at: issue_decision(asked, ruling("GENERAL"), at=at, actor=MODERATOR)


def approved(asked, senior):
    made = issue_decision(
        asked,
        ruling(actions=("REMOVE_LISTING", "CHARGE_REFUNDS", "HOLD_SETTLEMENT")),
        at=NOON,
        actor=MODERATOR,
    )
    return lambda at: approve_decision(made, at=at, actor=SECOND)


def scheduled(asked, senior):
    issue_decision(asked, ruling("GENERAL"), effective_at=NOON + DAY, at=NOON, actor=MODERATOR)
    return lambda at: carry_out_due_decisions(at=at + DAY)


def unreviewed(asked, senior):
    issue_decision(asked, ruling(is_emergency=True), at=NOON, actor=MODERATOR)
    return lambda at: carry_out_due_decisions(at=at + DAY)


def lapsed(asked, senior):
    decide(asked)
    return lambda at: settle_due_standings(at=at + DAY)


def overturned(asked, senior):
    appeal = filed(decide(asked), senior)
    return lambda at: overturn_appeal(appeal, reasons=REASONS, at=at, actor=acting(senior.pk))


def made_milder(asked, senior):
    appeal, milder = filed(decide(asked), senior), ruling("GENERAL")
    return lambda at: overturn_appeal(appeal, reasons=REASONS, ruling=milder, at=at, actor=acting(senior.pk))


def upheld(asked, senior):
    appeal = filed(decide(asked), senior)
    return lambda at: uphold_appeal(appeal, reasons=REASONS, at=at, actor=acting(senior.pk))


def taken_back(asked, senior):
    other = case(live_listing("l-9", by=asked.seller))
    batch = decide_batch([asked, other], ruling("GENERAL"), at=NOON, actor=MODERATOR)
    return lambda at: reverse_batch(batch, reasons=REASONS, at=at, actor=SECOND)


CLOCKS = (scheduled, unreviewed, lapsed)
# what is done → decisions in force, violations that count, live sanctions, standing, corrections
TABLE = [
    (issued, 1, 2, 0, "ACTIVE", 0),
    (approved, 1, 2, 1, "SUSPENDED", 0),
    (scheduled, 1, 2, 0, "ACTIVE", 0),
    (unreviewed, 0, 1, 0, "ACTIVE", 1),
    (lapsed, 1, 2, 0, "ACTIVE", 0),
    (overturned, 0, 1, 0, "ACTIVE", 1),
    (made_milder, 1, 2, 0, "ACTIVE", 1),
    (upheld, 1, 2, 1, "SUSPENDED", 0),
    (taken_back, 0, 1, 0, "ACTIVE", 2),
]


@pytest.mark.parametrize(("story", "in_force", "violations", "live", "standing", "corrections"), TABLE)
def test_a_death_before_any_write_leaves_nothing_and_a_second_try_does_it_once(
    story, in_force, violations, live, standing, corrections, person
):
    shop = seller()
    decide(case(live_listing("l-0", by=shop), at=NOON - 9 * DAY), "PROHIBITED", at=NOON - 9 * DAY)
    Seller.objects.update(trader_entity=TraderEntity.objects.create(name="Moonlight Ltd"))
    act = story(case(live_listing(by=shop)), person("senior"))
    before, writes, at, is_done = state(), 0, NOON, False
    while True:
        try:
            with connection.execute_wrapper(Mortal(writes)):
                act(at)
            break
        except Died:
            if state() != before:
                # Done and committed: only the lease was not given back, so a second try does nothing more.
                assert story in CLOCKS, f"write {writes}"
                assert not is_done, f"write {writes}"
                before, is_done = state(), True
            writes, at = writes + 1, at + LEASED
            # A row that killed so many workers one after the other would be given up.
            Decision.objects.update(attempts=0)
            StandingClock.objects.update(attempts=0)

    assert writes >= 3
    assert not is_done or state() == before
    assert (
        Decision.objects.filter(state="IN_FORCE", case__listing__external_id__in=["l-100", "l-9"]).count()
        == in_force
    )
    assert Violation.objects.filter(voided_at=None).count() == violations
    assert Sanction.objects.filter(lifted_at=None, lapsed_at=None).exclude(rung="WARNING").count() == live
    assert Seller.objects.get(pk=shop.pk).standing == (standing if standing != "ACTIVE" else "WARNED")
    assert Statement.objects.filter(kind="CORRECTION").count() == corrections
    keys = Counter(Mail.objects.values_list("key", flat=True))
    assert not [key for key, count in keys.items() if count > 1]
    issued_once = Event.objects.filter(name="enforcement.decision.issued").values_list(
        "data__decision_id", flat=True
    )
    assert len(set(issued_once)) == len(issued_once)


def test_a_death_while_events_are_handed_out_loses_no_case_and_opens_none_twice(deliver_events):
    listing = live_listing()
    deliver_events()
    notifier = Notifier(type="CONSUMER", key="buyer", language="en", email="buyer@test.klean")
    file_notice([listing], notifier, reason="COUNTERFEIT", explanation="A fake.", at=NOON, actor=TESTER)
    deaths = 0
    for life in range(40):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        try:
            with connection.execute_wrapper(Mortal(2 + 2 * life)):
                deliver_due_events(at=timezone.now() + life * LEASED)
        except Died:
            deaths += 1

    assert not list(Outbox.objects.values_list("event__name", "last_error"))
    assert deaths >= 3
    assert Case.objects.count() == Evidence.objects.count() == 1
    assert Event.objects.filter(name="enforcement.case.opened").count() == 1
    assert Notice.objects.get().state == "ADMITTED"
