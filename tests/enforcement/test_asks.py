"""What users of comparable tools ask for, each ask by its name; the reporters' own are in ``tests/reports``."""

from datetime import timedelta

import pytest

from enforcement.appeals.actions.appeals import assign_appeal, file_appeal, overturn_appeal
from enforcement.appeals.actions.messages import write_message
from enforcement.cases.actions.assignments import assign_case, extend_assignment, hand_over_case
from enforcement.cases.actions.notes import add_note
from enforcement.cases.models import Case, CaseAssignment, Evidence
from enforcement.decisions.actions.annulments import annul_decision
from enforcement.decisions.actions.approvals import withdraw_decision
from enforcement.decisions.actions.decisions import issue_decision
from enforcement.decisions.actions.rulings import Ruling
from enforcement.decisions.models import Decision, Statement
from enforcement.desk.actions.batches import decide_batch, reverse_batch
from enforcement.desk.actions.quality import answer_check, make_golden
from enforcement.desk.queries.batches import chosen_cases
from enforcement.desk.queries.queue import QueueFilter, queue_page
from enforcement.sanctions.models import Sanction, Violation
from klean.core.events.actors import person as acting
from klean.core.events.models import Event
from klean.core.mail.models import Mail
from klean.core.rows.refusals import Conflict, Refused
from listings.models import Listing
from reports.actions.notices import Notifier, file_notice
from reports.models.notices import NoticeItem
from sellers.models import Seller
from tests.fixtures import NOON, TESTER
from tests.make.enforcement import MODERATOR, REASONS, SECOND, case, decide, decision, live_listing
from tests.make.sellers import seller

pytestmark = pytest.mark.usefixtures("policy")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def ruling(severity="GENERAL", **also):
    return Ruling(outcome="INFRINGING", severity=severity, ground="COUNTERFEIT", reasons=REASONS, **also)


def reported(deliver_events, *listings, key="buyer", email="buyer@test.klean"):
    notifier = Notifier(type="CONSUMER", key=key, language="en", email=email)
    file_notice(list(listings), notifier, reason="COUNTERFEIT", explanation="A fake.", at=NOON, actor=TESTER)
    deliver_events()


def names_of(case_):
    return list(Event.objects.filter(subject=f"enforcement.case:{case_.pk}").values_list("name", flat=True))


def test_ask_hand_a_case_to_a_named_person_and_hold_it_past_the_lock(person):
    one, two = person("moderator", name="one"), person("moderator", name="two")
    asked = assign_case(case(), one, at=NOON, actor=acting(one.pk))

    handed = hand_over_case(asked, two, at=NOON, actor=acting(one.pk))
    extend_assignment(handed, NOON + DAY, "The brand answers tomorrow.", at=NOON, actor=acting(two.pk))

    with pytest.raises(Conflict, match="two is working on this case"):
        assign_case(asked, one, at=NOON + 60 * MINUTE, actor=acting(one.pk))


def test_ask_when_was_it_claimed_the_last_claim_counts_and_each_interval_is_kept(person):
    one, two = person("moderator", name="one"), person("moderator", name="two")
    asked = case()
    assign_case(asked, one, at=NOON, actor=acting(one.pk))
    last = assign_case(asked, two, at=NOON + 20 * MINUTE, actor=acting(two.pk))

    assert last.assigned_at == NOON + 20 * MINUTE
    assert [(row.user_id, row.ended_at) for row in CaseAssignment.objects.order_by("pk")] == [
        (one.pk, NOON + 10 * MINUTE),
        (two.pk, None),
    ]


def test_ask_order_by_number_of_reports_with_a_weight_whose_parts_are_visible(deliver_events, person):
    quiet, loud = live_listing("l-1"), live_listing("l-2")
    reported(deliver_events, quiet)
    for number in range(3):
        reported(deliver_events, loud, key=f"buyer {number}", email=f"b{number}@test.klean")

    first, second = queue_page(person("moderator"), QueueFilter(), at=NOON).rows

    assert (first.listing, second.listing) == (loud, quiet)
    parts = {part["code"]: part["points"] for part in first.priority_parts}
    assert parts["repeats"] == 10
    assert first.priority == sum(parts.values())


def test_ask_bulk_and_out_of_queue_decisions_are_in_the_log_like_every_other():
    alone, *many = (case(live_listing(f"l-{n}")) for n in range(3))
    decide(alone, "GENERAL")
    decide_batch(many, ruling(), at=NOON, actor=MODERATOR)

    names = [[name for name in names_of(row) if ".decision." in name] for row in (alone, *many)]
    assert names[0] == names[1] == names[2] == ["enforcement.decision.made", "enforcement.decision.issued"]


def test_ask_quality_assurance_in_the_tool_golden_cases_are_answered_blindly(person):
    golden = make_golden(decision("SERIOUS"), at=NOON, actor=TESTER)

    assert not answer_check(golden, "ADVICE", at=NOON, actor=acting(person("moderator").pk)).agrees
    assert answer_check(golden, "SERIOUS", at=NOON, actor=acting(person("senior").pk)).agrees


def test_ask_undo_before_the_effect_and_a_reversal_is_a_decision_after_it():
    asked = case()
    made = issue_decision(asked, ruling(), effective_at=NOON + MINUTE, at=NOON, actor=MODERATOR)
    withdraw_decision(made, reasons="A slip.", at=NOON, actor=MODERATOR)
    assert Case.objects.get().state == Case.State.OPEN

    annul_decision(decide(asked, "GENERAL"), reasons=REASONS, at=NOON, actor=SECOND)

    assert Decision.objects.order_by("pk").last().ended_by == str(SECOND)
    assert names_of(asked)[-1] == "enforcement.decision.annulled"


def test_ask_separate_bot_from_human_reports_every_evidence_names_its_source(deliver_events):
    listing = live_listing()
    case(listing)
    reported(deliver_events, listing)

    assert list(Evidence.objects.order_by("pk").values_list("source", flat=True)) == ["SCREENING", "CONSUMER"]


def test_ask_bulk_action_over_a_query_result_each_its_own_decision_and_reversible(person):
    mine, other = seller("s-1"), seller("s-2")
    for n in range(3):
        case(live_listing(f"l-{n}", by=mine))
    left = case(live_listing("l-9", by=other))
    chosen = chosen_cases(person("moderator"), QueueFilter(seller="s-1"), [], at=NOON)

    batch = decide_batch(chosen, ruling(), at=NOON, actor=MODERATOR)
    assert batch.decisions.count() == 3
    reverse_batch(batch, reasons=REASONS, at=NOON, actor=SECOND)

    assert set(Decision.objects.values_list("state", flat=True)) == {"ANNULLED"}
    assert not Violation.objects.filter(voided_at=None).exists()
    assert Case.objects.get(pk=left.pk).is_pending


@pytest.mark.parametrize("outcome", ["INFRINGING", "NOT_INFRINGING"])
def test_ask_tell_the_reporter_what_happened_always_and_once(outcome, deliver_events):
    listing = live_listing()
    reported(deliver_events, listing)

    decide(listing.cases.get(), "GENERAL", outcome=outcome)
    deliver_events()

    answered = Mail.objects.filter(template="mail/reports/notice_decided.txt")
    assert [mail.to for mail in answered] == ["buyer@test.klean"]
    assert Statement.objects.filter(party="REPORTER").count() == 1


def test_ask_notes_on_appeals_and_a_message_thread_with_the_reported_party(person):
    senior, shop = person("senior"), seller(organisation="Moonlight Ltd")
    owner = person("seller", name="owner", organisation=shop.organisation)
    made = decision(about=live_listing(by=shop))
    appeal = assign_appeal(
        file_appeal(made, grounds="Genuine goods.", at=NOON, actor=acting(owner.pk)),
        senior,
        at=NOON,
        actor=TESTER,
    )

    add_note(made.case, "The invoice number is not one of the brand's.", at=NOON, actor=acting(senior.pk))
    write_message(appeal, "Please send the invoice.", from_team=True, at=NOON, actor=acting(senior.pk))
    write_message(appeal, "Here it is.", from_team=False, at=NOON, actor=acting(owner.pk))

    assert [row.from_team for row in appeal.messages.all()] == [True, False]
    mails = Mail.objects.filter(template="mail/enforcement/appeal_message.txt")
    assert [mail.to for mail in mails] == [owner.email]


def test_ask_more_than_one_action_in_a_decision():
    actions = ("REMOVE_LISTING", "HOLD_SETTLEMENT", "NO_NEW_GOODS")
    made = issue_decision(case(), ruling(actions=actions, is_emergency=True), at=NOON, actor=MODERATOR)

    assert Listing.objects.get().state == Listing.State.REMOVED
    assert set(made.case.measures.values_list("kind", flat=True)) == {"hold_settlement", "no_new_goods"}


def test_ask_warn_without_a_strike():
    decision("ADVICE")

    assert not Violation.objects.exists()
    assert "advice only. No points" in Statement.objects.get(party="SELLER").texts["en"]


def test_ask_dismiss_a_strike_and_the_ladder_forgets_it(person):
    senior = person("senior")
    shop = seller()
    first = decision("SERIOUS", about=live_listing("l-1", by=shop), at=NOON)
    decision("SERIOUS", about=live_listing("l-2", by=shop), at=NOON + 10 * DAY)
    at = NOON + 11 * DAY
    appeal = assign_appeal(
        file_appeal(first, grounds="Genuine.", at=at, actor=TESTER), senior, at=at, actor=TESTER
    )

    overturn_appeal(appeal, reasons=REASONS, at=at, actor=acting(senior.pk))

    assert list(Violation.objects.filter(voided_at=None).values_list("total", flat=True)) == [1]


def test_ask_every_action_of_a_reviewer_is_an_event_that_names_them(person):
    one, two = person("moderator", name="one"), person("moderator", name="two")
    asked = case()
    assign_case(asked, one, at=NOON, actor=acting(one.pk))
    hand_over_case(asked, two, at=NOON, actor=acting(one.pk))
    issue_decision(asked, ruling(), at=NOON, actor=acting(two.pk))

    events = Event.objects.filter(subject=f"enforcement.case:{asked.pk}").exclude(actor__startswith="system")
    assert {event.actor for event in events} == {str(acting(one.pk)), str(acting(two.pk))}
    assert {"enforcement.case.assigned", "enforcement.decision.made"} <= {event.name for event in events}


def test_ask_a_notice_alone_stops_no_sale(deliver_events):
    listing = live_listing()

    reported(deliver_events, listing)

    assert Listing.objects.get().state == Listing.State.LIVE
    assert Seller.objects.get().standing == Seller.Standing.ACTIVE
    assert NoticeItem.objects.get().outcome == ""


def test_ask_no_permanent_ban_without_a_second_person_and_a_hearing(person):
    shop = seller()
    made = issue_decision(case(live_listing(by=shop)), ruling("EXTREME"), at=NOON, actor=MODERATOR)
    assert (made.state, made.impacts) == (Decision.State.UNAPPROVED, ["CLOSURE"])
    assert not Sanction.objects.exists()
    with pytest.raises(Refused, match="cannot be appealed"):
        file_appeal(made, grounds="Genuine.", at=NOON, actor=TESTER)

    closed = decision("EXTREME", about=live_listing("l-2", by=shop))

    assert Seller.objects.get().standing == Seller.Standing.CLOSED
    assert file_appeal(closed, grounds="Genuine.", at=NOON, actor=TESTER).is_open


def test_ask_a_permanent_ban_that_falls_on_appeal_restores_the_shop_and_mails_each_side_once(
    person, deliver_events
):
    senior, shop = person("senior"), seller(organisation="Moonlight Ltd")
    owner = person("seller", name="owner", organisation=shop.organisation)
    listing = live_listing(by=shop)
    reported(deliver_events, listing)
    closed = decide(listing.cases.get(), "EXTREME")
    deliver_events()
    before = Mail.objects.count()
    appeal = assign_appeal(
        file_appeal(closed, grounds="Genuine.", at=NOON, actor=TESTER), senior, at=NOON, actor=TESTER
    )

    overturn_appeal(appeal, reasons=REASONS, at=NOON, actor=acting(senior.pk))
    deliver_events()

    assert Seller.objects.get().standing == Seller.Standing.ACTIVE
    assert Listing.objects.get().state == Listing.State.LIVE
    mails = Mail.objects.order_by("pk")[before:]
    assert sorted(mail.to for mail in mails) == ["buyer@test.klean", owner.email]
    assert "has been restored" in Statement.objects.get(kind="CORRECTION").texts["en"]
