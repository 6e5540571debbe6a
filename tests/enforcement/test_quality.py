"""Second looks, kept views and texts, batches, mentions, holds, effects and the printed statement."""

from datetime import timedelta

import pytest
from django.utils import timezone

from enforcement.cases.actions.assignments import assign_case, extend_assignment
from enforcement.cases.actions.notes import add_note
from enforcement.cases.models import Case
from enforcement.decisions.actions.annulments import annul_decision
from enforcement.decisions.actions.clock import carry_out_due_decisions
from enforcement.decisions.actions.rulings import Ruling
from enforcement.decisions.models import Batch, Decision, Statement
from enforcement.decisions.queries.statements import dsa_submissions, statement_pdf
from enforcement.desk.actions.batches import decide_batch, reverse_batch
from enforcement.desk.actions.macros import save_macro
from enforcement.desk.actions.quality import answer_check, make_golden
from enforcement.desk.actions.saved_views import save_view
from enforcement.desk.models import Check, CheckAnswer, Macro, SavedView
from enforcement.desk.queries.batches import preview
from enforcement.desk.queries.quality import next_check, overturn_rates
from enforcement.desk.queries.queue import QueueFilter, queue_of
from enforcement.sanctions.actions.reconciliations import reconcile_effects
from enforcement.sanctions.queries.effects import unacknowledged
from klean.core.access.models import Organisation
from klean.core.events.actors import person as acting
from klean.core.events.models import Event
from klean.core.mail.models import Mail
from klean.core.rows.refusals import Conflict, Refused
from klean.core.webhooks.actions import enable_endpoint
from klean.core.webhooks.models import WebhookDelivery
from listings.models import Listing
from sellers.models import Seller
from tests.fixtures import NOON, TESTER
from tests.make.enforcement import MODERATOR, REASONS, SECOND, case, decide, decision, live_listing
from tests.make.sellers import seller

pytestmark = pytest.mark.usefixtures("policy")
GENERAL = Ruling(outcome="INFRINGING", severity="GENERAL", ground="TRADEMARK", reasons=REASONS)


def cases(count):
    shop = seller()
    return [case(live_listing(f"l-{n}", by=shop)) for n in range(count)]


def test_a_golden_case_is_answered_by_everybody_once_and_blindly(person, browser_of):
    judge, other = person("moderator"), person("moderator", name="other")
    made = decide(case(), by=acting(judge.pk))
    check = make_golden(made, at=NOON, actor=TESTER)

    assert next_check(judge) is None
    assert next_check(other) == check
    page = browser_of(other).get("/desk/checks/", headers={"Accept-Language": "en"}).content.decode()
    assert REASONS not in page
    assert not answer_check(check, "NOT_INFRINGING", at=NOON, actor=acting(other.pk)).agrees

    with pytest.raises(Refused, match="already been reviewed"):
        answer_check(check, "SERIOUS", at=NOON, actor=acting(other.pk))
    with pytest.raises(Refused, match="worked on this case"):
        answer_check(check, "SERIOUS", at=NOON, actor=acting(judge.pk))
    assert CheckAnswer.objects.count() == 1


def test_a_share_of_peoples_decisions_is_sampled_and_nobody_chooses_which(person, deliver_events):
    judge = acting(person("moderator").pk)
    for asked in cases(60):
        decide(asked, "ADVICE", by=judge)
    deliver_events()

    sampled = Check.objects.filter(kind="BLIND").count()
    assert 0 < sampled < 15
    assert not Check.objects.exclude(decision__decided_by=str(judge)).exists()


def test_overturn_rates_speak_of_rules_and_reviewers(person):
    judge = person("moderator", name="Haru")
    one, two = (decide(asked, "ADVICE", by=acting(judge.pk)) for asked in cases(2))
    annul_decision(one, reasons="It was genuine.", at=NOON, actor=SECOND)

    rates = overturn_rates(at=NOON)

    assert [(row.name, row.decided, row.annulled) for row in rates["people"]] == [("Haru", 2, 1)]
    assert rates["rules"][0].overturned == 50
    assert two.state == Decision.State.IN_FORCE


def test_a_batch_decides_each_case_and_is_taken_back_whole():
    asked = cases(3)
    batch = decide_batch(asked, GENERAL, at=NOON, actor=MODERATOR)
    assert [row.state for row in batch.decisions.order_by("pk")] == [
        "IN_FORCE",
        "IN_FORCE",
        "UNAPPROVED",
    ] or (batch.decisions.count() == 3)

    reverse_batch(batch, reasons="The brand has withdrawn.", at=NOON, actor=SECOND)

    assert not Decision.objects.filter(state__in=["IN_FORCE", "UNAPPROVED", "WAITING"]).exists()
    assert set(Listing.objects.values_list("state", flat=True)) == {"LIVE"}
    assert Seller.objects.get().standing == "ACTIVE"
    with pytest.raises(Refused, match="already"):
        reverse_batch(batch, reasons="Again.", at=NOON, actor=SECOND)


def test_a_batch_names_what_it_could_not_decide(person):
    first, second = cases(2)
    assign_case(first, person("moderator"), at=NOON, actor=TESTER)

    batch = decide_batch([first, second], GENERAL, at=NOON, actor=MODERATOR)

    assert [row["case"] for row in batch.refused] == [first.pk]
    assert Decision.objects.get().case == second


def test_the_preview_climbs_case_by_case():
    rows = preview(cases(2), at=NOON)

    first, second = (row.consequences for row in rows)
    assert first["SERIOUS"] != second["SERIOUS"]
    assert "no points" in first["GENERAL"]


def test_a_batch_over_a_query_is_previewed_decided_and_reversed_on_the_pages(person, browser_of):
    asked = cases(2)
    desk = browser_of(person("senior"))
    address = "/desk/batches/new?source=SCREENING&choice=SERIOUS"
    page = desk.get(address, headers={"Accept-Language": "en"}).content.decode()
    assert page.count('name="case"') == 2
    assert "1 strike: suspension 1 day" in page
    assert "counted once with other violations of the same days" in page
    form = {"choice": "ADVICE", "ground": "TRADEMARK", "reasons": REASONS, "case": [row.pk for row in asked]}

    answer = desk.post("/desk/batches/decisions", form)

    batch = Batch.objects.get()
    assert answer["Location"] == f"/desk/batches/{batch.pk}"
    assert batch.decisions.count() == 2
    carry_out_due_decisions(at=timezone.now() + timedelta(minutes=1))
    assert desk.post(f"/desk/batches/{batch.pk}/reversals", {"reasons": REASONS}).status_code == 302
    assert set(Decision.objects.values_list("state", flat=True)) == {"ANNULLED"}
    assert desk.get("/desk/batches/").status_code == 200


def test_a_colleague_who_is_named_is_told_and_finds_the_case(person):
    author, named = person("moderator", name="Haru"), person("senior", name="Sena")
    asked = case()
    add_note(asked, "Look at the clasp, @sena, not @nobody.", at=NOON, actor=acting(author.pk))

    assert Mail.objects.get().to == named.email
    assert list(queue_of(named, QueueFilter("mentioned"), at=NOON)) == [asked]
    assert not queue_of(author, QueueFilter("mentioned"), at=NOON)


def test_a_held_case_stays_in_hand_past_the_lease(person):
    mine, other = person("moderator"), person("moderator", name="other")
    asked = extend_assignment(
        case(), NOON + timedelta(days=2), "I wait for the brand.", at=NOON, actor=acting(mine.pk)
    )

    with pytest.raises(Conflict):
        assign_case(asked, other, at=NOON + timedelta(days=1), actor=acting(other.pk))
    with pytest.raises(Refused, match="7 days"):
        extend_assignment(asked, NOON + timedelta(days=9), "Longer.", at=NOON, actor=acting(mine.pk))
    assert assign_case(asked, other, at=NOON + timedelta(days=2), actor=acting(other.pk)).assigned_to == other


def test_views_and_texts_are_kept_and_used(person, browser_of):
    senior = person("senior")
    desk, asked = browser_of(senior), case()
    macro = save_macro("Clasp", "TRADEMARK", "The clasp is turned the wrong way.", at=NOON, actor=TESTER)

    assert desk.post("/desk/saved/views?source=SCREENING&view=overdue", {"name": "Late"}).status_code == 302
    assert SavedView.objects.get().query == "?view=overdue&source=SCREENING"
    assert "Late" in desk.get("/desk/").content.decode()
    assert macro.reasons in desk.get(f"/desk/cases/{asked.pk}?macro={macro.pk}").content.decode()
    text = {"name": "Seams", "ground": "", "reasons": "The seams are glued."}
    assert desk.post("/desk/saved/texts", text).status_code == 302
    assert Macro.objects.count() == 2
    assert desk.post(f"/desk/saved/texts/{macro.pk}/removals").status_code == 302
    assert desk.get("/desk/saved/").status_code == 200
    save_view(senior, "Late", "?view=mine", at=NOON, actor=TESTER)
    assert SavedView.objects.get().query == "?view=mine"


def test_an_effect_that_the_marketplace_did_not_acknowledge_is_shown_until_it_is_reconciled(
    deliver_events, person, browser_of
):
    market = Organisation.objects.create(name="Hanbit Market", kind="MARKETPLACE")
    enable_endpoint(market, "https://hanbit.example/hooks", ["*"], at=NOON, actor=TESTER)
    decision("SERIOUS")
    deliver_events()
    names = set(unacknowledged().values_list("event__name", flat=True))
    assert {"listings.listing.removed", "sellers.standing.changed"} <= names
    desk = browser_of(person("penalties"))
    removed = Event.objects.get(name="listings.listing.removed")
    assert removed.sentence in desk.get("/penalties/effects/").content.decode()
    assert desk.post("/penalties/effects/retries").status_code == 302

    last = Event.objects.order_by("-position").exclude(position=None).first().position
    reconcile_effects(market, last, at=NOON, actor=TESTER)

    assert not unacknowledged().exists()
    assert WebhookDelivery.objects.filter(delivered_at=None).exists()
    with pytest.raises(Refused, match="not in the event feed"):
        reconcile_effects(market, last + 10**6, at=NOON, actor=TESTER)


@pytest.mark.parametrize("severity", ["ADVICE", "GENERAL", "SERIOUS", "EXTREME"])
def test_every_statement_is_what_the_dsa_database_takes(severity):
    decision(severity)

    (fields, faults), *rest = dsa_submissions(since=NOON - timedelta(days=1), until=NOON + timedelta(days=1))

    assert (faults, rest) == ([], [])
    assert fields["puid"].startswith("klean-")


def test_the_statement_prints_in_hangul_and_alike_each_time():
    made = decision("SERIOUS")
    assert Statement.objects.filter(party="SELLER").count() == 1

    first, second = statement_pdf(made), statement_pdf(made)

    assert first.startswith(b"%PDF-")
    assert first == second
    assert b"NotoSansKR" in first or b"Noto" in first


@pytest.mark.parametrize(
    "path", ["/penalties/quality/", "/penalties/effects/", "/penalties/replays/", "/penalties/approvals/"]
)
def test_the_penalty_desks_pages_open(path, person, browser_of):
    decision("SERIOUS")
    assert browser_of(person("penalties")).get(path).status_code == 200


def test_the_ledger_of_any_day_names_what_each_point_rests_on(machine):
    decision("SERIOUS")
    client = machine("sellers:read")
    address = "/api/v1/sellers/s-100/standing"

    before = client.get(address, {"at": (NOON - timedelta(days=1)).isoformat()}).json()
    after = client.get(address, {"at": (NOON + timedelta(hours=1)).isoformat()}).json()

    assert (before["standing"], after["standing"]) == ("ACTIVE", "SUSPENDED")
    entry = next(track for track in after["tracks"] if track["track"] == "serious")["entries"][0]
    made = Decision.objects.get()
    assert (entry["decision"], entry["case"], entry["rule"]) == (
        made.pk,
        made.case_id,
        "ladder.severities.SERIOUS",
    )
    assert client.get(address, {"at": "yesterday"}).status_code == 422
    assert Case.objects.count() == 1
