"""The desk: who may enter, what it shows, and that its cost does not grow."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from enforcement.cases.actions.assignments import assign_case, escalate_case, hand_over_case, release_case
from enforcement.cases.models import Case, CaseAssignment
from enforcement.decisions.models import Decision
from enforcement.desk.queries.queue import QueueFilter, next_case, queue_of, queue_page
from klean.core.events.actors import person as acting
from klean.core.events.models import Event
from klean.core.rows.refusals import Conflict, Refused
from listings.models import Listing
from tests.fixtures import NOON, TESTER
from tests.make.enforcement import case, decide, live_listing
from tests.make.sellers import seller

pytestmark = pytest.mark.usefixtures("policy")
MINUTE = timedelta(minutes=1)
ALL = QueueFilter()
RULING = {"choice": "SERIOUS", "ground": "COUNTERFEIT", "reasons": "The stitching and the mark are copies."}


@pytest.fixture
def moderator(person):
    return person("moderator")


@pytest.fixture
def desk(moderator, browser_of):
    return browser_of(moderator)


def cases(count: int) -> list[Case]:
    shop = seller()
    return [case(live_listing(f"l-{n}", by=shop), score=n / 100) for n in range(count)]


def test_the_queue_is_ordered_by_priority_then_age(moderator):
    mild, grave = case(live_listing("l-1"), score=0.2), case(live_listing("l-2"), score=0.9)

    assert queue_page(moderator, ALL, at=NOON).rows == [grave, mild]
    assert grave.priority == 37
    assert grave.priority == sum(part["points"] for part in grave.priority_parts)


def test_the_queue_walks_its_index_at_any_depth(moderator):
    cases(45)
    first = queue_page(moderator, ALL, at=NOON)
    second = queue_page(moderator, ALL, after=first.next, at=NOON)

    assert len(first.rows) == 40
    assert len(second.rows) == 5
    assert not {row.pk for row in first} & {row.pk for row in second}
    with CaptureQueriesContext(
        connection,
    ) as caught:
        queue_page(moderator, ALL, after=first.next, at=NOON)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute("EXPLAIN " + caught.captured_queries[0]["sql"])
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index Scan using case_queue" in plan
    assert "Index Cond: (ROW((" in plan


@pytest.mark.parametrize("path", ["/desk/", "/desk/cases/{}", "/penalties/sellers/s-100"])
def test_pages_cost_the_same_number_of_queries_for_one_case_and_for_thirty(path, desk):
    address = path.format(cases(1)[0].pk)
    desk.get(address)
    with CaptureQueriesContext(connection) as few:
        assert desk.get(address).status_code == 200
    for n in range(30):
        case(live_listing(f"m-{n}"))
    for asked in Case.objects.exclude(pk=Case.objects.earliest("pk").pk).order_by("pk")[:5]:
        decide(asked, "GENERAL")
    desk.get(address)
    with CaptureQueriesContext(connection) as many:
        assert desk.get(address).status_code == 200

    assert len(many) <= len(few) + 2
    assert len(many) <= 34


def test_the_case_shows_what_a_decision_would_do(desk):
    asked = case()
    page = desk.get(f"/desk/cases/{asked.pk}", headers={"Accept-Language": "en"}).content.decode()

    assert "1 strike: suspension 1 day" in page
    assert "No points: first violation does not count" in page
    assert "Haneul leather bag, mirror grade" in page


@pytest.mark.parametrize(("source", "ground"), [("FORGERY", "FORGED_DOCUMENT"), ("SCREENING", "COUNTERFEIT")])
def test_the_form_begins_with_the_ground_that_the_source_names(source, ground, desk):
    asked = case()
    Case.objects.filter(pk=asked.pk).update(source=source)

    page = desk.get(f"/desk/cases/{asked.pk}").content.decode()

    assert f'<option value="{ground}" selected>' in page


def test_a_decision_over_htmx_answers_with_the_next_case(desk):
    next_up, asked = case(live_listing("l-1"), score=0.1), case(live_listing("l-2"), score=0.9)

    answer = desk.post(f"/desk/cases/{asked.pk}/decisions", RULING, headers={"HX-Request": "true"})

    assert answer.status_code == 201
    assert answer["HX-Push-Url"] == f"/desk/cases/{next_up.pk}"
    assert f"/desk/cases/{next_up.pk}/decisions" in answer.content.decode()
    assert Decision.objects.get().case == asked


def test_a_decision_without_scripts_goes_back_to_the_same_queue(desk):
    asked = case()

    answer = desk.post(f"/desk/cases/{asked.pk}/decisions?source=SCREENING", RULING)

    assert answer.status_code == 302
    assert answer["Location"] == "/desk/?source=SCREENING"
    assert Decision.objects.get().state == Decision.State.WAITING
    assert Listing.objects.get().state == Listing.State.LIVE


@pytest.mark.parametrize(
    "wrong",
    [{"choice": "DREADFUL"}, {"reasons": "short"}, {"reasons": "The man is 900101-1234567."}, {"ground": ""}],
)
def test_a_wrong_form_changes_nothing_and_is_shown_again(wrong, desk):
    asked = case()
    before = Event.objects.count()

    answer = desk.post(f"/desk/cases/{asked.pk}/decisions", RULING | wrong, headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert Event.objects.count() == before
    assert Case.objects.get().is_pending


def test_a_case_that_a_colleague_has_is_refused_with_words(desk, person):
    asked = case()
    assign_case(asked, person("moderator", name="Haru"), at=timezone.now(), actor=TESTER)

    answer = desk.post(f"/desk/cases/{asked.pk}/decisions", RULING, headers={"Accept-Language": "en"})

    assert answer.status_code == 409
    assert "Haru is working on this case." in answer.content.decode()
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "role", ["seller", "rights_holder", "consumer", "inspector", "legal", "governance", "engineer"]
)
def test_nobody_else_enters_the_desks(role, person, browser_of):
    asked = case()
    stranger = browser_of(person(role))

    for path in (
        "/desk/",
        f"/desk/cases/{asked.pk}",
        "/desk/appeals/",
        "/penalties/",
        "/penalties/sellers/s-100",
    ):
        assert stranger.get(path).status_code == 403
    assert stranger.post(f"/desk/cases/{asked.pk}/decisions", RULING).status_code == 403
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "query",
    [
        "?after=nonsense",
        "?view=x&source=y",
        "?q=%00%27",
        "?q=99999999999999999999",
        "?after=WyJhIiwiYiIsImMiXQ",
    ],
)
def test_nonsense_in_the_address_shows_a_queue(query, desk):
    case()

    assert desk.get(f"/desk/{query}").status_code == 200


def test_search_finds_by_number_shop_listing_and_words(moderator):
    asked = case()

    for text in (str(asked.pk), "s-100", "l-100", "mirror"):
        assert list(queue_of(moderator, QueueFilter(text=text), at=NOON)) == [asked]
    assert not queue_of(moderator, QueueFilter(text="umbrella"), at=NOON)


def test_a_claim_runs_out_after_ten_minutes_and_leaves_its_interval(moderator, person):
    asked, other = case(), person("moderator", name="other")
    assign_case(asked, moderator, at=NOON, actor=acting(moderator.pk))

    with pytest.raises(Conflict):
        assign_case(asked, other, at=NOON + MINUTE * 9, actor=acting(other.pk))
    assign_case(asked, other, at=NOON + MINUTE * 10, actor=acting(other.pk))

    first, second = CaseAssignment.objects.order_by("pk")
    assert (first.user, first.ended_at, first.ending) == (moderator, NOON + MINUTE * 10, "EXPIRED")
    assert (second.user, second.ended_at) == (other, None)


def test_a_claim_renews(moderator, person):
    asked = case()
    assign_case(asked, moderator, at=NOON, actor=acting(moderator.pk))
    assign_case(asked, moderator, at=NOON + MINUTE * 5, actor=acting(moderator.pk))

    with pytest.raises(Conflict):
        assign_case(asked, person("moderator", name="other"), at=NOON + MINUTE * 14, actor=TESTER)

    assert CaseAssignment.objects.count() == 1


def test_a_skipped_case_does_not_come_back_to_the_same_person(moderator, person):
    asked, other = case(), person("moderator", name="other")
    release_case(asked, CaseAssignment.Ending.SKIPPED, at=NOON, actor=acting(moderator.pk))

    assert next_case(moderator, ALL, at=NOON) is None
    assert next_case(other, ALL, at=NOON) == asked
    assert next_case(moderator, QueueFilter("skipped"), at=NOON) == asked


def test_a_case_is_handed_to_a_named_colleague_of_the_desk(moderator, person):
    asked, other = case(), person("moderator", name="other")
    assign_case(asked, moderator, at=NOON, actor=acting(moderator.pk))
    hand_over_case(asked, other, at=NOON + MINUTE, actor=acting(moderator.pk))

    asked.refresh_from_db()
    assert asked.assigned_to == other
    with pytest.raises(Refused, match="is not on the protection desk"):
        hand_over_case(asked, person("seller"), at=NOON + MINUTE, actor=acting(other.pk))
    asked.refresh_from_db()
    assert asked.assigned_to == other


def test_an_escalated_case_keeps_the_word_of_why(moderator):
    asked = escalate_case(case(), "The invoice looks edited.", at=NOON, actor=acting(moderator.pk))

    assert asked.state == Case.State.ESCALATED
    assert asked.notes.get().text == "The invoice looks edited."
    assert list(queue_of(moderator, QueueFilter("escalated"), at=NOON)) == [asked]


def test_a_refused_hand_over_says_why_where_it_can_be_read(desk, person):
    asked = case()
    clerk = person("seller")

    answer = desk.post(
        f"/desk/cases/{asked.pk}/hand-overs", {"to": clerk.pk}, headers={"Accept-Language": "en"}
    )

    assert answer.status_code == 422
    assert answer.content.decode().count("error-summary") == 1
    assert Case.objects.get().assigned_to is None


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("assignments", {}),
        ("releases", {"ending": "RELEASED"}),
        ("releases", {"ending": "SKIPPED"}),
        ("notes", {"text": "Ask the brand."}),
        ("escalations", {"text": "Ask a senior."}),
    ],
)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_every_button_of_the_desk_works_with_and_without_scripts(path, form, headers, desk):
    asked = case()

    answer = desk.post(f"/desk/cases/{asked.pk}/{path}", form, headers=headers)

    assert answer.status_code == (201 if headers else 302)
